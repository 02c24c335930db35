/* posting_rules.c - see posting_rules.h. Rules are a table: a new one is a row
 * and the question it asks. */
#include "records/posting_rules.h"

#include <string.h>

#include "base/text.h"
#include "records/posting_words.h"

enum { WORDS_OF_ALL_MAX = 60, DAY_MINUTES = 480, WEEK_MINUTES = 2640,
       GRADE_MAX = 2, PAY_SHARE_PERCENT = 80 };

static void must_come_with(struct flaws *flaws, const char *where)
{
	flaws_add(flaws, where, "inconsistent",
		  "must be given together with its counterpart",
		  "必须与对应的另一项同时填写");
}

static bool has_condition(const struct posting *p, const char *word)
{
	for (size_t i = 0; i < p->conditions.count; i++)
		if (text_same(p->conditions.at[i], word))
			return true;
	return false;
}

static void check_pay(const struct posting *p, struct flaws *flaws)
{
	bool has_min = p->pay_min_fen != INT_NONE;
	bool has_max = p->pay_max_fen != INT_NONE;

	if (has_min != has_max)
		must_come_with(flaws, has_min ? "#/pay_max_fen" :
						"#/pay_min_fen");
	else if (has_min && p->pay_min_fen > p->pay_max_fen)
		flaws_add(flaws, "#/pay_max_fen", "inconsistent",
			  "must not be less than pay_min_fen",
			  "不能小于 pay_min_fen");
}

static void check_period(const struct posting *p, struct flaws *flaws)
{
	if (!p->period_start != !p->period_end)
		must_come_with(flaws, p->period_start ? "#/period_end" :
							"#/period_start");
	else if (p->period_start && strcmp(p->period_start, p->period_end) >= 0)
		flaws_add(flaws, "#/period_end", "inconsistent",
			  "must be after period_start",
			  "必须晚于 period_start");
}

void posting_check_whole(const struct posting *p, struct flaws *flaws)
{
	size_t words = p->required_skills.count + p->preferred_skills.count +
		       p->required_certificates.count +
		       p->preferred_certificates.count;

	check_pay(p, flaws);
	check_period(p, flaws);
	if (words > WORDS_OF_ALL_MAX)
		flaws_add(flaws, "#/required_skills", "too-many-items",
			  "skills and certificates must be 60 at most in all",
			  "技能和证书合计至多 60 项");
	if (has_condition(p, "filed") != (p->exception_filing != NULL))
		must_come_with(flaws, p->exception_filing ? "#/conditions" :
							  "#/exception_filing");
	if (!p->ref_system != !p->ref)
		must_come_with(flaws, p->ref ? "#/ref_system" : "#/ref");
}

/* A question is answered by whether the rule is broken, and by how much. */
typedef bool rule_question(const struct posting *p, struct broken_rule *b);

static bool exceeds(int64_t actual, int64_t limit, struct broken_rule *b)
{
	b->is_counted = true;
	b->limit = limit;
	b->actual = actual;
	return actual != INT_NONE && actual > limit;
}

static bool is_day_long(const struct posting *p, struct broken_rule *b)
{
	return exceeds(p->day_minutes, DAY_MINUTES, b);
}

static bool is_week_long(const struct posting *p, struct broken_rule *b)
{
	return exceeds(p->week_minutes, WEEK_MINUTES, b);
}

static bool is_hard(const struct posting *p, struct broken_rule *b)
{
	return exceeds(p->labour_grade, GRADE_MAX, b);
}

static bool is_paid_little(const struct posting *p, struct broken_rule *b)
{
	if (p->pay_standard_fen == INT_NONE || p->pay_min_fen == INT_NONE)
		return false;
	b->is_counted = true;
	b->limit = p->pay_standard_fen * PAY_SHARE_PERCENT / 100;
	b->actual = p->pay_min_fen;
	return b->actual < b->limit;
}

static bool is_without_period(const struct posting *p,
			      struct broken_rule *b)
{
	(void)b;
	return !p->period_start;
}

static bool is_without_pay(const struct posting *p, struct broken_rule *b)
{
	(void)b;
	return p->pay_min_fen == INT_NONE;
}

static bool is_without_work(const struct posting *p, struct broken_rule *b)
{
	(void)b;
	return !p->description || !*p->description;
}

static bool is_without_target(const struct posting *p,
			      struct broken_rule *b)
{
	(void)b;
	return p->targets.count == 0;
}

static bool is_entertainment(const struct posting *p,
			     struct broken_rule *b)
{
	(void)b;
	return has_condition(p, "entertainment");
}

static bool is_by_agent(const struct posting *p, struct broken_rule *b)
{
	(void)b;
	return has_condition(p, "intermediary");
}

static bool has_unfiled(const struct posting *p, const char *const *words)
{
	if (has_condition(p, "filed"))
		return false;
	for (; *words; words++)
		if (has_condition(p, *words))
			return true;
	return false;
}

static bool is_dangerous(const struct posting *p, struct broken_rule *b)
{
	static const char *const words[] = { "height", "underground",
					     "radiation", "toxic", "explosive",
					     "high_risk", NULL };

	(void)b;
	return has_unfiled(p, words);
}

static bool is_at_night(const struct posting *p, struct broken_rule *b)
{
	static const char *const words[] = { "night_shift", NULL };

	(void)b;
	return has_unfiled(p, words);
}

static bool is_on_rest_days(const struct posting *p, struct broken_rule *b)
{
	static const char *const words[] = { "rest_days", NULL };

	(void)b;
	return has_unfiled(p, words);
}

static bool is_overtime(const struct posting *p, struct broken_rule *b)
{
	static const char *const words[] = { "overtime", NULL };

	(void)b;
	return has_unfiled(p, words);
}

/* The counted ones first: they tell most. */
static const struct {
	rule_question *is_broken;
	enum law law;
	const char *pointer, *code, *english, *chinese;
} rules[] = {
	{ is_day_long, LAW_DAY_HOURS, "#/day_minutes", "out-of-range",
	  "a working day is 8 hours at most", "每日工作时间不得超过 8 小时" },
	{ is_week_long, LAW_WEEK_HOURS, "#/week_minutes", "out-of-range",
	  "a working week is 44 hours at most",
	  "每周工作时间不得超过 44 小时" },
	{ is_hard, LAW_LABOUR_GRADE, "#/labour_grade", "out-of-range",
	  "no interns for labour of grade III or above",
	  "不得安排实习生从事Ⅲ级强度及以上体力劳动" },
	{ is_paid_little, LAW_PAY_SHARE, "#/pay_min_fen",
	  "out-of-range", "must be 80 % of pay_standard_fen at least",
	  "不得低于同岗位工资标准（pay_standard_fen）的 80%" },
	{ is_without_period, LAW_PERIOD_NAMED, "#/period_start",
	  "required", "an internship has a period", "实习须写明起止日期" },
	{ is_without_pay, LAW_PAY_NAMED, "#/pay_min_fen", "required",
	  "the pay is named", "须写明报酬" },
	{ is_without_target, LAW_TARGETS_NAMED, "#/targets",
	  "required", "an internship names target specialties",
	  "实习须写明对口专业" },
	{ is_entertainment, LAW_ENTERTAINMENT, "#/conditions",
	  "not-allowed", "no interns in commercial entertainment venues",
	  "不得安排实习生到营业性娱乐场所实习" },
	{ is_by_agent, LAW_INTERMEDIARY, "#/conditions", "not-allowed",
	  "no intermediary may organise or manage internships",
	  "不得通过中介机构或有偿代理组织、安排和管理实习" },
	{ is_dangerous, LAW_HAZARD, "#/conditions", "not-allowed",
	  "high-risk work needs an exception filed before",
	  "未经备案不得安排实习生从事高风险作业" },
	{ is_at_night, LAW_NIGHT_SHIFT, "#/conditions", "not-allowed",
	  "night shifts need an exception filed before",
	  "未经备案不得安排夜班" },
	{ is_on_rest_days, LAW_REST_DAYS, "#/conditions",
	  "not-allowed", "work on rest days needs an exception filed before",
	  "未经备案不得在休息日、法定节假日安排实习" },
	{ is_overtime, LAW_OVERTIME, "#/conditions", "not-allowed",
	  "overtime needs an exception filed before",
	  "未经备案不得安排加班" },
	{ is_without_work, LAW_WORK_NAMED, "#/description", "required",
	  "a posting says what the work is", "须写明工作内容" },
};

/* An agency may take interns for itself, and says so (rule 1.9). */
static bool is_agency(const struct posting *p,
		      const struct posting_facts *facts)
{
	return facts->industry_code && posting_is_under(p, LAW_AGENCY_HOST) &&
	       text_starts(facts->industry_code, "726");
}

uint64_t posting_warnings(struct arena *mem, const struct posting *p,
			  const struct posting_facts *facts)
{
	struct posting_words words;
	uint64_t broken = 0;

	posting_words_find(&words, mem, p);
	for (size_t i = 0; i < words.count; i++)
		if (law_is_warning(words.at[i].found.law))
			broken |= 1ULL << words.at[i].found.law;
	if (is_agency(p, facts))
		broken |= 1ULL << LAW_AGENCY_HOST;
	return broken;
}

static void note(struct broken_rule *first, enum law law)
{
	if (first->law == LAW_NONE)
		first->law = law;
}

static void check_words(const struct posting *p,
			const struct posting_facts *facts, struct flaws *flaws,
			struct broken_rule *first)
{
	struct posting_words words;

	posting_words_find(&words, flaws->mem, p);
	for (size_t i = 0; i < words.count; i++) {
		const struct wording *w = &words.at[i].found;

		if (facts->excused >> w->law & 1)
			continue;
		wording_flaw(flaws, words.at[i].pointer, w);
		note(first, w->law);
	}
}

static void check_enterprise(const struct posting *p,
			     const struct posting_facts *facts,
			     struct flaws *flaws, struct broken_rule *first)
{
	if (is_agency(p, facts) && !(facts->excused >> LAW_AGENCY_HOST & 1)) {
		flaws_add(flaws, "#/enterprise_id", "needs-reason",
			  "an agency takes interns for its own work alone",
			  "人力资源服务机构仅可为自身岗位接收实习生");
		note(first, LAW_AGENCY_HOST);
	}
	if (facts->is_verified)
		return;
	flaws_add(flaws, "#/enterprise_id", "not-allowed",
		  "the enterprise is not verified by the office",
		  "企业尚未通过核验");
	note(first, LAW_ENTERPRISE_VERIFIED);
}

struct broken_rule posting_check_public(const struct posting *p,
					const struct posting_facts *facts,
					struct flaws *flaws)
{
	struct broken_rule first = { .law = LAW_NONE };

	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		struct broken_rule b = { .law = rules[i].law };

		if (!posting_is_under(p, b.law) || !rules[i].is_broken(p, &b))
			continue;
		flaws_add(flaws, rules[i].pointer, rules[i].code,
			  rules[i].english, rules[i].chinese);
		if (first.law == LAW_NONE)
			first = b;
	}
	check_words(p, facts, flaws, &first);
	check_enterprise(p, facts, flaws, &first);
	return first;
}
