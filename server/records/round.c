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
	UUID(struct round_new, follows, OPTIONAL),
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

static const char *const pins_words[] = { "accepted", "all", NULL };

static const struct field release_shape[] = {
	UUID(struct release, student_id, REQUIRED),
	TEXT(struct release, reason, 1, 500, REQUIRED | TRIMMED),
	END_OF_FIELDS
};

const struct field rerun_new_shape[] = {
	ENUM(struct rerun_new, mode, run_mode_words, REQUIRED),
	ENUM(struct rerun_new, pins, pins_words, OPTIONAL),
	OBJECTS(struct rerun_new, released, 1000, release_shape,
		struct release, OPTIONAL),
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
	{ MEMBER_UUID, "follows" },
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
	{ MEMBER_UUID, "base_run_id" },
	{ MEMBER_TEXT, "pins" },
	{ MEMBER_INT, "move_count" },
	{ MEMBER_TEXT, "phase" },
	{ MEMBER_INT, "share_mille" },
	{ MEMBER_INT, "store_ms" },
	{ MEMBER_INT, "memory_bytes" },
	{ MEMBER_END, NULL }
};

static const struct member move_members[] = {
	{ MEMBER_UUID, "student_id" },
	{ MEMBER_TEXT, "student_number" },
	{ MEMBER_TEXT, "student_name" },
	{ MEMBER_UUID, "school_id" },
	{ MEMBER_UUID, "from_posting_id" },
	{ MEMBER_TEXT, "from_title" },
	{ MEMBER_TEXT, "from_enterprise_name" },
	{ MEMBER_UUID, "to_posting_id" },
	{ MEMBER_TEXT, "to_title" },
	{ MEMBER_TEXT, "to_enterprise_name" },
	{ MEMBER_UUID, "placement_id" },
	{ MEMBER_TEXT, "placement_state" },
	{ MEMBER_TEXT, "reason" },
	{ MEMBER_UUID, "left_placement_id" },
	{ MEMBER_TEXT, "left_placement_state" },
	{ MEMBER_UUID, "left_posting_id" },
	{ MEMBER_TEXT, "left_title" },
	{ MEMBER_TEXT, "left_enterprise_name" },
	{ MEMBER_END, NULL }
};

static const struct member publication_members[] = {
	{ MEMBER_INT, "number" },
	{ MEMBER_UUID, "run_id" },
	{ MEMBER_INT, "made" },
	{ MEMBER_INT, "ended" },
	{ MEMBER_INT, "kept" },
	{ MEMBER_TIME, "decide_by" },
	{ MEMBER_TIME, "appeals_by" },
	{ MEMBER_TIME, "published_at" },
	{ MEMBER_TEXT, "instance_sha256" },
	{ MEMBER_TEXT, "result_sha256" },
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

void move_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, move_members, rows, row);
	json_end(w);
}

void publication_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, publication_members, rows, row);
	json_end(w);
}
