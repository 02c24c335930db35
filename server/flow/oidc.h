/*
 * oidc.h - signing in at a provider: OpenID Connect, authorization code flow
 * with PKCE. What a provider publishes of itself is kept for a while, by all
 * loops together, bounded; everything here may wait for the provider, so it
 * runs where waiting is allowed (ponder_outside).
 *
 * from  OpenID Connect Core 1.0 3.1, Discovery 1.0; RFC 7636, RFC 9207,
 *       RFC 9700
 */
#ifndef FLOW_OIDC_H
#define FLOW_OIDC_H

#include "base/arena.h"
#include "base/config.h"
#include "base/fault.h"
#include "wire/claims.h"
#include "wire/call.h"

struct oidc;

#define OIDC_FLAW(id, fault, english) OIDC_##id,
enum oidc_flaw {
	OIDC_GOOD,
#include "flow/oidc_flaws.def"
};
#undef OIDC_FLAW

enum fault_kind oidc_fault(enum oidc_flaw flaw);
const char *oidc_english(enum oidc_flaw flaw);

struct oidc *oidc_open(const struct config *config);
void oidc_close(struct oidc *oidc);

/* How far providers may be; of the settings. */
enum call_reach oidc_reach(const struct config *config);

struct oidc_party {
	const char *issuer, *client_id;
	const char *client_secret;	/* not for the authorization */
	const char *redirect_uri;
};

/* One visit to a provider. Of the binding, which the browser keeps, follow
 * nonce and verifier, one way. */
struct oidc_visit {
	struct oidc *oidc;
	struct arena *mem;
	struct oidc_party party;
	const char *binding;
};

/* out  url: where the browser goes */
enum oidc_flaw oidc_authorization(const struct oidc_visit *visit,
				  const char *state, const char **url);

/* What the browser brought back. */
struct oidc_return {
	const char *code;
	const char *issuer;	/* the parameter `iss`; NULL: none */
};

/*
 * Takes the code to the provider for an ID token.
 *
 * out    who: the claims of a token that is the provider's, for us, for this
 *        binding, and of now; `sub` is 1..255 characters of ASCII
 */
enum oidc_flaw oidc_redeem(const struct oidc_visit *visit,
			   const struct oidc_return *back,
			   const struct claims **who);

/* Is what a token with a good signature says good, too? now_s: Unix time. */
enum oidc_flaw oidc_judge(const struct claims *token,
			  const struct oidc_party *party, const char *nonce,
			  int64_t now_s);

#endif
