/*
 * GET /.well-known/security.txt - where to report a flaw of security, if the
 * settings say so. It holds for half a year from the day it is asked for: who
 * runs the service runs it with this contact.
 *
 * from  RFC 9116
 */
#include <string.h>

#include "base/clock.h"
#include "flow/everybody.h"
#include "flow/flow.h"

static const int64_t day_ms = 24 * 60 * 60 * 1000;
enum { HOLDS_DAYS = 180 };

static flow_step answer;

const struct endpoint get_security_txt = {
	.operation = "getSecurityTxt",
	.method = "GET",
	.path = "/.well-known/security.txt",
	.allow = EVERYBODY,
	.is_shared = true,
	.produces = "text/plain",
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	const char *contact = f->loop->service->config->security_contact;
	int64_t today = clock_wall_ms() / day_ms;
	char until[CLOCK_TEXT_BYTES];
	const char *text;

	if (!*contact)
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	clock_date_text((int32_t)(today + HOLDS_DAYS), until);
	text = arena_print(f->mem, "Contact: %s\nExpires: %sT00:00:00Z\n"
			   "Preferred-Languages: zh, en\n", contact, until);
	return reply_bytes(f, 200, "text/plain; charset=utf-8", text,
			   strlen(text));
}
