/* explained_write.c - see explained.h: wishes with names and in words. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "records/explained.h"
#include "records/members.h"

enum phrase {
#define EXPLAINED(name, english, chinese) SAY_##name,
#include "records/explained.def"
#undef EXPLAINED
};

static const char *const phrases[][2] = {
#define EXPLAINED(name, english, chinese)                                      \
	[SAY_##name] = { [MATCH_CHINESE] = chinese, [MATCH_ENGLISH] = english },
#include "records/explained.def"
#undef EXPLAINED
};

static int row_of(const struct rows *names, const struct uuid *id)
{
	for (int i = 0; i < rows_count(names); i++) {
		struct uuid other = rows_uuid(names, i, NODE_ID);

		if (uuid_same(&other, id))
			return i;
	}
	return -1;
}

static const char *cell_text(const struct rows *names, int row, int column)
{
	return row < 0 ? NULL : rows_text(names, row, column);
}

const char *explained_name(const struct rows *names, const struct uuid *id)
{
	return cell_text(names, row_of(names, id), NODE_NAME);
}

void explained_node_write(struct json_writer *w,
			  const struct explained_node *node,
			  const struct rows *names)
{
	int row = row_of(names, &node->id);

	json_object(w);
	json_member_uuid(w, "id", &node->id);
	json_member_text(w, "kind", cell_text(names, row, NODE_KIND));
	json_member_text(w, "name", cell_text(names, row, NODE_NAME));
	if (node->seats == MATCH_NO_CAP)
		json_member_null(w, "seats");
	else
		json_member_int(w, "seats", node->seats);
	json_member_int(w, "taken", node->taken);
	json_end(w);
}

/* json_int ends at 2^63 - 1. */
static void member_number(struct json_writer *w, const char *name,
			  uint64_t number)
{
	char text[24];
	int bytes = snprintf(text, sizeof(text), "%" PRIu64, number);

	json_key(w, name);
	json_raw(w, text, (size_t)bytes);
}

void explained_cutoff(struct json_writer *w, const struct match_cutoff *cutoff,
		      const struct explained_node *binding,
		      const struct rows *names)
{
	json_key(w, "cutoff");
	if (!cutoff) {
		json_null(w);
		return;
	}
	json_object(w);
	if (cutoff->has_rank)
		json_member_int(w, "rank", cutoff->rank);
	else
		json_member_null(w, "rank");
	if (cutoff->has_score)
		json_member_int(w, "score", cutoff->score);
	else
		json_member_null(w, "score");
	if (cutoff->has_lottery)
		member_number(w, "lottery", cutoff->lottery);
	else
		json_member_null(w, "lottery");
	json_key(w, "binding");
	explained_node_write(w, binding, names);
	json_end(w);
}

/* ---- in words ---- */

static enum phrase phrase_of_received(const struct explained_wish *wish)
{
	static const enum phrase by[MATCH_DECIDERS] = {
		[MATCH_BY_NOTHING] = SAY_RECEIVED_FIRST,
		[MATCH_BY_RANK] = SAY_RECEIVED_RANK,
		[MATCH_BY_SCORE] = SAY_RECEIVED_SCORE,
		[MATCH_BY_LOTTERY] = SAY_RECEIVED_LOTTERY,
	};

	if (wish->is_pinned)
		return SAY_RECEIVED_PINNED;
	return wish->has_cutoff ? by[wish->why.by] : SAY_RECEIVED;
}

static enum phrase phrase_of(const struct explained_wish *wish, bool is_optimal)
{
	static const enum phrase refused[MATCH_DECIDERS] = {
		[MATCH_BY_NOTHING] = SAY_EVEN,
		[MATCH_BY_RANKING] = SAY_RANKING,
		[MATCH_BY_SEATS] = SAY_SEATS,
		[MATCH_BY_RANK] = SAY_RANK,
		[MATCH_BY_SCORE] = SAY_SCORE,
		[MATCH_BY_LOTTERY] = SAY_LOTTERY,
		[MATCH_BY_POSTING] = SAY_POSTING,
		[MATCH_BY_SHORTFALL] = SAY_SHORTFALL,
		[MATCH_BY_PLACED] = SAY_PLACED,
	};

	if (wish->outcome == EXPLAINED_BELOW)
		return SAY_BELOW;
	if (wish->outcome == EXPLAINED_RECEIVED)
		return phrase_of_received(wish);
	if (wish->why.by == MATCH_BY_RANK && !wish->why.has_gap)
		return SAY_UNRANKED;
	if (is_optimal && wish->why.by == MATCH_BY_SCORE)
		return SAY_WORTH;
	return refused[wish->why.by];
}

/* "the cap of enterprise X", "岗位“X”" */
static const char *name_of(struct arena *mem, const struct explained_node *node,
			   const struct rows *names,
			   enum match_language language)
{
	int row = row_of(names, &node->id);
	const char *kind = row < 0 ? "" : rows_text(names, row, NODE_KIND);
	const char *name = row < 0 ? "?" : rows_text(names, row, NODE_NAME);
	bool is_english = language == MATCH_ENGLISH;

	if (strcmp(kind, "posting") == 0)
		return arena_print(mem, is_english ? "the posting \"%s\"" :
				   "岗位“%s”", name);
	if (strcmp(kind, "enterprise") == 0)
		return arena_print(mem, is_english ? "the cap of \"%s\"" :
				   "企业“%s”的上限", name);
	return arena_print(mem, is_english ? "the cap of the post category "
			   "\"%s\"" : "岗位类别“%s”的上限", name);
}

const char *explained_fill(struct arena *mem, const char *text,
			   const char *const holes[EXPLAINED_HOLES])
{
	struct buf out = { 0 };
	const char *done;

	for (; *text; text++) {
		if (*text != '{') {
			buf_byte(&out, *text);
			continue;
		}
		must(text[1] > '0' && text[1] <= '0' + EXPLAINED_HOLES);
		buf_text(&out, holes[text[1] - '1']);
		text += 2;
	}
	done = arena_text(mem, out.at, out.used);
	buf_close(&out);
	return done;
}

static const char *in_words(struct arena *mem,
			    const struct explained_wish *wish,
			    enum phrase phrase, const char *binding,
			    enum match_language language)
{
	const char *const holes[EXPLAINED_HOLES] = {
		binding,
		arena_print(mem, "%" PRIu32, wish->binding.taken),
		arena_print(mem, "%" PRIu32, wish->binding.seats),
		arena_print(mem, "%" PRIu32, wish->score),
		arena_print(mem, "%" PRId64, wish->cutoff.score),
		arena_print(mem, "%" PRId64, wish->why.gap),
	};

	return explained_fill(mem, phrases[phrase][language], holes);
}

static void write_wish(struct json_writer *w, const struct explained_wish *wish,
		       const struct rows *names)
{
	static const char *const outcomes[] = {
		[EXPLAINED_RECEIVED] = "received",
		[EXPLAINED_REFUSED] = "refused",
		[EXPLAINED_BELOW] = "below",
	};
	int row = row_of(names, &wish->posting.id);

	json_member_int(w, "choice", wish->choice);
	json_member_uuid(w, "posting_id", &wish->posting.id);
	json_member_text(w, "posting_title", cell_text(names, row, NODE_NAME));
	json_member_text(w, "enterprise_id",
			 cell_text(names, row, NODE_ENTERPRISE));
	json_member_text(w, "enterprise_name",
			 cell_text(names, row, NODE_ENTERPRISE_NAME));
	json_member_text(w, "outcome", outcomes[wish->outcome]);
	json_member_text(w, "by", match_decider_word(wish->why.by));
	if (wish->why.has_gap)
		json_member_int(w, "gap", wish->why.gap);
	else
		json_member_null(w, "gap");
	if (wish->why.has_rank)
		json_member_int(w, "rank", wish->why.rank);
	else
		json_member_null(w, "rank");
	json_member_int(w, "score", wish->score);
	json_member_int(w, "capacity", wish->posting.seats);
	json_member_int(w, "placed", wish->posting.taken);
	json_member_int(w, "seats_free", wish->free);
}

void explained_wishes_write(struct json_writer *w, struct arena *mem,
			    const struct explained_student *told,
			    const struct rows *names,
			    enum match_language language)
{
	json_array(w);
	for (size_t i = 0; i < told->wish_count; i++) {
		const struct explained_wish *wish = &told->wishes[i];
		const char *binding = !wish->has_cutoff ? "" :
			name_of(mem, &wish->binding, names, language);

		json_object(w);
		write_wish(w, wish, names);
		explained_cutoff(w, wish->has_cutoff ? &wish->cutoff : NULL,
				 &wish->binding, names);
		json_member_text(w, "because", in_words(
			mem, wish, phrase_of(wish, told->is_optimal), binding,
			language));
		json_end(w);
	}
	json_end(w);
}
