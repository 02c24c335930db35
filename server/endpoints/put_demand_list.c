/*
 * PUT /v1/enterprises/{enterprise_id}/demand-lists/{year} - the whole list of
 * a year in the place of the one before.
 */
#include "endpoints/demand_steps.h"
#include "wire/sql.h"

enum { BODY_MAX_BYTES = 256 * 1024 };

static flow_step find_unknown, put_demand;

const struct endpoint put_demand_list = {
	.operation = "putDemandList",
	.method = "PUT",
	.path = "/v1/enterprises/{enterprise_id}/demand-lists/{year}",
	.allow = { [ROLE_ENTERPRISE] = SCOPE_OWN },
	.state_bytes = sizeof(struct demand_path),
	.body_max_bytes = BODY_MAX_BYTES,
	.body = demand_new_shape,
	.body_bytes = sizeof(struct demand_new),
	.is_conditional = true,
	.steps = { find_demand_owner, find_unknown, put_demand, find_demand,
		   reply_demand },
};

/* One member of every entry, as a list of texts; '' for none. */
static struct texts column(struct flow *f, const char *(*of)(
				   struct arena *mem, const struct demand *d))
{
	const struct demand_new *in = f->body;
	const struct demand *items = in->items.at;
	struct texts texts = { NULL, in->items.count };

	texts.at = arena_array(f->mem, const char *, texts.count + 1);
	for (size_t i = 0; i < texts.count; i++) {
		const char *text = of(f->mem, &items[i]);

		texts.at[i] = text ? text : "";
	}
	return texts;
}

static const char *specialty_of(struct arena *mem, const struct demand *d)
{
	(void)mem;
	return d->specialty;
}

static const char *education_of(struct arena *mem, const struct demand *d)
{
	(void)mem;
	return d->education;
}

static const char *openings_of(struct arena *mem, const struct demand *d)
{
	return arena_print(mem, "%lld", (long long)d->openings);
}

static const char *note_of(struct arena *mem, const struct demand *d)
{
	(void)mem;
	return d->note;
}

static enum flow_next find_unknown(struct flow *f)
{
	struct texts specialties = column(f, specialty_of);

	demand_check(f->body, &f->flaws);
	return ask(f, SQL_DEMAND_UNKNOWN, P_TEXTS(&specialties));
}

static enum flow_next put_demand(struct flow *f)
{
	struct demand_path *s = f->state;
	struct texts specialties = column(f, specialty_of),
		     educations = column(f, education_of),
		     openings = column(f, openings_of),
		     notes = column(f, note_of);

	for (int i = 0; i < rows_count(f->rows); i++)
		flaws_add(&f->flaws,
			  arena_print(f->mem, "#/items/%s/specialty",
				      rows_text(f->rows, i, 0)),
			  "unknown-code", "is not in the official list",
			  "不在官方代码表中");
	if (f->flaws.count)
		return fail_flaws(f);
	return tell(f, SQL_DEMAND_PUT, P_CONSORTIUM(f), P_ID(&s->enterprise_id),
		    P_INT(s->year), P_TEXTS(&specialties),
		    P_TEXTS(&educations), P_TEXTS(&openings), P_TEXTS(&notes),
		    P_ACCOUNT(f), P_INT(f->if_match));
}
