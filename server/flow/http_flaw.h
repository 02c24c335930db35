/* The flaws for which the HTTP layer refuses (http_flaws.def). */
#ifndef FLOW_HTTP_FLAW_H
#define FLOW_HTTP_FLAW_H

enum http_flaw {
	HTTP_SOUND,
#define FLAW(name, status, word) HTTP_FLAW_##name,
#include "flow/http_flaws.def"
#undef FLAW
	HTTP_FLAW_COUNT
};

/* The reply's status: 400..599; flaw is not HTTP_SOUND. */
int http_flaw_status(enum http_flaw flaw);

/* The code word, such as "two-content-lengths"; lives for ever. */
const char *http_flaw_word(enum http_flaw flaw);

#endif
