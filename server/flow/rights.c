/* rights.c - the words of roles and scopes, and what a card allows. */
#include "flow/rights.h"

#include "base/text.h"
#include "flow/rates.h"
#include "records/scopes.h"
#include "wire/json_write.h"

static const char *const role_words[ROLE_COUNT] = {
	[ROLE_NOBODY] = "nobody",	  [ROLE_STUDENT] = "student",
	[ROLE_ENTERPRISE] = "enterprise", [ROLE_SCHOOL] = "school",
	[ROLE_OFFICE] = "office",	  [ROLE_OPERATOR] = "operator",
	[ROLE_INTEGRATOR] = "integrator",
};

static const char *const scope_words[SCOPE_COUNT] = {
	[SCOPE_NONE] = "none",
	[SCOPE_PUBLIC] = "public",
	[SCOPE_OWN] = "own",
	[SCOPE_ALL] = "all",
};

const char *role_word(enum role role)
{
	must(role < ROLE_COUNT);
	return role_words[role];
}

bool role_from_word(const char *word, enum role *out)
{
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (text_same(word, role_words[i])) {
			*out = (enum role)i;
			return true;
		}
	return false;
}

bool rights_need_actor(const struct endpoint *card)
{
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (card->allow[i] > SCOPE_PUBLIC)
			return true;
	return card->allow[ROLE_NOBODY] == SCOPE_NONE;
}

/* What everybody may see needs no scope, nor does who one is. */
static bool key_suffices(const struct endpoint *card, const struct actor *actor)
{
	return !actor->is_key || actor->scope == SCOPE_PUBLIC ||
	       text_same(card->path, "/v1/me") ||
	       (actor->key_scopes & scope_of(card->method, card->path)) != 0;
}

static bool refuse_key(const struct endpoint *card, struct fault *fault)
{
	uint64_t scope = scope_of(card->method, card->path);
	char name[SCOPE_NAME_BYTES];

	if (!scope)
		return fault_set(fault, FAULT_FORBIDDEN, "%s",
				 "no key may do this");
	scope_name(scope, name);
	return fault_set(fault, FAULT_FORBIDDEN, "the key lacks %s", name);
}

bool rights_authorise(const struct endpoint *card, struct actor *actor,
		      struct fault *fault)
{
	actor->scope = card->allow[actor->role];
	if (actor->scope != SCOPE_NONE)
		return key_suffices(card, actor) || refuse_key(card, fault);
	if (actor->role == ROLE_NOBODY)
		return fault_set(fault, FAULT_NOT_SIGNED_IN, "%s", "");
	return fault_set(fault, FAULT_FORBIDDEN, "role %s",
			 role_word(actor->role));
}

static const char *body_of(const struct endpoint *card)
{
	if (card->media_type)
		return card->media_type;
	if (!card->body)
		return NULL;
	return card->is_merge_patch ? "application/merge-patch+json" :
				      "application/json";
}

/* What else the card says, for the tests that hold every card to it. */
static void print_card(struct json_writer *w, const struct endpoint *card)
{
	const char *body = body_of(card);

	json_member_text(w, "rate", rate_word(rate_of(card)));
	if (body)
		json_member_text(w, "body", body);
	json_member_bool(w, "is_paged", card->is_paged);
	json_member_bool(w, "is_merge_patch", card->is_merge_patch);
	json_member_bool(w, "is_conditional", card->is_conditional);
	json_member_bool(w, "is_shared", card->is_shared);
	json_member_bool(w, "is_secret", card->is_secret);
	json_member_bool(w, "is_deprecated", card->deprecated != NULL);
	if (card->produces)
		json_member_text(w, "produces", card->produces);
}

void rights_print(struct buf *out)
{
	for (size_t i = 0; i < endpoints_count; i++) {
		const struct endpoint *card = endpoints_all[i];
		struct json_writer w;

		json_begin(&w, out);
		json_object(&w);
		json_member_text(&w, "operation", card->operation);
		json_member_text(&w, "method", card->method);
		json_member_text(&w, "path", card->path);
		json_key(&w, "allow");
		json_object(&w);
		for (size_t role = 0; role < ROLE_COUNT; role++)
			json_member_text(&w, role_words[role],
					 scope_words[card->allow[role]]);
		json_end(&w);
		print_card(&w, card);
		json_end(&w);
		buf_byte(out, '\n');
	}
}
