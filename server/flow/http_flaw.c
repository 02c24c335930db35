/* The table of flaws: from enum to status and word. */
#include "flow/http_flaw.h"

#include "base/base.h"

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
	must(flaw > HTTP_SOUND && flaw < HTTP_FLAW_COUNT);
	return flaws[flaw].status;
}

const char *http_flaw_word(enum http_flaw flaw)
{
	must(flaw > HTTP_SOUND && flaw < HTTP_FLAW_COUNT);
	return flaws[flaw].word;
}
