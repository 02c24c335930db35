/*
 * The one layout of an instance: a member of the document, a group, a posting
 * and a student have a line each; what is left out by default is left out.
 */
#include "matcher/files/instance_file.h"
#include "matcher/insist.h"

static void write_ranking(const struct match_instance *in, uint32_t ranking,
			  struct match_sink *sink)
{
	uint32_t first, end;

	if (ranking == MATCH_NONE)
		return;
	first = in->ranking_start[ranking];
	end = in->ranking_start[ranking + 1];
	match_sink_text(sink, ", \"ranking\": [");
	for (uint32_t i = first; i < end; i++) {
		match_sink_text(sink, i > first ? ", " : "");
		match_sink_id(sink, match_ids_at(&in->students, in->ranked[i]));
	}
	match_sink_text(sink, "]");
}

static void write_id_or_null(const struct match_ids *ids, uint32_t number,
			     struct match_sink *sink)
{
	if (number == MATCH_NONE)
		match_sink_text(sink, "null");
	else
		match_sink_id(sink, match_ids_at(ids, number));
}

static void write_group(const struct match_instance *in, uint32_t g,
			struct match_sink *sink)
{
	const struct match_group *group = &in->group[g];

	match_sink_text(sink, g ? ",\n  {\"id\": " : "\n  {\"id\": ");
	match_sink_id(sink, match_ids_at(&in->groups, g));
	match_sink_text(sink, ", \"parent\": ");
	write_id_or_null(&in->groups, group->parent, sink);
	if (group->lower) {
		match_sink_text(sink, ", \"lower\": ");
		match_sink_number(sink, group->lower);
	}
	if (group->upper != MATCH_NO_CAP) {
		match_sink_text(sink, ", \"upper\": ");
		match_sink_number(sink, group->upper);
	}
	write_ranking(in, group->ranking, sink);
	match_sink_text(sink, "}");
}

static void write_posting(const struct match_instance *in, uint32_t p,
			  struct match_sink *sink)
{
	const struct match_seats *posting = &in->posting[p];

	match_sink_text(sink, p ? ",\n  {\"id\": " : "\n  {\"id\": ");
	match_sink_id(sink, match_ids_at(&in->postings, p));
	match_sink_text(sink, ", \"group\": ");
	write_id_or_null(&in->groups, posting->group, sink);
	match_sink_text(sink, ", \"capacity\": ");
	match_sink_number(sink, posting->capacity);
	write_ranking(in, posting->ranking, sink);
	match_sink_text(sink, "}");
}

static void write_choices(const struct match_instance *in, uint32_t s,
			  struct match_sink *sink)
{
	uint32_t first = in->choice_start[s], end = in->choice_start[s + 1];

	match_sink_text(sink, ", \"choices\": [");
	for (uint32_t i = first; i < end; i++) {
		match_sink_text(sink, i > first ? ", {\"posting\": "
						: "{\"posting\": ");
		match_sink_id(sink, match_ids_at(&in->postings,
						 in->choice[i].posting));
		match_sink_text(sink, ", \"score\": ");
		match_sink_number(sink, in->choice[i].score);
		match_sink_text(sink, "}");
	}
	match_sink_text(sink, "]");
}

static void write_student(const struct match_instance *in, uint32_t s,
			  struct match_sink *sink)
{
	match_sink_text(sink, s ? ",\n  {\"id\": " : "\n  {\"id\": ");
	match_sink_id(sink, match_ids_at(&in->students, s));
	write_choices(in, s, sink);
	if (in->pinned[s] != MATCH_NONE) {
		match_sink_text(sink, ", \"pinned\": ");
		match_sink_id(sink, match_ids_at(&in->postings, in->pinned[s]));
	}
	if (in->has_own_lottery) {
		match_sink_text(sink, ", \"lottery\": ");
		match_sink_number(sink, in->lottery[s]);
	}
	match_sink_text(sink, "}");
}

void match_instance_write(const struct match_instance *in,
			  struct match_sink *sink)
{
	struct match_id seed = {in->seed, 0};

	while (in->seed[seed.bytes])
		seed.bytes++;
	match_sink_text(sink, "{\n \"format\": \"" MATCH_INSTANCE_FORMAT
			      "\",\n \"seed\": ");
	match_sink_id(sink, seed);
	match_sink_text(sink, ",\n \"groups\": [");
	for (uint32_t g = 0; g < in->groups.count; g++)
		write_group(in, g, sink);
	match_sink_text(sink, in->groups.count ? "\n ]" : "]");
	match_sink_text(sink, ",\n \"postings\": [");
	for (uint32_t p = 0; p < in->postings.count; p++)
		write_posting(in, p, sink);
	match_sink_text(sink, in->postings.count ? "\n ]" : "]");
	match_sink_text(sink, ",\n \"students\": [");
	for (uint32_t s = 0; s < in->students.count; s++)
		write_student(in, s, sink);
	match_sink_text(sink, in->students.count ? "\n ]" : "]");
	match_sink_text(sink, "\n}\n");
}

static bool write_nowhere(void *to, const char *bytes, size_t count)
{
	(void)to;
	(void)bytes;
	(void)count;
	return true;
}

void match_instance_digest(const struct match_instance *instance,
			   char sha256[MATCH_SHA256_HEX])
{
	struct match_sink sink;

	match_sink_init(&sink, write_nowhere, NULL);
	match_instance_write(instance, &sink);
	if (!match_sink_finish(&sink, sha256))
		MATCH_INSIST(!"a write to nowhere has failed");
}
