/* ranking.c - see ranking.h. */
#include "endpoints/ranking.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

enum match_language ranking_language(const struct flow *f)
{
	return f->lang == LANG_EN ? MATCH_ENGLISH : MATCH_CHINESE;
}

/* The key after which the page begins: NULL on the first page; false when
 * the cursor is none of ours. */
static bool read_after(struct flow *f, const struct match_key **after)
{
	struct ranking *s = f->state;
	int64_t score;
	struct uuid id;

	*after = NULL;
	if (f->page.after_count == 0)
		return true;
	if (f->page.after_count != 3 ||
	    !text_to_int(f->page.after[0], &score) || score < 0 ||
	    score > MATCH_WHOLE ||
	    !text_to_int(f->page.after[1], &s->after.published_us) ||
	    !uuid_parse(f->page.after[2], &id))
		return false;
	s->after.score = (uint16_t)score;
	memcpy(s->after.id, id.bytes, sizeof(s->after.id));
	*after = &s->after;
	return true;
}

static void take_page(struct flow *f, const struct ranking_side *side,
		      const struct match_snapshot *snapshot,
		      const struct match_index_ranking *page)
{
	struct ranking *s = f->state;
	size_t limit = (size_t)f->page.limit;

	s->is_more = page->count > limit;
	s->count = s->is_more ? limit : page->count;
	s->ranked = arena_array(f->mem, struct ranked, s->count);
	for (size_t i = 0; i < s->count; i++) {
		memcpy(s->ranked[i].id.bytes, page->at[i].id,
		       sizeof(page->at[i].id));
		side->take(f, snapshot, page->at[i].slot, &s->ranked[i]);
	}
	if (s->count)
		s->last = match_index_key(&page->at[s->count - 1]);
}

enum flow_next fail_loading(struct flow *f)
{
	return fail(f, FAULT_BUSY, "the live index is being built");
}

enum flow_next rank_live(struct flow *f, const struct ranking_side *side)
{
	struct live *live = f->loop->service->live;
	struct ranking *s = f->state;
	struct match_index_ranking page = { .count = 0 };
	const struct match_key *after;
	enum flow_next next = FLOW_NEXT;
	struct feed_view view;
	bool is_there;

	if (!read_after(f, &after)) {
		flaws_add(&f->flaws, "after", "malformed",
			  "is not a cursor of this list", "不是此列表的游标");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	page.want = (size_t)f->page.limit + 1;
	page.at = arena_array(f->mem, struct match_index_entry, page.want);
	is_there = live_enter(live, f->loop->number, &f->actor.consortium_id,
			      &view);
	if (is_there) {
		s->rarity = view.rarity;
		next = side->rank(f, &view, after, &page);
		take_page(f, side, view.ranking, &page);
	}
	live_leave(live, f->loop->number);
	return is_there ? next : fail_loading(f);
}

static enum flow_next end_after(struct flow *f, const struct match_key *last)
{
	const char *parts[3];
	char id_text[UUID_TEXT_BYTES];
	struct uuid id;

	memcpy(id.bytes, last->id, sizeof(id.bytes));
	uuid_text(&id, id_text);
	parts[0] = arena_print(f->mem, "%u", (unsigned)last->score);
	parts[1] = arena_print(f->mem, "%" PRId64, last->published_us);
	parts[2] = id_text;
	return page_end(f, parts, 3);
}

enum flow_next reply_ranking(struct flow *f, const struct ranking_side *side)
{
	const struct ranking *s = f->state;
	struct json_writer *w = page_begin(f);

	reply_language(f);
	for (size_t i = 0; i < s->count; i++)
		side->write(f, w, i);
	return s->is_more ? end_after(f, &s->last) : page_end(f, NULL, 0);
}
