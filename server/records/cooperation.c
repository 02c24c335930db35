/* cooperation.c - see cooperation.h. */
#include "records/cooperation.h"

#include "base/text.h"
#include "records/codes.h"
#include "records/members.h"

enum { HISTORY_COLUMN = 21 };

const char *const cooperation_state_words[] = { "proposed", "agreed",
						"refused", NULL };

static const char *const contract_form_words[] = { "training_agreement",
						   "labour_contract", NULL };

/* In the order of the parameters of cooperation_put.sql. */
const struct field cooperation_shape[] = {
	UUID(struct cooperation, school_id, REQUIRED),
	TIDY_CODE(struct cooperation, specialty_code, 6, 6,
		  code_check_specialty, code_tidy_specialty, REQUIRED),
	INT(struct cooperation, entry_year, 2000, 2100, NULLABLE),
	INT(struct cooperation, cohort_size, 1, 10000, NULLABLE),
	TEXT(struct cooperation, enterprise_mentor, 1, 100,
	     NULLABLE | TRIMMED | ONE_LINE),
	TEXT(struct cooperation, school_mentor, 1, 100,
	     NULLABLE | TRIMMED | ONE_LINE),
	ENUM(struct cooperation, contract_form, contract_form_words, NULLABLE),
	TEXT(struct cooperation, note, 1, 2000, NULLABLE | TRIMMED),
	END_OF_FIELDS
};

static const struct member members[] = {
	{ MEMBER_UUID, "posting_id" },
	{ MEMBER_TEXT, "posting_kind" },
	{ MEMBER_TEXT, "posting_title" },
	{ MEMBER_TEXT, "posting_state" },
	{ MEMBER_UUID, "enterprise_id" },
	{ MEMBER_TEXT, "enterprise_name" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_TEXT, "school_name" },
	{ MEMBER_TEXT, "specialty_code" },
	{ MEMBER_TEXT, "specialty_name" },
	{ MEMBER_TEXT, "level" },
	{ MEMBER_INT, "entry_year" },
	{ MEMBER_INT, "cohort_size" },
	{ MEMBER_TEXT, "enterprise_mentor" },
	{ MEMBER_TEXT, "school_mentor" },
	{ MEMBER_TEXT, "contract_form" },
	{ MEMBER_TEXT, "note" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_END, NULL }
};

void cooperation_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

void cooperation_write_whole(struct json_writer *w, const struct rows *rows,
			     int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	member_json(w, "history", CELL(rows, row, HISTORY_COLUMN));
	json_end(w);
}

/* ---- publication ---- */

struct agreed {
	bool is_agreed;
	struct cooperation terms;
};

typedef bool agreed_question(const struct agreed *a);

static bool is_not_agreed(const struct agreed *a)
{
	return !a->is_agreed;
}

static bool is_without_cohort(const struct agreed *a)
{
	return a->terms.entry_year == INT_NONE ||
	       a->terms.cohort_size == INT_NONE;
}

static bool is_without_contract(const struct agreed *a)
{
	return !a->terms.contract_form;
}

static bool is_without_mentors(const struct agreed *a)
{
	return !a->terms.enterprise_mentor || !a->terms.school_mentor;
}

static const struct {
	agreed_question *is_broken;
	const char *kind;		/* NULL: both */
	enum law law;
	const char *english, *chinese;
} rules[] = {
	{ is_not_agreed, NULL, LAW_SCHOOL_AGREED,
	  "the school has not agreed to hold it",
	  "合作学校尚未同意" },
	{ is_without_cohort, "order_class", LAW_COHORT_NAMED,
	  "an order class says for whom: entry_year and cohort_size",
	  "订单班须写明入学年份和人数" },
	{ is_without_contract, "apprenticeship", LAW_CONTRACT_NAMED,
	  "an apprenticeship says what the apprentice signs: contract_form",
	  "学徒制须写明协议形式" },
	{ is_without_mentors, "apprenticeship", LAW_MENTORS_NAMED,
	  "an apprenticeship has a mentor on each side",
	  "学徒制须由企业和学校各指定一名导师" },
};

static void check_targets(const struct posting *p, const struct agreed *a,
			  struct flaws *flaws)
{
	if (!a->terms.specialty_code ||
	    (p->targets.count == 1 &&
	     text_same(p->targets.at[0], a->terms.specialty_code)))
		return;
	flaws_add(flaws, "#/targets", "inconsistent",
		  "must be the specialty agreed with the school, alone",
		  "只能填写与学校约定的专业");
}

struct broken_rule cooperation_check_public(const struct posting *p,
					    struct row_from from,
					    struct flaws *flaws)
{
	struct broken_rule first = { .law = LAW_NONE };
	struct agreed a = {
		.is_agreed = text_same(rows_text(from.rows, from.row,
						 from.column), "agreed"),
	};

	if (!text_same(p->kind, "order_class") &&
	    !text_same(p->kind, "apprenticeship"))
		return first;
	from.column++;
	fields_from_row(cooperation_shape, &a.terms, flaws->mem, from);
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		if ((rules[i].kind && !text_same(rules[i].kind, p->kind)) ||
		    !rules[i].is_broken(&a))
			continue;
		flaws_add(flaws, "#/cooperation", "required",
			  rules[i].english, rules[i].chinese);
		if (first.law == LAW_NONE)
			first.law = rules[i].law;
	}
	check_targets(p, &a, flaws);
	return first;
}
