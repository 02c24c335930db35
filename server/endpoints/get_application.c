/*
 * GET /v1/applications/{application_id} - one application with its interviews,
 * its history, and how well student and posting fit today, with the reasons.
 */
#include "endpoints/application_steps.h"
#include "endpoints/contact.h"
#include "flow/seals.h"
#include "records/match_fit.h"

static flow_step find_whole, reply_whole;

const struct endpoint get_application = {
	.operation = "getApplication",
	.method = "GET",
	.path = "/v1/applications/{application_id}",
	.allow = READERS_OF_APPLICATIONS,
	.state_bytes = sizeof(struct applying),
	.steps = { find_pair, find_terms, find_pair_ties, find_applicant,
		   find_applied, find_whole, reply_whole },
};

static enum flow_next find_whole(struct flow *f)
{
	take_posting(f);
	return find_application(f);
}

static void write_match(struct flow *f, struct json_writer *w)
{
	struct applying *s = f->state;
	struct match_terms terms = matching_terms(f);

	match_align(&terms, &s->matching.student, &s->matching.posting,
		    &s->fit);
	json_key(w, "match");
	json_object(w);
	match_fit_members(w, &s->fit, &s->matching.posting,
			  matching_language(f));
	json_end(w);
}

/* Null where there is none, or the reader may not know it. */
static void write_phone(struct flow *f, struct json_writer *w)
{
	struct uuid student = rows_uuid(f->rows, 0, APPLICATION_STUDENT_COLUMN);
	const char *phone = NULL;

	if (!rows_is_null(f->rows, 0, APPLICATION_PHONE_COLUMN))
		phone = unseal(f, (struct sealed_place){ STUDENT_PHONE,
							 &student },
			       rows_text(f->rows, 0, APPLICATION_PHONE_COLUMN));
	json_member_text(w, "phone", phone);
	json_member_bool(w, "is_phone_withheld",
			 rows_bool(f->rows, 0, APPLICATION_WITHHELD_COLUMN));
}

static enum flow_next reply_whole(struct flow *f)
{
	struct json_writer *w;

	reply_language(f);
	reply_etag(f, rows_int(f->rows, 0, APPLICATION_VERSION_COLUMN));
	w = reply_json(f, 200);
	json_object(w);
	application_members(w, f->rows, 0);
	write_phone(f, w);
	application_story(w, f->rows, 0);
	write_match(f, w);
	json_end(w);
	return FLOW_DONE;
}
