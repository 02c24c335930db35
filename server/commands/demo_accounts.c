/*
 * demo_accounts.c - an account or more of each role. Their password is one
 * and public: who wants a real city does not load this one.
 */
#include "base/text.h"
#include "commands/demo.h"
#include "wire/crypto.h"

const char demo_password[] = "duikou-demo";

static const char service_consortium[] = "00000000-0000-0000-0000-000000000000";

static const struct demo_role {
	const char *role, *name;
	enum demo_kind owner;		/* 0: the consortium itself */
	uint32_t count;
	bool is_responsible;		/* for what is read of minors */
} roles[] = {
	{ "office", "联合体办公室", 0, 1, true },
	{ "school", "学校实习办", DEMO_SCHOOL, DEMO_SCHOOLS, true },
	{ "enterprise", "企业人事", DEMO_ENTERPRISE, 3, true },
	{ "student", NULL, DEMO_STUDENT, 3, false },
	{ "operator", "平台运维", 0, 1, false },
};

/* One salt for a role: the password is known anyway, and hashing it is slow
 * by intent. */
struct secret {
	char salt[2 * 16 + 1], hash[2 * SHA256_BYTES + 1];
};

static void make_secret(struct secret *s)
{
	uint8_t salt[16], hash[SHA256_BYTES];

	crypto_random(salt, sizeof(salt));
	must(crypto_scrypt(demo_password,
			   (struct bytes){ salt, sizeof(salt) },
			   scrypt_usual, hash));
	text_hex(salt, sizeof(salt), s->salt);
	text_hex(hash, sizeof(hash), s->hash);
}

/* Whose accounts are students' to show the most: one who was offered a seat,
 * one who took it, one whose wishes are in the open round. */
static const char shown_students[] =
	"(select student_id from placement where consortium_id = $1 "
	"and state = 'proposed' order by student_id limit 1) union all "
	"(select student_id from placement where consortium_id = $1 "
	"and state = 'accepted' order by student_id limit 1) union all "
	"(select l.student_id from wish_list l join round r "
	"on r.consortium_id = l.consortium_id and r.id = l.round_id "
	"where l.consortium_id = $1 and r.state = 'open' "
	"order by l.student_id limit 1)";

/* students: rows of shown_students. */
static void add_owner(struct demo *d, const struct demo_role *r, uint32_t i,
		      const struct rows *students)
{
	static const enum demo_kind columns[] = { DEMO_STUDENT,
						  DEMO_ENTERPRISE,
						  DEMO_SCHOOL };
	char id[UUID_TEXT_BYTES];

	for (size_t c = 0; c < COUNT_OF(columns); c++)
		buf_print(&d->lines, "\t%s",
			  columns[c] != r->owner ? "\\N" :
			  r->owner == DEMO_STUDENT
				  ? rows_text(students, (int)i, 0)
				  : demo_id(r->owner, i, id));
}

static void add_account(struct demo *d, const struct demo_role *r, uint32_t i,
			const struct secret *s, const struct rows *students)
{
	bool is_service = text_same(r->role, "operator");
	uint32_t number = (uint32_t)(r - roles) * 100 + i;
	char id[UUID_TEXT_BYTES];

	buf_print(&d->lines, "%s\t%s\t%s%s",
		  is_service ? service_consortium : demo_consortium,
		  demo_id(DEMO_ACCOUNT, number, id),
		  is_service ? "demo-" : "", r->role);
	if (r->count > 1)
		buf_print(&d->lines, "%u", i + 1);
	buf_print(&d->lines, "\t%s\t%s\t%s", r->role, r->role,
		  r->name ? r->name : "\\N");
	add_owner(d, r, i, students);
	buf_print(&d->lines, "\t\\\\x%s\t\\\\x%s\t%d\t%d\t%d\t%c\n", s->salt,
		  s->hash, 1 << scrypt_usual.log2_n, scrypt_usual.r,
		  scrypt_usual.p, r->is_responsible ? 't' : 'f');
}

bool demo_add_accounts(struct demo *d)
{
	const char *const params[] = { demo_consortium };
	struct rows *students = sync_query(d->s, shown_students,
					   COUNT_OF(params), params, &d->fault);

	if (!students)
		return false;
	for (size_t r = 0; r < COUNT_OF(roles); r++) {
		struct secret secret;

		make_secret(&secret);
		for (uint32_t i = 0; i < roles[r].count; i++)
			add_account(d, &roles[r], i, &secret, students);
	}
	rows_release(students);
	return demo_copy(d, "account (consortium_id, id, login, role, "
			    "owner_kind, display_name, student_id, "
			    "enterprise_id, school_id, password_salt, "
			    "password_hash, scrypt_n, scrypt_r, scrypt_p, "
			    "is_responsible)");
}
