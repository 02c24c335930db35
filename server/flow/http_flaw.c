/* The table of flaws: from enum to status and word. */
#include "flow/http_flaw.h"

#include <stddef.h>

static const struct {
	int status;
	const char *word;
} flaws[HTTP_FLAW_COUNT] = {
#define FLAW(name, status, word) [HTTP_FLAW_##name] = {status, word},
#include "flow/http_flaws.def"
#undef FLAW
};

int http_flaw_status(enum http_flaw flaw)
{
	return flaws[flaw].status;
}

const char *http_flaw_word(enum http_flaw flaw)
{
	return flaws[flaw].word;
}
