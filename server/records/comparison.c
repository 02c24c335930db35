/* comparison.c - see comparison.h. */
#include "records/comparison.h"

#include "base/text.h"
#include "records/members.h"

static const char *const set_words[] = { "cap", "floor", "capacity", NULL };

static const struct field change_shape[] = {
	ENUM(struct comparison_change, set, set_words, REQUIRED),
	UUID(struct comparison_change, id, REQUIRED),
	INT(struct comparison_change, to, 0, COMPARISON_SEATS_MAX, REQUIRED),
	END_OF_FIELDS
};

const struct field comparison_new_shape[] = {
	UUID(struct comparison_new, run_id, REQUIRED),
	OBJECTS(struct comparison_new, changes, COMPARISON_CHANGES_MAX,
		change_shape, struct comparison_change, OPTIONAL),
	END_OF_FIELDS
};

static bool is_same(const struct comparison_change *a,
		    const struct comparison_change *b)
{
	return text_same(a->set, b->set) && uuid_same(&a->id, &b->id);
}

static void check_change(const struct comparison_change *all, size_t i,
			 struct flaws *flaws)
{
	for (size_t k = 0; k < i; k++)
		if (is_same(&all[i], &all[k])) {
			flaws_add(flaws,
				  arena_print(flaws->mem, "#/changes/%zu", i),
				  "duplicate", "is set twice", "重复设定");
			break;
		}
}

void comparison_check(const struct comparison_new *c, struct flaws *flaws)
{
	for (size_t i = 0; i < c->changes.count; i++)
		check_change(c->changes.at, i, flaws);
}

void comparison_members(struct json_writer *w, const struct rows *rows,
			int row)
{
	static const struct member members[] = {
		{ MEMBER_UUID, "id" },
		{ MEMBER_UUID, "round_id" },
		{ MEMBER_UUID, "run_id" },
		{ MEMBER_JSON, "changes" },
		{ MEMBER_TEXT, "state" },
		{ MEMBER_INT, "attempt" },
		{ MEMBER_TEXT, "error" },
		{ MEMBER_TIME, "started_at" },
		{ MEMBER_TIME, "finished_at" },
		{ MEMBER_INT, "version" },
		{ MEMBER_TIME, "created_at" },
		{ MEMBER_TEXT, "phase" },
		{ MEMBER_INT, "share_mille" },
		{ MEMBER_INT, "work_ms" },
		{ MEMBER_INT, "memory_bytes" },
		{ MEMBER_END, NULL }
	};

	members_write(w, members, rows, row);
}

void comparison_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	comparison_members(w, rows, row);
	json_end(w);
}
