/* reference.c - which lists there are, and the columns of each. */
#include "records/reference.h"

#include "base/text.h"
#include "records/members.h"

#define ENTRY                                                                  \
	{ MEMBER_TEXT, "code" }, { MEMBER_TEXT, "name" },                      \
		{ MEMBER_SKIP, "etag" }, { MEMBER_BOOL, "is_current" }

static const struct member specialty_members[] = {
	ENTRY,
	{ MEMBER_TEXT, "level" },
	{ MEMBER_BOOL, "is_nationally_controlled" },
	{ MEMBER_TEXT, "edition" },
	{ MEMBER_END, NULL }
};

static const struct member occupation_members[] = {
	ENTRY,
	{ MEMBER_BOOL, "is_green" },
	{ MEMBER_BOOL, "is_digital" },
	{ MEMBER_TEXT, "source" },
	{ MEMBER_END, NULL }
};

static const struct member industry_members[] = {
	ENTRY,
	{ MEMBER_TEXT, "level" },
	{ MEMBER_TEXT, "section" },
	{ MEMBER_TEXT, "full_code" },
	{ MEMBER_TEXT, "parent_code" },
	{ MEMBER_END, NULL }
};

static const struct member division_members[] = {
	ENTRY,
	{ MEMBER_TEXT, "level" },
	{ MEMBER_TEXT, "parent_code" },
	{ MEMBER_TEXT, "source" },
	{ MEMBER_BOOL, "is_statistical_only" },
	{ MEMBER_END, NULL }
};

static const struct member destination_members[] = {
	ENTRY,
	{ MEMBER_TEXT, "category" },
	{ MEMBER_TEXT, "group" },
	{ MEMBER_BOOL, "counts_as_placed" },
	{ MEMBER_BOOL, "counts_as_employed" },
	{ MEMBER_BOOL, "needs_unit_location" },
	{ MEMBER_END, NULL }
};

static const struct member unit_nature_members[] = {
	ENTRY,
	{ MEMBER_END, NULL }
};

static const struct reference_node specialty_nodes[] = {
	{ "class", 7 }, { "category", 9 }, { NULL, 0 }
};

static const struct reference_node occupation_nodes[] = {
	{ "major_group", 7 }, { "middle_group", 9 }, { "small_group", 11 },
	{ NULL, 0 }
};

static const struct reference_node no_nodes[] = { { NULL, 0 } };

static const char *const specialty_levels[] = { "secondary", "associate",
						"bachelor", NULL };
static const char *const industry_levels[] = { "section", "division", "group",
					       "class", NULL };
static const char *const division_levels[] = { "province", "prefecture",
					       "county", NULL };

static const struct reference_list lists[] = {
	{ "specialties", "specialty", SQL_REFERENCE_SPECIALTIES,
	  specialty_levels, true, specialty_members, specialty_nodes },
	{ "occupations", "occupation", SQL_REFERENCE_OCCUPATIONS, NULL, true,
	  occupation_members, occupation_nodes },
	{ "industries", "industry", SQL_REFERENCE_INDUSTRIES, industry_levels,
	  true, industry_members, no_nodes },
	{ "divisions", "division", SQL_REFERENCE_DIVISIONS, division_levels,
	  true, division_members, no_nodes },
	{ "destinations", "destination", SQL_REFERENCE_DESTINATIONS, NULL,
	  false, destination_members, no_nodes },
	{ "unit_natures", "unit_nature", SQL_REFERENCE_UNIT_NATURES, NULL,
	  false, unit_nature_members, no_nodes },
};

const struct reference_list *reference_by_name(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		if (text_same(lists[i].name, name))
			return &lists[i];
	return NULL;
}

const struct reference_list *reference_by_table(const char *table)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		if (text_same(lists[i].table, table))
			return &lists[i];
	return NULL;
}

void reference_write(struct json_writer *w, const struct reference_list *list,
		     const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, list->members, rows, row);
	for (const struct reference_node *n = list->nodes; n->name; n++) {
		json_key(w, n->name);
		json_object(w);
		member_text(w, "code", CELL(rows, row, n->column));
		member_text(w, "name", CELL(rows, row, n->column + 1));
		json_end(w);
	}
	json_end(w);
}

void reference_list_write(struct json_writer *w,
			  const struct reference_list *list,
			  const struct rows *rows, int row)
{
	static const struct member members[] = {
		{ MEMBER_SKIP, "table" },
		{ MEMBER_TEXT, "edition" },
		{ MEMBER_TEXT, "source" },
		{ MEMBER_INT, "count" },
		{ MEMBER_TIME, "loaded_at" },
		{ MEMBER_END, NULL }
	};

	json_object(w);
	json_member_text(w, "list", list->name);
	members_write(w, members, rows, row);
	json_end(w);
}
