/* retention.c - see retention.h. */
#include "records/retention.h"

#include "wire/sql.h"

/* How the words of retention.def read here. */
enum { NO_CHORE = RETENTION_NO_CHORE, NO_DAYS = RETENTION_NO_DAYS };

#define THEN_DELETED "deleted"
#define THEN_FORGOTTEN "forgotten"
#define THEN_ANONYMISED "anonymised"
#define THEN_KEPT "kept"
#define BY_SWEEP "sweep"
#define BY_REQUEST "request"
#define BY_NOBODY "nobody"
#define BASIS_CONTRACT "contract"
#define BASIS_LEGAL_DUTY "legal-duty"

static const struct row {
	const char *name;
	int sql, days;
	const char *then, *by, *basis, *article;
	const char *from[2], *what[2];	/* English, Chinese */
} rows[RETENTION_COUNT] = {
#define RETENTION(id, name_, sql_, days_, then_, by_, basis_, article_,        \
		  from_en, from_zh, what_en, what_zh)                          \
	[RETENTION_##id] = { name_, sql_, days_, THEN_##then_, BY_##by_,       \
			     BASIS_##basis_, article_, { from_en, from_zh },   \
			     { what_en, what_zh } },
#include "records/retention.def"
#undef RETENTION
};

struct retention_chore retention_chore(enum retention kind)
{
	return (struct retention_chore){ rows[kind].sql, rows[kind].days,
					 rows[kind].name };
}

void retention_write(struct json_writer *w, enum retention kind,
		     bool is_chinese)
{
	const struct row *r = &rows[kind];

	json_object(w);
	json_member_text(w, "kind", r->name);
	json_member_text(w, "what", r->what[is_chinese]);
	if (r->days == NO_DAYS)
		json_member_null(w, "days");
	else
		json_member_int(w, "days", r->days);
	json_member_text(w, "counted_from", r->from[is_chinese]);
	json_member_text(w, "then", r->then);
	json_member_text(w, "by", r->by);
	json_member_text(w, "basis", r->basis);
	json_member_text(w, "article", r->article);
	json_end(w);
}
