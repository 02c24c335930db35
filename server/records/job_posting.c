/*
 * job_posting.c - a document of JSON-LD to postings. Not a processor of
 * JSON-LD: names are taken as the context of schema.org has them, which is how
 * such documents are written.
 */
#include "records/job_posting_read.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "records/posting_rules.h"
#include "wire/crypto.h"
#include "wire/html.h"
#include "wire/unicode.h"

enum { SYSTEM_MAX = 64, REF_MAX = 128, GRAPH_DEPTH_MAX = 8 };

/* ---- what every member needs ---- */

size_t job_count(const struct tree *value)
{
	if (tree_kind(value) == TREE_ARRAY)
		return tree_count(value);
	return tree_kind(value) != TREE_NULL;
}

const struct tree *job_at(const struct tree *value, size_t i)
{
	return tree_kind(value) == TREE_ARRAY ? tree_at(value, i) : value;
}

const char *job_text(struct job_read *r, const struct tree *value)
{
	static const char *const ways[] = { "@value", "name", "termCode",
					    "codeValue", "@id" };

	value = job_at(value, 0);
	if (tree_kind(value) == TREE_NUMBER)
		return tree_json(r->mem, value);
	if (tree_kind(value) == TREE_TEXT)
		return unicode_trim(r->mem, tree_text(value));
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		if (tree_kind(tree_member(value, ways[i])) == TREE_TEXT)
			return unicode_trim(r->mem, tree_text(
				tree_member(value, ways[i])));
	return NULL;
}

static const char **fact_at(struct job_read *r, const char *name)
{
	for (size_t i = 0; posting_new_shape[i].name; i++)
		if (text_same(posting_new_shape[i].name, name))
			return &r->fact[i];
	must(!"a member of struct posting");
	return NULL;
}

/* What one writes into a buffer becomes the fact. */
static void keep_fact(struct job_read *r, const char *name, struct buf *out)
{
	*fact_at(r, name) = arena_text(r->mem, out->at, out->used);
	buf_close(out);
}

void job_fact_text(struct job_read *r, const char *name, const char *text)
{
	struct buf out = { 0 };
	struct json_writer w;

	json_begin(&w, &out);
	json_text(&w, text);
	keep_fact(r, name, &out);
}

void job_fact_int(struct job_read *r, const char *name, int64_t value)
{
	*fact_at(r, name) = arena_print(r->mem, "%" PRId64, value);
}

void job_fact_texts(struct job_read *r, const char *name,
		    const struct texts *texts)
{
	struct buf out = { 0 };
	struct json_writer w;

	json_begin(&w, &out);
	json_array(&w);
	for (size_t i = 0; i < texts->count; i++)
		json_text(&w, texts->at[i]);
	json_end(&w);
	keep_fact(r, name, &out);
}

void job_took(struct job_read *r, const char *member)
{
	struct texts *taken = &r->job->taken;

	if (taken->count < JOB_TAKEN_MAX)
		taken->at[taken->count++] = member;
}

void job_assumed(struct job_read *r, const char *member, const char *english,
		 const char *chinese)
{
	flaws_add(&r->job->assumed, member, "assumed", english, chinese);
}

void job_left(struct job_read *r, const char *member, const char *english,
	      const char *chinese)
{
	flaws_add(&r->job->left, member, "not-understood", english, chinese);
}

/* ---- members that are a text ---- */

static const char *in_one_line(struct arena *mem, const char *text)
{
	char *line = arena_text(mem, text, strlen(text));

	for (char *at = line; *at; at++)
		if (*at == '\n' || *at == '\r' || *at == '\t')
			*at = ' ';
	return line;
}

static void take_title(struct job_read *r, const char *member,
		       const struct tree *value)
{
	const char *text = job_text(r, value);

	/* "name" is what some say instead. */
	if (text_same(member, "name") && tree_member(r->node, "title"))
		return job_left(r, member, "there is a title, too",
				"已有 title");
	if (!text)
		return job_left(r, member, "is no text", "不是文本");
	text = html_text(r->mem, text);
	job_fact_text(r, "title", in_one_line(r->mem, text));
	job_took(r, member);
}

static void take_description(struct job_read *r, const char *member,
			     const struct tree *value)
{
	const char *text = tree_text(job_at(value, 0));

	if (!text)
		return job_left(r, member, "is no text", "不是文本");
	job_fact_text(r, "description", html_text(r->mem, text));
	job_took(r, member);
}

static void take_openings(struct job_read *r, const char *member,
			  const struct tree *value)
{
	int64_t openings;

	if (!tree_decimal(value, 0, &openings))
		return job_left(r, member, "is no whole number", "不是整数");
	job_fact_int(r, "openings", openings);
	job_took(r, member);
}

/* A day alone lasts until its end; without an offset it is in China. */
static const char *moment_of(struct job_read *r, const char *text)
{
	int32_t day;

	if (clock_is_rfc3339(text))
		return text;
	if (clock_date(text, &day))
		return arena_print(r->mem, "%sT23:59:59+08:00", text);
	text = arena_print(r->mem, strlen(text) == 16 ? "%s:00+08:00" :
			   "%s+08:00", text);
	return clock_is_rfc3339(text) ? text : NULL;
}

static void take_moment(struct job_read *r, const char *member,
			const struct tree *value)
{
	const char *text = job_text(r, value);
	const char *moment = text ? moment_of(r, text) : NULL;

	if (!moment)
		return job_left(r, member, "is no date of ISO 8601",
				"不是 ISO 8601 日期");
	if (text_same(member, "datePosted"))
		r->job->date_posted = moment;
	else
		r->job->valid_through = moment;
	job_took(r, member);
}

static void take_organization(struct job_read *r, const char *member,
			      const struct tree *value)
{
	const struct tree *one = job_at(value, 0);
	const char *tax_id = job_text(r, tree_member(one, "taxID"));

	r->job->tax_id = tax_id ? unicode_code(r->mem, tax_id) : NULL;
	if (tax_id)
		job_took(r, member);
	else
		job_left(r, member,
			 "is not held against the enterprise: no taxID",
			 "没有 taxID，未与本企业核对");
}

static void take_start(struct job_read *r, const char *member,
		       const struct tree *value)
{
	(void)value;
	job_left(r, member, "a period has an end, too: see the extension",
		 "实习期须同时有结束日期");
}

/* ---- the name that it goes by ---- */

static void set_ref(struct job_read *r, const char *system, const char *ref)
{
	uint8_t hash[SHA256_BYTES];
	char hex[SHA256_BYTES * 2 + 1];

	if (text_scalars(system, strlen(system)) > SYSTEM_MAX)
		system = "job-posting";
	if (text_scalars(ref, strlen(ref)) > REF_MAX) {
		crypto_sha256((struct bytes){ (const uint8_t *)ref,
					      strlen(ref) }, hash);
		text_hex(hash, sizeof(hash), hex);
		ref = arena_print(r->mem, "sha256:%s", hex);
	}
	job_fact_text(r, "ref_system", system);
	job_fact_text(r, "ref", ref);
}

static void take_identifier(struct job_read *r, const char *member,
			    const struct tree *value)
{
	const struct tree *one = job_at(value, 0);
	const char *system = NULL, *ref = job_text(r, one);

	if (tree_kind(one) == TREE_OBJECT) {
		system = job_text(r, tree_member(one, "name"));
		if (!system)
			system = job_text(r, tree_member(one, "propertyID"));
		ref = job_text(r, tree_member(one, "value"));
	}
	if (!ref || !*ref)
		return job_left(r, member, "has no value", "没有值");
	set_ref(r, system && *system ? system : "job-posting", ref);
	job_took(r, member);
}

/* Without an identifier its address is its name. */
static void name_by_address(struct job_read *r)
{
	static const char *const members[] = { "@id", "url", "sameAs" };

	if (*fact_at(r, "ref"))
		return;
	for (size_t i = 0; i < COUNT_OF(members); i++) {
		const char *text = job_text(r, tree_member(r->node,
							   members[i]));

		if (!text || !*text || text_starts(text, "_:"))
			continue;
		set_ref(r, "url", text);
		return job_took(r, members[i]);
	}
	if (r->reading->needs_ref)
		flaws_add(&r->job->flaws, "#/ref", "required",
			  "has neither identifier nor url, so that it could "
			  "not be known again",
			  "没有 identifier 或 url，无法再次识别");
	else
		job_assumed(r, "identifier",
			    "there is none: a second time it is another one",
			    "没有编号，再次提交会成为另一个岗位");
}

/* ---- the table ---- */

static const struct {
	const char *member;
	job_taker *take;	/* NULL: no fact of a posting */
} takers[] = {
	{ "@context", NULL }, { "@type", NULL }, { "@id", NULL },
	{ "url", NULL }, { "sameAs", NULL },
	{ "title", take_title },
	{ "name", take_title },
	{ "description", take_description },
	{ "identifier", take_identifier },
	{ "employmentType", job_take_employment },
	{ "datePosted", take_moment },
	{ "validThrough", take_moment },
	{ "totalJobOpenings", take_openings },
	{ "hiringOrganization", take_organization },
	{ "industry", NULL },		/* the enterprise's */
	{ "jobLocation", job_take_place },
	{ "baseSalary", job_take_pay },
	{ "salaryCurrency", NULL },	/* read with baseSalary */
	{ "skills", job_take_skills },
	{ "educationRequirements", job_take_education },
	{ "occupationalCategory", job_take_occupation },
	{ "relevantOccupation", job_take_occupation },
	{ "jobStartDate", take_start },
	{ JOB_POSTING_EXTENSION, NULL },
};

static void take_member(struct job_read *r, const char *member,
			const struct tree *value)
{
	if (tree_kind(value) == TREE_NULL)
		return;
	for (size_t i = 0; i < COUNT_OF(takers); i++)
		if (text_same(takers[i].member, member)) {
			if (takers[i].take)
				takers[i].take(r, takers[i].member, value);
			return;
		}
	job_left(r, arena_text(r->mem, member, strlen(member)),
		 "says nothing that a posting has a place for",
		 "岗位信息没有对应的项目");
}

/* What the server itself gave out, in the posting's own words. */
static void take_extension(struct job_read *r)
{
	const struct tree *own = tree_member(
		tree_member(r->node, JOB_POSTING_EXTENSION), "@value");
	struct tree_walk walk = { 0 };

	if (tree_kind(own) != TREE_OBJECT)
		return;
	while (tree_next(own, &walk)) {
		size_t i = 0;

		while (posting_new_shape[i].name &&
		       !text_same(posting_new_shape[i].name, walk.name))
			i++;
		if (posting_new_shape[i].name)
			r->fact[i] = tree_json(r->mem, walk.value);
		else
			job_left(r, arena_text(r->mem, walk.name,
					       strlen(walk.name)),
				 "is no member of a posting",
				 "不是岗位信息的成员");
	}
	job_took(r, JOB_POSTING_EXTENSION);
}

static void assume(struct job_read *r)
{
	if (!*fact_at(r, "kind")) {
		job_fact_text(r, "kind", "job");
		job_assumed(r, "employmentType", "not said: a job",
			    "未注明，按就业岗位处理");
	}
	if (!*fact_at(r, "openings")) {
		job_fact_int(r, "openings", 1);
		job_assumed(r, "totalJobOpenings", "not said: one",
			    "未注明，按 1 人处理");
	}
}

/* The facts through the posting's own table. */
static void settle(struct job_read *r)
{
	struct posting *p = &r->job->posting;
	struct shape_seen seen = { 0, 0 };
	struct shape_into into = { p, &seen, &r->job->flaws };
	const char *why = "";
	struct buf out = { 0 };
	struct json_writer w;

	json_begin(&w, &out);
	json_object(&w);
	for (size_t i = 0; posting_new_shape[i].name; i++)
		if (r->fact[i]) {
			json_key(&w, posting_new_shape[i].name);
			json_raw(&w, r->fact[i], strlen(r->fact[i]));
		}
	json_end(&w);
	if (!shape_body(posting_new_shape, &into, out.at, out.used, &why))
		flaws_add(&r->job->flaws, "#", "malformed",
			  "is nested too deep or has a number out of range",
			  "嵌套过深或数字超出范围");
	buf_close(&out);
	fields_settle(posting_new_shape, &seen, p);
	if (!p->description)
		p->description = "";
	if (r->job->flaws.count)
		return;
	posting_check_whole(p, &r->job->flaws);
	posting_check_public(
		p, &(struct posting_facts){ .is_verified = true },
		&r->job->barred);
}

static void read_job(const struct job_reading *reading,
		     struct job_posting *job, const struct tree *node)
{
	struct job_read r = { .mem = reading->mem, .reading = reading,
			      .job = job, .node = node };
	struct tree_walk walk = { 0 };

	job->id = uuid_new();
	flaws_init(&job->assumed, r.mem);
	flaws_init(&job->left, r.mem);
	flaws_init(&job->flaws, r.mem);
	flaws_init(&job->barred, r.mem);
	job->taken.at = arena_array(r.mem, const char *, JOB_TAKEN_MAX);
	while (tree_next(node, &walk))
		take_member(&r, walk.name, walk.value);
	take_extension(&r);
	name_by_address(&r);
	assume(&r);
	settle(&r);
}

/* ---- documents ---- */

static bool is_job_posting(const struct tree *node)
{
	const struct tree *type = tree_member(node, "@type");

	for (size_t i = 0; i < job_count(type); i++) {
		const char *word = tree_text(job_at(type, i));
		const char *tail = word ? strrchr(word, '/') : NULL;

		if (word && (text_same(word, "JobPosting") ||
			     text_same(word, "schema:JobPosting") ||
			     (tail && text_same(tail, "/JobPosting"))))
			return true;
	}
	return false;
}

static void find_jobs(const struct job_reading *reading,
		      const struct tree *node, struct job_postings *into,
		      int depth)
{
	const struct tree *graph = tree_member(node, "@graph");

	if (tree_kind(node) == TREE_ARRAY || graph) {
		const struct tree *list = graph ? graph : node;

		for (size_t i = 0; depth < GRAPH_DEPTH_MAX &&
				   i < job_count(list); i++)
			find_jobs(reading, job_at(list, i), into, depth + 1);
	} else if (is_job_posting(node) && into->count < reading->most) {
		struct job_posting *job = &into->at[into->count];

		job->index = into->count++;
		read_job(reading, job, node);
	} else {
		into->others++;
	}
}

/* Of two with one name the first stands. */
static void refuse_twins(struct job_postings *jobs, size_t from)
{
	for (size_t i = from; i < jobs->count; i++) {
		struct posting *p = &jobs->at[i].posting;

		for (size_t j = 0; j < i && p->ref; j++) {
			const struct posting *q = &jobs->at[j].posting;

			if (!q->ref || !text_same(p->ref, q->ref) ||
			    !text_same(p->ref_system, q->ref_system))
				continue;
			flaws_add(&jobs->at[i].flaws, "#/ref", "repeated",
				  "another one before it has the same name",
				  "前面已有相同编号的岗位");
			break;
		}
	}
}

void job_postings_read(const struct job_reading *reading,
		       const struct tree *document, struct job_postings *into)
{
	size_t from = into->count;

	if (!into->at)
		into->at = arena_array(reading->mem, struct job_posting,
				       reading->most);
	find_jobs(reading, document, into, 0);
	refuse_twins(into, from);
}
