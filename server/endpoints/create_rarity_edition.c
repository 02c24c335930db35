/*
 * POST /v1/consortia/{consortium_id}/rarity-editions - counts now how rare
 * what postings ask for is. If no weight would change, the last edition stays.
 */
#include "endpoints/policy_steps.h"
#include "records/fields.h"
#include "records/rarity.h"
#include "wire/sql.h"

struct counting {
	struct rarity_counts counts;
};

static flow_step find_asked, count_asked, make_edition, reply_edition;

const struct endpoint create_rarity_edition = {
	.operation = "createRarityEdition",
	.method = "POST",
	.path = "/v1/consortia/{consortium_id}/rarity-editions",
	.allow = { [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 30000,
	.state_bytes = sizeof(struct counting),
	.steps = { find_asked, count_asked, make_edition, reply_edition },
};

static enum flow_next find_asked(struct flow *f)
{
	if (!path_is_own_consortium(f))
		return FLOW_FAIL;
	return ask(f, SQL_RARITY_COUNTS, P_CONSORTIUM(f));
}

static enum flow_next count_asked(struct flow *f)
{
	struct counting *s = f->state;

	s->counts = rarity_count(f->mem, f->rows);
	return FLOW_NEXT;
}

static enum flow_next make_edition(struct flow *f)
{
	struct counting *s = f->state;

	return tell(f, SQL_RARITY_MAKE, P_CONSORTIUM(f), P_ACCOUNT(f),
		    P_INT(s->counts.postings), P_TEXTS(&s->counts.words),
		    P_TEXTS(&s->counts.are_certificates),
		    P_TEXTS(&s->counts.asking));
}

static enum flow_next reply_edition(struct flow *f)
{
	bool is_new = rows_bool(f->rows, 0, RARITY_IS_NEW_COLUMN);
	char id[UUID_TEXT_BYTES];

	uuid_text(&f->actor.consortium_id, id);
	reply_location(f, "/v1/consortia/%s/rarity-editions/%s", id,
		       rows_text(f->rows, 0, RARITY_NUMBER_COLUMN));
	rarity_write(reply_json(f, is_new ? 201 : 200), f->rows, 0);
	return FLOW_DONE;
}
