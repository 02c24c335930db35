/* round.c - rounds and runs, from the body in and to the reply out. */
#include "records/round.h"

#include "records/members.h"

const char *const round_state_words[] = { "draft", "open", "closed", "running",
					  "computed", "published", "final",
					  "cancelled", NULL };

static const char *const run_mode_words[] = { "stable", "optimal", NULL };

const struct field round_new_shape[] = {
	TEXT(struct round_new, name, 1, 100, REQUIRED),
	TIME(struct round_new, opens_at, REQUIRED),
	TIME(struct round_new, closes_at, REQUIRED),
	DATE(struct round_new, period_start, REQUIRED),
	DATE(struct round_new, period_end, REQUIRED),
	TEXT(struct round_new, seed, 16, 200, OPTIONAL),
	BOOL(struct round_new, is_scheduled, OPTIONAL),
	END_OF_FIELDS
};

const struct field round_patch_shape[] = {
	TEXT(struct round_new, name, 1, 100, OPTIONAL),
	TIME(struct round_new, opens_at, OPTIONAL),
	TIME(struct round_new, closes_at, OPTIONAL),
	DATE(struct round_new, period_start, OPTIONAL),
	DATE(struct round_new, period_end, OPTIONAL),
	BOOL(struct round_new, is_scheduled, OPTIONAL),
	END_OF_FIELDS
};

const struct field run_new_shape[] = {
	ENUM(struct run_new, mode, run_mode_words, REQUIRED),
	END_OF_FIELDS
};

static const struct member round_members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_TEXT, "name" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_TIME, "opens_at" },
	{ MEMBER_TIME, "closes_at" },
	{ MEMBER_TEXT, "period_start" },
	{ MEMBER_TEXT, "period_end" },
	{ MEMBER_TEXT, "seed" },
	{ MEMBER_TEXT, "seed_sha256" },
	{ MEMBER_INT, "policy_version" },
	{ MEMBER_UUID, "published_run_id" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_TIME, "updated_at" },
	{ MEMBER_BOOL, "is_scheduled" },
	{ MEMBER_TEXT, "cancelled_because" },
	{ MEMBER_TIME, "decide_by" },
	{ MEMBER_TIME, "appeals_by" },
	{ MEMBER_END, NULL }
};

static const struct member run_members[] = {
	{ MEMBER_UUID, "id" },
	{ MEMBER_UUID, "round_id" },
	{ MEMBER_TEXT, "mode" },
	{ MEMBER_TEXT, "state" },
	{ MEMBER_INT, "attempt" },
	{ MEMBER_BOOL, "is_verified" },
	{ MEMBER_TEXT, "error" },
	{ MEMBER_INT, "student_count" },
	{ MEMBER_INT, "placed_count" },
	{ MEMBER_INT, "shortfall" },
	{ MEMBER_TIME, "started_at" },
	{ MEMBER_TIME, "finished_at" },
	{ MEMBER_INT, "freeze_ms" },
	{ MEMBER_INT, "place_ms" },
	{ MEMBER_INT, "verify_ms" },
	{ MEMBER_INT, "version" },
	{ MEMBER_TIME, "created_at" },
	{ MEMBER_INT, "rarity_edition" },
	{ MEMBER_END, NULL }
};

void round_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, round_members, rows, row);
	json_end(w);
}

void run_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, run_members, rows, row);
	json_end(w);
}
