/* round_page.c - see round_page.h. */
#include "records/round_page.h"

#include "records/members.h"

const char *const round_totals_words[] = { "specialty", "class", NULL };
const char *const round_why_words[] = {
	"no_wishes", "left_out", "ranking", "seats", "rank", "score",
	"lottery", "posting", "shortfall", "placed", "even", NULL
};

static void write_row(struct json_writer *w, const struct member *members,
		      const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

void round_taken_write(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_UUID, "posting_id" },
		{ MEMBER_TEXT, "posting_title" },
		{ MEMBER_UUID, "post_category_id" },
		{ MEMBER_UUID, "student_id" },
		{ MEMBER_TEXT, "student_name" },
		{ MEMBER_TEXT, "specialty_code" },
		{ MEMBER_TEXT, "specialty_name" },
		{ MEMBER_INT, "score" },
		{ MEMBER_INT, "choice" },
		{ MEMBER_UUID, "placement_id" },
		{ MEMBER_TEXT, "placement_state" },
		{ MEMBER_END, NULL }
	};

	write_row(w, members, rows, row);
}

void round_sent_write(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_UUID, "student_id" },
		{ MEMBER_TEXT, "student_number" },
		{ MEMBER_TEXT, "student_name" },
		{ MEMBER_TEXT, "specialty_code" },
		{ MEMBER_TEXT, "specialty_name" },
		{ MEMBER_TEXT, "class_name" },
		{ MEMBER_BOOL, "is_placed" },
		{ MEMBER_UUID, "posting_id" },
		{ MEMBER_TEXT, "posting_title" },
		{ MEMBER_UUID, "enterprise_id" },
		{ MEMBER_TEXT, "enterprise_name" },
		{ MEMBER_INT, "choice" },
		{ MEMBER_INT, "score" },
		{ MEMBER_TEXT, "placement_state" },
		{ MEMBER_TEXT, "why" },
		{ MEMBER_INT, "nearest_choice" },
		{ MEMBER_INT, "gap" },
		{ MEMBER_INT, "left_out" },
		{ MEMBER_BOOL, "is_proposed" },
		{ MEMBER_END, NULL }
	};

	write_row(w, members, rows, row);
}

void round_totals_write(struct json_writer *w, const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_TEXT, "specialty_code" },
		{ MEMBER_TEXT, "specialty_name" },
		{ MEMBER_TEXT, "class_name" },
		{ MEMBER_INT, "students" },
		{ MEMBER_INT, "placed" },
		{ MEMBER_INT, "first_choice" },
		{ MEMBER_INT, "unplaced" },
		{ MEMBER_INT, "no_wishes" },
		{ MEMBER_INT, "left_out" },
		{ MEMBER_INT, "by_ranking" },
		{ MEMBER_INT, "no_seats" },
		{ MEMBER_INT, "by_score" },
		{ MEMBER_INT, "by_lottery" },
		{ MEMBER_INT, "for_others" },
		{ MEMBER_END, NULL }
	};

	write_row(w, members, rows, row);
}
