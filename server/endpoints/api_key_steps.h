/* api_key_steps.h - what the operations on API keys share. */
#ifndef ENDPOINTS_API_KEY_STEPS_H
#define ENDPOINTS_API_KEY_STEPS_H

#include "flow/flow.h"

/* Who has systems of its own. */
#define KEEPERS_OF_KEYS                                                        \
	{                                                                      \
		[ROLE_ENTERPRISE] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,      \
		[ROLE_OFFICE] = SCOPE_OWN,                                     \
	}

enum { API_KEY_ID_COLUMN = 0, API_KEY_COLUMNS = 7 };

/* The members of a row of api_keys_list.sql or api_key_make.sql. */
void api_key_members(struct json_writer *w, const struct rows *rows, int row);

#endif
