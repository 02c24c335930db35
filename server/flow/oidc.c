/*
 * oidc.c - see oidc.h. A provider's documents are kept as texts, by their
 * address, under one lock that nobody holds while asking: two who miss one at
 * the same time both ask.
 */
#include "flow/oidc.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/jws.h"

enum {
	KEPT_MAX = 128,
	DOCUMENT_MS = 3000,
	EXCHANGE_MS = 5000,
	DOCUMENT_BYTES_MAX = 64 * 1024,
	DERIVED_BYTES = CRYPTO_BASE64_BYTES(SHA256_BYTES),
};

struct kept {
	char *url, *text;	/* NULL: free */
	int64_t ends_ms;
};

struct oidc {
	pthread_mutex_t mutex;
	int64_t life_ms;
	enum call_reach reach;
	struct kept kept[KEPT_MAX];
};

static const struct { enum fault_kind fault; const char *english; } flaws[] = {
	{ FAULT_NONE, "" },
#define OIDC_FLAW(id, fault, english) { fault, english },
#include "flow/oidc_flaws.def"
#undef OIDC_FLAW
};

enum fault_kind oidc_fault(enum oidc_flaw flaw)
{
	return flaws[flaw].fault;
}

const char *oidc_english(enum oidc_flaw flaw)
{
	return flaws[flaw].english;
}

enum call_reach oidc_reach(const struct config *config)
{
	return (enum call_reach)config->provider_reach;
}

struct oidc *oidc_open(const struct config *config)
{
	struct oidc *o = mem_new(struct oidc);

	must(pthread_mutex_init(&o->mutex, NULL) == 0);
	o->life_ms = config->provider_cache_s * 1000;
	o->reach = oidc_reach(config);
	return o;
}

static void drop(struct kept *k)
{
	mem_free(k->url);
	mem_free(k->text);
	*k = (struct kept){ .url = NULL };
}

void oidc_close(struct oidc *o)
{
	if (!o)
		return;
	for (int i = 0; i < KEPT_MAX; i++)
		drop(&o->kept[i]);
	pthread_mutex_destroy(&o->mutex);
	mem_free(o);
}

/* ---- documents ---- */

static struct kept *find_kept(struct oidc *o, const char *url)
{
	for (int i = 0; i < KEPT_MAX; i++)
		if (o->kept[i].url && text_same(o->kept[i].url, url))
			return &o->kept[i];
	return NULL;
}

/* NULL: not known, or too old. */
static const char *recall(struct oidc *o, struct arena *mem, const char *url)
{
	const char *text = NULL;
	struct kept *k;

	pthread_mutex_lock(&o->mutex);
	k = find_kept(o, url);
	if (k && k->ends_ms > clock_ms())
		text = arena_text(mem, k->text, strlen(k->text));
	pthread_mutex_unlock(&o->mutex);
	return text;
}

/* Where it lies already, else a free place, else that of the oldest. */
static struct kept *place_for(struct oidc *o, const char *url)
{
	struct kept *best = find_kept(o, url);

	for (int i = 0; !best && i < KEPT_MAX; i++)
		if (!o->kept[i].url)
			best = &o->kept[i];
	for (int i = 0; !best && i < KEPT_MAX; i++)
		if (i == 0 || o->kept[i].ends_ms < best->ends_ms)
			best = &o->kept[i];
	return best;
}

static void keep(struct oidc *o, const char *url, const char *text)
{
	struct kept *k;

	pthread_mutex_lock(&o->mutex);
	k = place_for(o, url);
	drop(k);
	*k = (struct kept){ mem_text(url), mem_text(text),
			    clock_ms() + o->life_ms };
	pthread_mutex_unlock(&o->mutex);
}

static enum oidc_flaw flaw_of(enum call_flaw flaw)
{
	switch (flaw) {
	case CALL_GOOD:
		return OIDC_GOOD;
	case CALL_URL:
	case CALL_SCHEME:
	case CALL_SECRET:
	case CALL_SIZE:
		return OIDC_DOCUMENT;
	case CALL_ADDRESS:
		return OIDC_FORBIDDEN;
	default:
		return OIDC_UNREACHED;
	}
}

struct answer {
	int status;
	const char *text;	/* in the arena */
};

static enum oidc_flaw ask(const struct oidc_visit *v,
			  const struct calling *what, struct answer *out)
{
	struct called got;
	enum call_flaw flaw = call(v->mem, what, &got);

	*out = (struct answer){ got.status,
				arena_text(v->mem, got.body.used ?
					   got.body.at : "", got.body.used) };
	buf_close(&got.body);
	return flaw_of(flaw);
}

static bool read_text(struct arena *mem, const char *text,
		      const struct claims **out)
{
	return claims_read(mem, (struct bytes){ text, strlen(text) }, out);
}

/* in  is_fresh: what is kept does not do */
static enum oidc_flaw document(const struct oidc_visit *v, const char *url,
			       bool is_fresh, const struct claims **out)
{
	const struct calling what = { .url = url, .reach = v->oidc->reach,
				       .deadline_ms = DOCUMENT_MS,
				       .most_bytes = DOCUMENT_BYTES_MAX };
	const char *text = is_fresh ? NULL : recall(v->oidc, v->mem, url);
	struct answer got;
	enum oidc_flaw flaw;

	if (text)
		return read_text(v->mem, text, out) ? OIDC_GOOD :
						      OIDC_DOCUMENT;
	flaw = ask(v, &what, &got);
	if (flaw != OIDC_GOOD)
		return flaw;
	if (got.status != 200 || !read_text(v->mem, got.text, out))
		return OIDC_DOCUMENT;
	keep(v->oidc, url, got.text);
	return OIDC_GOOD;
}

/* ---- what a provider says of itself ---- */

struct provider {
	const char *authorization, *token, *keys;	/* addresses */
	bool is_secret_posted;
	bool is_iss_promised;	/* RFC 9207 */
};

static bool knows_s256(const struct claims *described)
{
	static const char name[] = "code_challenge_methods_supported";

	return !claims_has(described, name) ||
	       claims_name(described, name, "S256");
}

/* Basic is what a provider takes that does not say what it takes. */
static bool wants_secret_posted(const struct claims *described)
{
	static const char name[] = "token_endpoint_auth_methods_supported";

	return claims_has(described, name) &&
	       !claims_name(described, name, "client_secret_basic") &&
	       claims_name(described, name, "client_secret_post");
}

static bool is_address(const struct oidc *o, const char *url)
{
	return url && call_url_flaw(url, o->reach) == CALL_GOOD;
}

static enum oidc_flaw find_provider(const struct oidc_visit *v,
				    struct provider *out)
{
	const char *issuer = v->party.issuer, *said;
	size_t bytes = strlen(issuer);
	const struct claims *c;
	enum oidc_flaw flaw;

	bytes -= bytes && issuer[bytes - 1] == '/';
	flaw = document(v, arena_print(v->mem, "%.*s%s", (int)bytes, issuer,
				       "/.well-known/openid-configuration"),
			false, &c);
	if (flaw != OIDC_GOOD)
		return flaw;
	said = claims_text(c, "issuer");
	*out = (struct provider){
		.authorization = claims_text(c, "authorization_endpoint"),
		.token = claims_text(c, "token_endpoint"),
		.keys = claims_text(c, "jwks_uri"),
		.is_secret_posted = wants_secret_posted(c),
		.is_iss_promised = claims_is_true(
			c, "authorization_response_iss_parameter_supported"),
	};
	if (!said || !text_same(said, issuer) ||
	    !is_address(v->oidc, out->authorization) ||
	    !is_address(v->oidc, out->token) ||
	    !is_address(v->oidc, out->keys))
		return OIDC_DOCUMENT;
	return knows_s256(c) ? OIDC_GOOD : OIDC_NO_PKCE;
}

/* ---- there ---- */

static void derive(const struct oidc_visit *v, const char *purpose,
		   char out[DERIVED_BYTES])
{
	const char *text = arena_print(v->mem, "%s %s", purpose, v->binding);
	uint8_t hash[SHA256_BYTES];

	crypto_sha256((struct bytes){ text, strlen(text) }, hash);
	crypto_base64url((struct bytes){ hash, sizeof(hash) }, out);
}

enum oidc_flaw oidc_authorization(const struct oidc_visit *v,
				  const char *state, const char **url)
{
	char nonce[DERIVED_BYTES], verifier[DERIVED_BYTES];
	char challenge[DERIVED_BYTES];
	const struct oidc_party *party = &v->party;
	uint8_t hash[SHA256_BYTES];
	struct provider provider;
	enum oidc_flaw flaw = find_provider(v, &provider);

	if (flaw != OIDC_GOOD)
		return flaw;
	derive(v, "nonce", nonce);
	derive(v, "verifier", verifier);
	crypto_sha256((struct bytes){ verifier, strlen(verifier) }, hash);
	crypto_base64url((struct bytes){ hash, sizeof(hash) }, challenge);
	*url = arena_print(
		v->mem, "%s%cresponse_type=code&scope=openid%%20profile"
		"&client_id=%s&redirect_uri=%s&state=%s&nonce=%s"
		"&code_challenge=%s&code_challenge_method=S256",
		provider.authorization,
		strchr(provider.authorization, '?') ? '&' : '?',
		call_escape(v->mem, party->client_id),
		call_escape(v->mem, party->redirect_uri), state, nonce,
		challenge);
	return OIDC_GOOD;
}

/* ---- and back ---- */

/* The ID token that the code of the form is good for. */
static enum oidc_flaw exchange(const struct oidc_visit *v,
			       const struct provider *provider,
			       struct call_form *form, const char **token)
{
	struct calling what = {
		.url = provider->token, .reach = v->oidc->reach, .form = form,
		.form_count = 4, .deadline_ms = EXCHANGE_MS,
		.most_bytes = DOCUMENT_BYTES_MAX };
	const struct claims *answer;
	struct answer got;
	enum oidc_flaw flaw;

	if (provider->is_secret_posted) {
		what.form_count = 6;
	} else {	/* RFC 6749 2.3.1: both encoded first */
		what.user = call_escape(v->mem, v->party.client_id);
		what.password = call_escape(v->mem, v->party.client_secret);
	}
	flaw = ask(v, &what, &got);
	if (flaw != OIDC_GOOD)
		return flaw == OIDC_DOCUMENT ? OIDC_EXCHANGE : flaw;
	if (!read_text(v->mem, got.text, &answer))
		return OIDC_EXCHANGE;
	if (got.status == 400 && claims_name(answer, "error", "invalid_grant"))
		return OIDC_CODE;
	*token = claims_text(answer, "id_token");
	return got.status == 200 && *token ? OIDC_GOOD : OIDC_EXCHANGE;
}

static enum oidc_flaw flaw_of_jws(enum jws_flaw flaw)
{
	switch (flaw) {
	case JWS_GOOD:
		return OIDC_GOOD;
	case JWS_MALFORMED:
		return OIDC_MALFORMED;
	case JWS_ALGORITHM:
		return OIDC_ALGORITHM;
	case JWS_NO_KEY:
		return OIDC_NO_KEY;
	case JWS_SIGNATURE:
		break;
	}
	return OIDC_SIGNATURE;
}

/* A key that is not known may be new: the provider is asked for them once. */
static enum oidc_flaw verify(const struct oidc_visit *v, const char *keys_url,
			     const char *token, const struct claims **who)
{
	enum jws_flaw flaw = JWS_NO_KEY;
	const struct claims *keys;

	for (int turn = 0; turn < 2 && flaw == JWS_NO_KEY; turn++) {
		enum oidc_flaw found = document(v, keys_url, turn > 0, &keys);

		if (found != OIDC_GOOD)
			return found == OIDC_DOCUMENT ? OIDC_KEYS : found;
		flaw = jws_read(v->mem, token, keys, who);
	}
	return flaw_of_jws(flaw);
}

static bool is_mixed_up(const struct provider *provider, const char *said,
			const char *issuer)
{
	return said ? !text_same(said, issuer) : provider->is_iss_promised;
}

enum oidc_flaw oidc_redeem(const struct oidc_visit *v,
			   const struct oidc_return *back,
			   const struct claims **who)
{
	char nonce[DERIVED_BYTES], verifier[DERIVED_BYTES];
	struct call_form form[] = {
		{ "grant_type", "authorization_code" },
		{ "code", back->code },
		{ "redirect_uri", v->party.redirect_uri },
		{ "code_verifier", verifier },
		{ "client_id", v->party.client_id },
		{ "client_secret", v->party.client_secret },
	};
	struct provider provider;
	const char *token;
	enum oidc_flaw flaw = find_provider(v, &provider);

	if (flaw != OIDC_GOOD)
		return flaw;
	if (is_mixed_up(&provider, back->issuer, v->party.issuer))
		return OIDC_MIXED_UP;
	derive(v, "nonce", nonce);
	derive(v, "verifier", verifier);
	flaw = exchange(v, &provider, form, &token);
	if (flaw == OIDC_GOOD)
		flaw = verify(v, provider.keys, token, who);
	if (flaw == OIDC_GOOD)
		flaw = oidc_judge(*who, &v->party, nonce,
				  clock_wall_ms() / 1000);
	return flaw;
}
