/*
 * job_posting_terms.c - the members of a JobPosting that have to be converted:
 * pay to fen a month, the kind, the level, the place, skills. Each says what it
 * assumed; where no honest conversion exists, it leaves the member.
 */
#include "records/job_posting_read.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "records/codes.h"
#include "wire/fold.h"
#include "wire/unicode.h"

enum { SKILLS_MAX = 30, SKILL_MAX = 60, ADDRESS_MAX = 200 };

/* ---- pay ---- */

/*
 * A month has 21.75 days that are paid, and 174 hours: (365 - 104) / 12 days of
 * 8 hours; a week is five of its days. So many hundredths of one is a month.
 * from  劳社部发〔2008〕3号; docs/postings.md
 */
static const struct unit {
	const char *words[5];
	int64_t times, divided_by;
	const char *english, *chinese;
} units[] = {
	{ { "MONTH", "MON", "MONTHLY", "月" }, 1, 1, NULL, NULL },
	{ { "YEAR", "ANN", "YEARLY", "ANNUAL", "年" }, 1, 12,
	  "a year is 12 months", "年薪按 12 个月折算" },
	{ { "WEEK", "WEE", "WEEKLY", "周" }, 435, 100,
	  "a month is 4.35 weeks: 21.75 days, five a week",
	  "周薪按每月 4.35 周（21.75 天）折算" },
	{ { "DAY", "DAILY", "日", "天" }, 2175, 100,
	  "a month has 21.75 days that are paid",
	  "日薪按每月 21.75 个计薪日折算" },
	{ { "HOUR", "HUR", "HOURLY", "小时" }, 174, 1,
	  "a month has 174 hours: 21.75 days of 8",
	  "时薪按每月 174 小时（21.75 天，每天 8 小时）折算" },
};

static const struct unit *unit_of(const char *word)
{
	for (size_t i = 0; word && i < COUNT_OF(units); i++)
		for (size_t j = 0; j < COUNT_OF(units[i].words); j++)
			if (units[i].words[j] &&
			    strcasecmp(units[i].words[j], word) == 0)
				return &units[i];
	return NULL;
}

static bool is_yuan(const char *currency)
{
	static const char *const words[] = { "CNY", "RMB", "¥", "人民币",
					     "元" };

	for (size_t i = 0; currency && i < COUNT_OF(words); i++)
		if (strcasecmp(currency, words[i]) == 0)
			return true;
	return false;
}

struct pay {
	const struct tree *least, *most, *one;
	const char *currency, *unit;
};

/* MonetaryAmount, PriceSpecification, or a bare amount. */
static struct pay pay_of(struct job_read *r, const struct tree *value)
{
	const struct tree *amount = job_at(value, 0), *inner;
	struct pay pay = { .currency = job_text(r, tree_member(
		r->node, "salaryCurrency")) };

	if (tree_kind(amount) != TREE_OBJECT) {
		pay.one = amount;
		return pay;
	}
	if (tree_member(amount, "currency"))
		pay.currency = job_text(r, tree_member(amount, "currency"));
	else if (tree_member(amount, "priceCurrency"))
		pay.currency = job_text(r, tree_member(amount,
						       "priceCurrency"));
	inner = tree_member(amount, "value");
	if (tree_kind(inner) != TREE_OBJECT)
		inner = amount;
	pay.least = tree_member(inner, "minValue");
	pay.most = tree_member(inner, "maxValue");
	pay.one = tree_member(inner, tree_member(inner, "price") ? "price" :
							"value");
	pay.unit = job_text(r, tree_member(inner, "unitText"));
	if (!pay.unit)
		pay.unit = job_text(r, tree_member(inner, "unitCode"));
	if (!pay.unit)
		pay.unit = job_text(r, tree_member(amount, "unitText"));
	return pay;
}

/* In fen a month, rounded down. */
static bool fen_of(const struct tree *value, const struct unit *unit,
		   int64_t *fen)
{
	int64_t amount;

	if (!tree_decimal(value, 2, &amount) ||
	    amount > INT64_C(1000000000000))
		return false;
	*fen = amount * unit->times / unit->divided_by;
	return true;
}

static void take_amounts(struct job_read *r, const char *member,
			 const struct pay *pay, const struct unit *unit)
{
	const struct tree *low = pay->least ? pay->least : pay->one;
	const struct tree *high = pay->most ? pay->most : pay->one;
	int64_t least, most;

	if (!low || !high) {
		job_assumed(r, member, "one end is said: both are it",
			    "只注明一端，上下限相同");
		low = low ? low : high;
		high = high ? high : low;
	}
	if (!fen_of(low, unit, &least) || !fen_of(high, unit, &most))
		return job_left(r, member, "is no amount", "不是金额");
	job_fact_int(r, "pay_min_fen", least);
	job_fact_int(r, "pay_max_fen", most);
	if (unit->english)
		job_assumed(r, member, unit->english, unit->chinese);
	job_took(r, member);
}

void job_take_pay(struct job_read *r, const char *member,
		  const struct tree *value)
{
	struct pay pay = pay_of(r, value);
	const struct unit *unit = unit_of(pay.unit);

	if (!pay.currency)
		return job_left(r, member, "has no currency", "没有币种");
	if (!is_yuan(pay.currency))
		return job_left(r, member, "is not in yuan (CNY)",
				"不是人民币");
	if (!unit)
		return job_left(r, member,
				"does not say per what: HOUR, DAY, WEEK, "
				"MONTH or YEAR",
				"未注明计薪周期");
	if (!pay.least && !pay.most && !pay.one)
		return job_left(r, member, "is no amount", "不是金额");
	take_amounts(r, member, &pay, unit);
}

/* ---- kind ---- */

/* Letters alone, and large: "Full-time" is FULLTIME. */
static const char *bare(struct arena *mem, const char *text)
{
	char *out = arena_text(mem, text, strlen(text)), *to = out;

	for (const char *at = text; *at; at++)
		if (!strchr(" -_/", *at))
			*to++ = *at >= 'a' && *at <= 'z' ?
				(char)(*at - 'a' + 'A') : *at;
	*to = '\0';
	return out;
}

static const struct {
	const char *word, *kind;
	bool is_rough;		/* more is said than we keep */
} employments[] = {
	{ "INTERN", "internship", false },
	{ "INTERNSHIP", "internship", false },
	{ "TRAINEE", "internship", false },
	{ "实习", "internship", false },
	{ "APPRENTICESHIP", "apprenticeship", false },
	{ "APPRENTICE", "apprenticeship", false },
	{ "学徒", "apprenticeship", false },
	{ "学徒制", "apprenticeship", false },
	{ "FULLTIME", "job", false },
	{ "全职", "job", false },
	{ "PERMANENT", "job", false },
	{ "PARTTIME", "job", true },
	{ "兼职", "job", true },
	{ "CONTRACTOR", "job", true },
	{ "CONTRACT", "job", true },
	{ "TEMPORARY", "job", true },
	{ "SEASONAL", "job", true },
	{ "PERDIEM", "job", true },
	{ "OTHER", "job", true },
};

static int employment_of(struct job_read *r, const struct tree *value)
{
	const char *text = job_text(r, value);
	const char *word = text ? bare(r->mem, fold_text(r->mem, text)) : "";

	for (size_t i = 0; i < COUNT_OF(employments); i++)
		if (text_same(employments[i].word, word))
			return (int)i;
	return -1;
}

/* Of several the first in the table: an internship is none but that. */
void job_take_employment(struct job_read *r, const char *member,
			 const struct tree *value)
{
	int best = -1;

	for (size_t i = 0; i < job_count(value); i++) {
		int found = employment_of(r, job_at(value, i));

		if (found < 0)
			job_left(r, member, "has a word of no such kind",
				 "含有无法对应的类型");
		else if (best < 0 || found < best)
			best = found;
	}
	if (best < 0)
		return;
	job_fact_text(r, "kind", employments[best].kind);
	if (employments[best].is_rough)
		job_assumed(r, member,
			    "is a job, and what more it says is not kept",
			    "按就业岗位处理，其余含义未保留");
	job_took(r, member);
}

/* ---- level ---- */

/* The lowest that the text has is the least; NULL: none is asked for. */
static const struct {
	const char *words, *level;
} levels[] = {
	{ "不限", NULL }, { "no requirement", NULL },
	{ "professional certificate", "secondary" },
	{ "high school", "secondary" }, { "中专", "secondary" },
	{ "中职", "secondary" }, { "中技", "secondary" },
	{ "技校", "secondary" }, { "高中", "secondary" },
	{ "associate", "associate" }, { "大专", "associate" },
	{ "专科", "associate" }, { "高职", "associate" },
	{ "bachelor", "bachelor" }, { "本科", "bachelor" },
};

static const char *level_text(struct job_read *r, const struct tree *value)
{
	const struct tree *credential;

	value = job_at(value, 0);
	credential = tree_member(value, "credentialCategory");
	return job_text(r, credential ? credential : value);
}

void job_take_education(struct job_read *r, const char *member,
			const struct tree *value)
{
	const char *text = level_text(r, value);

	text = text ? fold_text(r->mem, text) : "";
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		if (!strstr(text, levels[i].words))
			continue;
		if (levels[i].level)
			job_fact_text(r, "min_education", levels[i].level);
		return job_took(r, member);
	}
	job_left(r, member,
		 "names no level of secondary, associate or bachelor",
		 "没有说明中职、专科或本科层次");
}

/* ---- skills ---- */

static void add_skill(struct job_read *r, struct texts *skills,
		      const char *text)
{
	text = unicode_trim(r->mem, text);
	if (!*text)
		return;
	for (size_t i = 0; i < skills->count; i++)
		if (text_same(skills->at[i], text))
			return;
	if (text_scalars(text, strlen(text)) > SKILL_MAX)
		return job_left(r, "skills", "has one that is a sentence",
				"含有过长的技能描述");
	if (skills->count == SKILLS_MAX)
		return job_left(r, "skills", "has more than 30",
				"超过 30 项");
	skills->at[skills->count++] = text;
}

/* "PLC编程、机械识图; CAD" */
static void split_skills(struct job_read *r, struct texts *skills,
			 const char *text)
{
	static const char *const between[] = { ",", ";", "\n", "、", "，",
					       "；" };
	const char *start = text;

	while (*text) {
		size_t bytes = 0;

		for (size_t i = 0; !bytes && i < COUNT_OF(between); i++)
			if (text_starts(text, between[i]))
				bytes = strlen(between[i]);
		if (bytes) {
			add_skill(r, skills, arena_text(
				r->mem, start, (size_t)(text - start)));
			start = text + bytes;
		}
		text += bytes ? bytes : 1;
	}
	add_skill(r, skills, start);
}

void job_take_skills(struct job_read *r, const char *member,
		     const struct tree *value)
{
	struct texts skills = { arena_array(r->mem, const char *, SKILLS_MAX),
				0 };
	bool is_list = tree_kind(value) == TREE_ARRAY;

	for (size_t i = 0; i < job_count(value); i++) {
		const char *text = job_text(r, job_at(value, i));

		if (!text)
			job_left(r, member, "has one without a name",
				 "含有没有名称的技能");
		else if (is_list)
			add_skill(r, &skills, text);
		else
			split_skills(r, &skills, text);
	}
	if (skills.count == 0)
		return;
	job_fact_texts(r, "preferred_skills", &skills);
	job_took(r, member);
}

/* ---- occupation ---- */

void job_take_occupation(struct job_read *r, const char *member,
			 const struct tree *value)
{
	const struct tree *one = job_at(value, 0);
	const struct tree *category = tree_member(one, "occupationalCategory");
	const char *text;

	one = category ? job_at(category, 0) : one;
	if (tree_member(one, "codeValue"))
		one = tree_member(one, "codeValue");
	text = job_text(r, one);
	text = text ? unicode_code(r->mem, text) : "";
	if (code_check_occupation(text))
		return job_left(r, member,
				"is no code of the national classification "
				"(such as 6-18-01-01)",
				"不是《职业分类大典》代码（如 6-18-01-01）");
	job_fact_text(r, "occupation_code", text);
	job_took(r, member);
}

/* ---- place ---- */

/* The code that the server itself gives out. */
static const char *own_division(struct job_read *r,
				const struct tree *address)
{
	const struct tree *id = tree_member(address, "identifier");
	const char *system = job_text(r, tree_member(id, "propertyID"));
	const char *code = job_text(r, tree_member(id, "value"));

	return system && code && text_same(system, "GB/T 2260") &&
	       !code_check_division(code) ? code : NULL;
}

static const char *part_of(struct job_read *r, const struct tree *address,
			   const char *name)
{
	const char *text = job_text(r, tree_member(address, name));

	return text ? text : "";
}

static void take_street(struct job_read *r, const char *street)
{
	if (!*street)
		return;
	if (text_scalars(street, strlen(street)) > ADDRESS_MAX)
		return job_left(r, "streetAddress", "is too long", "过长");
	job_fact_text(r, "address", street);
}

void job_take_place(struct job_read *r, const char *member,
		    const struct tree *value)
{
	const struct tree *place = job_at(value, 0), *address;
	const char *code, *street;

	address = tree_member(place, "address");
	address = job_at(address ? address : place, 0);
	if (job_count(value) > 1)
		job_left(r, member, "has several: the first counts",
			 "有多个地点，只取第一个");
	if (tree_kind(address) == TREE_OBJECT) {
		street = part_of(r, address, "streetAddress");
		code = own_division(r, address);
	} else {
		street = job_text(r, address) ? job_text(r, address) : "";
		code = NULL;
	}
	if (!code)
		code = division_named(
			r->reading->divisions, r->mem,
			arena_print(r->mem, "%s %s %s",
				    part_of(r, address, "addressRegion"),
				    part_of(r, address, "addressLocality"),
				    street));
	if (!code)
		return job_left(r, member,
				"names no division of the national list, or "
				"more than one",
				"无法唯一对应行政区划代码表中的地区");
	job_fact_text(r, "division_code", code);
	take_street(r, street);
	job_took(r, member);
}
