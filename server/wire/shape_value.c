/* shape_value.c - a value is taken, or one complaint says why not. */
#include "wire/shape_value.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "wire/reasons.h"
#include "wire/unicode.h"

bool complain(struct complaint *why, const char *code, const char *english,
	      const char *chinese)
{
	*why = (struct complaint){ code, english, chinese };
	return false;
}

static bool is_length_good(const struct field *f, struct arena *mem,
			   const char *text, struct complaint *why)
{
	int64_t scalars = (int64_t)text_scalars(text, strlen(text));

	if (scalars < f->min && scalars == 0)
		return complain(why, "too-short", "must not be empty",
				"不能为空");
	if (scalars < f->min)
		return complain(why, "too-short",
			arena_print(mem, "must have at least %" PRId64
				    " characters", f->min),
			arena_print(mem, "至少 %" PRId64 " 个字符", f->min));
	if (scalars > f->max)
		return complain(why, "too-long",
			arena_print(mem, "must have at most %" PRId64
				    " characters", f->max),
			arena_print(mem, "至多 %" PRId64 " 个字符", f->max));
	return true;
}

static bool take_text(const struct field *f, struct arena *mem,
		      const char *text, const char **slot,
		      struct complaint *why)
{
	text = unicode_nfc(mem, unicode_newlines(mem, text));
	if (unicode_has_control(text) ||
	    (f->flags & ONE_LINE && strpbrk(text, "\t\n")))
		return complain(why, "control-character",
				"must not have control characters",
				"不能含有控制字符");
	if (f->flags & TRIMMED && !unicode_is_trimmed(text))
		return complain(why, "not-trimmed",
				"must not begin or end with blanks",
				"首尾不能有空白字符");
	if (!is_length_good(f, mem, text, why))
		return false;
	*slot = arena_text(mem, text, strlen(text));
	return true;
}

static bool take_code(const struct field *f, struct arena *mem,
		      const char *text, const char **slot,
		      struct complaint *why)
{
	char *code = unicode_code(mem, unicode_nfc(mem, text));
	const char *reason;

	if (!(f->flags & CASED))
		unicode_upper_ascii(code);
	if (f->tidy)
		f->tidy(code);
	if (unicode_has_control(code) || strpbrk(code, "\t\n"))
		return complain(why, "control-character",
				"must not have control characters",
				"不能含有控制字符");
	reason = f->check ? f->check(code) : NULL;
	/* Of an empty or endless code the length says more. */
	if (!is_length_good(f, mem, code, why))
		return false;
	if (reason)
		return complain(why, "malformed", reason,
				reason_chinese(reason));
	*slot = code;
	return true;
}

static bool take_word(const struct field *f, struct arena *mem,
		      const char *text, const char **slot,
		      struct complaint *why)
{
	const char *all = "";

	for (const char *const *word = f->words; *word; word++) {
		if (text_same(*word, text)) {
			*slot = *word;
			return true;
		}
		all = arena_print(mem, "%s%s%s", all, *all ? ", " : "", *word);
	}
	return complain(why, "not-a-choice",
			arena_print(mem, "must be one of: %s", all),
			arena_print(mem, "必须是下列之一：%s", all));
}

static bool take_uuid(const char *text, struct uuid *slot,
		      struct complaint *why)
{
	/* The nil id means "none" inside, so it may not come from outside. */
	if (uuid_parse(text, slot) && !uuid_is_nil(slot))
		return true;
	return complain(why, "malformed", "must be a UUID", "必须是 UUID");
}

/*
 * PostgreSQL would take other years, but an offset can move the last moment
 * of 9999 into a year of five digits, which RFC 3339 cannot say.
 */
static bool is_year_good(const char *text, struct complaint *why)
{
	if (strncmp(text, "1900", 4) >= 0 && strncmp(text, "2199", 4) <= 0)
		return true;
	return complain(why, "out-of-range",
			"must be within the years 1900 to 2199",
			"年份必须在 1900 至 2199 之间");
}

static bool take_date(struct arena *mem, const char *text, const char **slot,
		      struct complaint *why)
{
	int32_t days;

	if (!clock_date(text, &days))
		return complain(why, "malformed",
				"must be a date such as 2026-11-23",
				"必须是日期，如 2026-11-23");
	if (!is_year_good(text, why))
		return false;
	*slot = arena_text(mem, text, strlen(text));
	return true;
}

static bool take_time(struct arena *mem, const char *text, const char **slot,
		      struct complaint *why)
{
	if (!clock_is_rfc3339(text))
		return complain(why, "malformed",
			"must be a time such as 2026-11-23T08:00:00+08:00",
			"必须是带时区的时间，如 2026-11-23T08:00:00+08:00");
	if (!is_year_good(text, why))
		return false;
	*slot = arena_text(mem, text, strlen(text));
	return true;
}

bool value_text(const struct field *f, struct arena *mem, const char *text,
		void *slot, struct complaint *why)
{
	switch (f->kind) {
	case FIELD_TEXT:
		return take_text(f, mem, text, slot, why);
	case FIELD_CODE:
		return take_code(f, mem, text, slot, why);
	case FIELD_ENUM:
		return take_word(f, mem, text, slot, why);
	case FIELD_UUID:
		return take_uuid(text, slot, why);
	case FIELD_DATE:
		return take_date(mem, text, slot, why);
	case FIELD_TIME:
		return take_time(mem, text, slot, why);
	default:
		must(!"a kind that is written as a text");
		return false;
	}
}

bool value_int(const struct field *f, struct arena *mem, int64_t value,
	       int64_t *slot, struct complaint *why)
{
	if (value < f->min || value > f->max)
		return complain(why, "out-of-range",
			arena_print(mem, "must be from %" PRId64 " to %" PRId64,
				    f->min, f->max),
			arena_print(mem, "必须在 %" PRId64 " 至 %" PRId64
				    " 之间", f->min, f->max));
	*slot = value;
	return true;
}

bool value_count(const struct field *f, struct arena *mem, size_t count,
		 struct complaint *why)
{
	if (count == 0 && f->flags & NOT_EMPTY)
		return complain(why, "too-few-items",
				"must have at least one item",
				"至少要有一项");
	if ((int64_t)count > f->max)
		return complain(why, "too-many-items",
			arena_print(mem, "must have at most %" PRId64 " items",
				    f->max),
			arena_print(mem, "至多 %" PRId64 " 项", f->max));
	return true;
}

static bool is_same_item(const struct field *f, const void *slot, size_t i,
			 size_t k)
{
	const struct texts *texts = slot;
	const struct uuids *uuids = slot;

	if (f->kind == FIELD_UUIDS)
		return uuid_same(&uuids->at[i], &uuids->at[k]);
	return text_same(texts->at[i], texts->at[k]);
}

bool value_distinct(const struct field *f, struct arena *mem, const void *slot,
		    struct complaint *why)
{
	const struct texts *list = slot;	/* uuids count alike */
	size_t count = f->kind == FIELD_UUIDS ?
			       ((const struct uuids *)slot)->count :
			       list->count;

	for (size_t k = 1; f->flags & DISTINCT && k < count; k++)
		for (size_t i = 0; i < k; i++)
			if (is_same_item(f, slot, i, k))
				return complain(why, "repeated",
					arena_print(mem, "items %zu and %zu "
						    "are the same", i, k),
					arena_print(mem, "第 %zu 项与第 %zu "
						    "项重复", i + 1, k + 1));
	return true;
}

struct field value_item_field(const struct field *list)
{
	struct field item = *list;

	item.kind = list->kind == FIELD_UUIDS ? FIELD_UUID :
		    list->check ? FIELD_CODE : FIELD_TEXT;
	item.min = 1;
	item.max = list->min;
	return item;
}
