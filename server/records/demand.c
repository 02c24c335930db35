/* demand.c - demand lists, from the body in and to the reply out. */
#include "records/demand.h"

#include "base/text.h"
#include "records/codes.h"
#include "records/members.h"
#include "records/posting.h"

enum { OPENINGS_MAX = 100000, NOTE_MAX = 200 };

static const struct field demand_shape[] = {
	TIDY_CODE(struct demand, specialty, 2, 6, code_check_specialty_target,
		  code_tidy_specialty, REQUIRED),
	ENUM(struct demand, education, education_words, NULLABLE),
	INT(struct demand, openings, 1, OPENINGS_MAX, REQUIRED),
	TEXT(struct demand, note, 1, NOTE_MAX, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

const struct field demand_new_shape[] = {
	OBJECTS(struct demand_new, items, DEMAND_MAX, demand_shape,
		struct demand, REQUIRED),
	END_OF_FIELDS
};

static bool is_same(const struct demand *a, const struct demand *b)
{
	/* words of one table: the same text is the same pointer */
	return text_same(a->specialty, b->specialty) &&
	       a->education == b->education;
}

void demand_check(const struct demand_new *list, struct flaws *flaws)
{
	const struct demand *items = list->items.at;

	for (size_t i = 1; i < list->items.count; i++)
		for (size_t j = 0; j < i; j++)
			if (is_same(&items[i], &items[j])) {
				flaws_add(flaws,
					  arena_print(flaws->mem,
						      "#/items/%zu", i),
					  "duplicate", "is listed twice",
					  "重复列出");
				break;
			}
}

void demand_members(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_TEXT, "specialty" },
		{ MEMBER_TEXT, "specialty_name" },
		{ MEMBER_TEXT, "education" },
		{ MEMBER_INT, "openings" },
		{ MEMBER_TEXT, "note" },
		{ MEMBER_END, NULL }
	};

	_Static_assert(COUNT_OF(members) == DEMAND_COLUMNS + 1,
		       "a member for each column");
	members_write(w, members, rows, row);
}
