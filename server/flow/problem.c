/* problem.c - problems as JSON, from faults and from the HTTP layer's flaws. */
#include "flow/problem.h"

#include <stdio.h>

#include "base/text.h"
#include "wire/json_write.h"

enum { TYPE_BYTES = 100 };

/* What the HTTP layer refuses has a word of its own; titles go by status. */
static const struct {
	int status;
	const char *english, *chinese;
} http_titles[] = {
	{ 408, "The request came too slowly", "请求超时" },
	{ 413, "The body is too large", "请求体过大" },
	{ 414, "The address is too long", "请求地址过长" },
	{ 417, "This expectation cannot be met", "无法满足 Expect 要求" },
	{ 431, "The head of the request is too large", "请求头过大" },
	{ 501, "The service does not know this", "服务不支持该功能" },
	{ 503, "The service is at its limit", "服务繁忙" },
	{ 505, "This version of HTTP is not spoken", "不支持该 HTTP 版本" },
};

void problem_of_fault(struct problem *problem, const struct fault *fault,
		      enum lang lang)
{
	const struct fault_row *row = fault_row(fault->kind);

	problem->lang = lang;
	problem->status = row->status;
	problem->code = row->code;
	problem->title = lang == LANG_EN ? row->english : row->chinese;
	problem->detail = fault->detail;
	if (lang == LANG_ZH &&
	    detail_in_chinese(fault->detail, problem->chinese))
		problem->detail = problem->chinese;
}

void problem_of_flaw(struct problem *problem, enum http_flaw flaw,
		     enum lang lang)
{
	problem->lang = lang;
	problem->status = http_flaw_status(flaw);
	problem->code = http_flaw_word(flaw);
	problem->title = lang == LANG_EN ? "The request is malformed" :
					   "请求格式错误";
	for (size_t i = 0; i < COUNT_OF(http_titles); i++)
		if (http_titles[i].status == problem->status)
			problem->title = lang == LANG_EN ?
					 http_titles[i].english :
					 http_titles[i].chinese;
}

bool problem_of_code(struct problem *problem, const char *code,
		     enum lang lang)
{
	for (int kind = FAULT_NONE + 1; kind < FAULT_KIND_COUNT; kind++) {
		struct fault fault = { .kind = (enum fault_kind)kind };

		if (!text_same(fault_row(fault.kind)->code, code))
			continue;
		problem_of_fault(problem, &fault, lang);
		problem->detail = NULL;
		return true;
	}
	for (int flaw = HTTP_SOUND + 1; flaw < HTTP_FLAW_COUNT; flaw++) {
		if (!text_same(http_flaw_word((enum http_flaw)flaw), code))
			continue;
		problem_of_flaw(problem, (enum http_flaw)flaw, lang);
		return true;
	}
	return false;
}

/* "#/targets/0" is a pointer, "header:If-Match" a header, the rest a query
 * or path parameter. */
static void write_where(struct json_writer *w, const char *where)
{
	if (*where == '#')
		json_member_text(w, "pointer", where);
	else if (text_starts(where, "header:"))
		json_member_text(w, "header", where + 7);
	else
		json_member_text(w, "parameter", where);
}

static void write_flaws(struct json_writer *w, const struct problem *p)
{
	json_key(w, "errors");
	json_array(w);
	for (const struct flaw *flaw = p->flaws; flaw; flaw = flaw->next) {
		json_object(w);
		write_where(w, flaw->where);
		json_member_text(w, "code", flaw->code);
		json_member_text(w, "detail", p->lang == LANG_EN ?
				 flaw->english : flaw->chinese);
		json_end(w);
	}
	json_end(w);
}

static void write_rule(struct json_writer *w, const struct broken_rule *rule)
{
	struct law_card card;

	if (rule->law != LAW_NONE) {
		card = law_card(rule->law);
		json_member_text(w, "rule", card.name);
		json_member_text(w, "source", card.source);
		json_member_text(w, "article", card.article);
	}
	if (!rule->is_counted)
		return;
	json_member_int(w, "limit", rule->limit);
	json_member_int(w, "actual", rule->actual);
}

static void write_type(struct json_writer *w, const struct problem *p)
{
	char type[TYPE_BYTES];

	if (p->violated) {
		json_member_text(w, "type", "https://iana.org/assignments/"
				 "http-problem-types#quota-exceeded");
		return;
	}
	snprintf(type, sizeof(type), "/problems/%s", p->code);
	json_member_text(w, "type", type);
}

static void write_violated(struct json_writer *w, const char *policy)
{
	json_key(w, "violated-policies");
	json_array(w);
	json_text(w, policy);
	json_end(w);
}

void problem_write(const struct problem *p, struct buf *out)
{
	struct json_writer w;

	json_begin(&w, out);
	json_object(&w);
	write_type(&w, p);
	json_member_text(&w, "title", p->title);
	json_member_int(&w, "status", p->status);
	if (p->detail && *p->detail)
		json_member_text(&w, "detail", p->detail);
	if (p->instance)
		json_member_text(&w, "instance", p->instance);
	json_member_text(&w, "code", p->code);
	if (p->request_id)
		json_member_text(&w, "request_id", p->request_id);
	if (p->trace_id)
		json_member_text(&w, "trace_id", p->trace_id);
	if (p->violated)
		write_violated(&w, p->violated);
	if (p->flaws)
		write_flaws(&w, p);
	if (p->rule.law != LAW_NONE || p->rule.is_counted)
		write_rule(&w, &p->rule);
	json_end(&w);
}
