/*
 * policy_floors.c - what a policy asks by size and by industry, and a policy
 * as the columns of its row. See policy.h.
 */
#include "base/text.h"
#include "records/codes.h"
#include "records/policy.h"
#include "records/specialty_terms.h"

enum { STAFF_MAX = 5000000, SIZE_NAME_MAX = 20 };

const struct field policy_size_class_shape[] = {
	TEXT(struct policy_size_class, name, 1, SIZE_NAME_MAX,
	     REQUIRED | TRIMMED | ONE_LINE),
	INT(struct policy_size_class, staff_from, 0, STAFF_MAX, REQUIRED),
	END_OF_FIELDS
};

const struct field policy_floor_shape[] = {
	CODE(struct policy_floor, industry_code, 1, 2,
	     code_check_industry_head, NULLABLE),
	TEXT(struct policy_floor, size_class, 1, SIZE_NAME_MAX, NULLABLE),
	INT(struct policy_floor, floor_mille, 0, 1000, REQUIRED),
	END_OF_FIELDS
};

/* Where a member of an item stands. */
static const char *where(struct flaws *flaws, const char *list, size_t item,
			 const char *member)
{
	return arena_print(flaws->mem, "#/%s/%zu%s%s", list, item,
			   *member ? "/" : "", member);
}

static void check_size_classes(const struct policy_new *p,
			       struct flaws *flaws)
{
	const struct policy_size_class *c = p->size_classes.at;

	if (p->size_classes.count && c[0].staff_from != 0)
		flaws_add(flaws, where(flaws, "size_classes", 0, "staff_from"),
			  "inconsistent", "must be 0 in the first class",
			  "第一档必须从 0 开始");
	for (size_t i = 1; i < p->size_classes.count; i++) {
		if (c[i].staff_from <= c[i - 1].staff_from)
			flaws_add(flaws, where(flaws, "size_classes", i,
					       "staff_from"),
				  "inconsistent",
				  "must be above that of the class before",
				  "必须高于前一档");
		for (size_t j = 0; j < i; j++)
			if (text_same(c[i].name, c[j].name))
				flaws_add(flaws, where(flaws, "size_classes",
						       i, "name"),
					  "duplicate", "is listed twice",
					  "重复列出");
	}
}

static bool is_size_class(const struct policy_new *p, const char *name)
{
	const struct policy_size_class *c = p->size_classes.at;

	for (size_t i = 0; i < p->size_classes.count; i++)
		if (text_same(c[i].name, name))
			return true;
	return false;
}

static bool is_above_cap(const struct policy_new *p, int64_t floor_mille)
{
	bool is_of_staff = !p->floor_base || text_same(p->floor_base, "staff");

	return is_of_staff && floor_mille > p->staff_cap_mille;
}

/* NULL and NULL are the same: a rule for every one. */
static bool is_same(const char *a, const char *b)
{
	return a && b ? text_same(a, b) : a == b;
}

static bool is_said_before(const struct policy_floor *all, size_t number)
{
	for (size_t i = 0; i < number; i++)
		if (is_same(all[i].industry_code, all[number].industry_code) &&
		    is_same(all[i].size_class, all[number].size_class))
			return true;
	return false;
}

static void check_floor(const struct policy_new *p, size_t number,
			struct flaws *flaws)
{
	const struct policy_floor *all = p->floors.at, *floor = all + number;

	if (!floor->industry_code && !floor->size_class)
		flaws_add(flaws, where(flaws, "floors", number, ""),
			  "required", "needs industry_code, size_class or both",
			  "须写明 industry_code、size_class 或两者");
	else if (is_said_before(all, number))
		flaws_add(flaws, where(flaws, "floors", number, ""),
			  "duplicate", "is listed twice", "重复列出");
	if (floor->size_class && !is_size_class(p, floor->size_class))
		flaws_add(flaws, where(flaws, "floors", number, "size_class"),
			  "not-a-choice", "is none of size_classes",
			  "不在 size_classes 中");
	if (is_above_cap(p, floor->floor_mille))
		flaws_add(flaws, where(flaws, "floors", number, "floor_mille"),
			  "inconsistent", "must not be above staff_cap_mille",
			  "不能高于 staff_cap_mille");
}

void policy_check_floors(const struct policy_new *p, struct flaws *flaws)
{
	if (is_above_cap(p, p->floor_mille))
		flaws_add(flaws, "#/floor_mille", "inconsistent",
			  "must not be above staff_cap_mille",
			  "不能高于 staff_cap_mille");
	check_size_classes(p, flaws);
	for (size_t i = 0; i < p->floors.count; i++)
		check_floor(p, i, flaws);
}

static int64_t number_at(const struct field *f, const void *from)
{
	return *(const int64_t *)((const char *)from + f->offset);
}

static void write_points(struct json_writer *w, const struct field *f,
			 const void *points)
{
	json_key(w, f->name);
	json_array(w);
	for (const struct field *point = f->inner; point->name; point++)
		json_int(w, number_at(point, points));
	json_end(w);
}

static void write_weights(struct json_writer *w, const struct field *weight,
			  const void *weights, struct arena *mem)
{
	for (; weight->name; weight++)
		json_member_int(w, arena_print(mem, "weight_%s", weight->name),
				number_at(weight, weights));
}

/* A number or a text. */
static void write_plain(struct json_writer *w, const struct field *f,
			const void *from)
{
	const char *at = (const char *)from + f->offset;

	if (f->kind == FIELD_INT)
		json_member_int(w, f->name, number_at(f, from));
	else
		json_member_text(w, f->name, *(const char *const *)at);
}

static void write_items(struct json_writer *w, const struct field *f,
			const struct objects *items)
{
	const char *item = items->at;

	json_key(w, f->name);
	json_array(w);
	for (size_t i = 0; i < items->count; i++, item += f->inner_bytes) {
		json_object(w);
		for (const struct field *m = f->inner; m->name; m++)
			write_plain(w, m, item);
		json_end(w);
	}
	json_end(w);
}

static void write_specialty_lists(struct json_writer *w, const char *name,
				  const struct match_specialty_terms *terms)
{
	json_key(w, name);
	specialty_terms_write(w, terms);
}

static void write_column(struct json_writer *w, const struct field *f,
			 const struct policy_new *p, struct arena *mem)
{
	const char *at = (const char *)p + f->offset;

	if (f->kind == FIELD_OBJECTS)
		write_items(w, f, (const void *)at);
	else if (f->kind != FIELD_OBJECT)
		write_plain(w, f, p);
	else if (text_same(f->name, "weights"))
		write_weights(w, f->inner, at, mem);
	else if (text_same(f->name, "specialty_lists"))
		write_specialty_lists(w, f->name, (const void *)at);
	else
		write_points(w, f, at);
}

const char *policy_columns(const struct policy_new *p,
			   const struct shape_seen *seen, struct arena *mem)
{
	struct buf out = { 0 };
	struct json_writer w;
	const char *text;

	json_begin(&w, &out);
	json_object(&w);
	for (const struct field *f = policy_new_shape; f->name; f++)
		if (shape_has(policy_new_shape, seen, f->name))
			write_column(&w, f, p, mem);
	json_end(&w);
	text = arena_text(mem, out.at, out.used);
	buf_close(&out);
	return text;
}
