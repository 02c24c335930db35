/* round_files.h - what the two file operations of a round share. */
#ifndef ENDPOINTS_ROUND_FILES_H
#define ENDPOINTS_ROUND_FILES_H

#include "flow/flow.h"

struct round_file_query {
	struct uuid run_id;	/* nil: the published or newest run */
};

extern const struct field round_file_query[];

/* Asks for the file of that kind, "instance" or "result". */
enum flow_next find_round_file(struct flow *f, const char *kind);

flow_step reply_round_file;

#endif
