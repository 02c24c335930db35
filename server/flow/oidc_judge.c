/* oidc_judge.c - what an ID token says, claim by claim (oidc.h). */
#include <string.h>

#include "base/text.h"
#include "flow/oidc.h"

enum {
	SKEW_S = 60,		/* by which clocks may differ */
	AGE_MAX_S = 600,	/* a token is made when the code is taken */
	SUBJECT_MAX = 255,
};

static bool says(const struct claims *token, const char *name,
		 const char *text)
{
	const char *said = claims_text(token, name);

	return said && text_same(said, text);
}

/* For us; and if for others, too, then given to us (azp). */
static bool is_for(const struct claims *token, const char *client_id)
{
	size_t count;

	if (!claims_count(token, "aud", &count) ||
	    !claims_name(token, "aud", client_id))
		return false;
	if (count > 1 || claims_has(token, "azp"))
		return says(token, "azp", client_id);
	return true;
}

static enum oidc_flaw judge_times(const struct claims *token, int64_t now_s)
{
	int64_t expires, issued, begins;

	if (!claims_int(token, "exp", &expires) ||
	    !claims_int(token, "iat", &issued))
		return OIDC_TIME;
	if (expires <= now_s - SKEW_S)
		return OIDC_EXPIRED;
	if (issued > now_s + SKEW_S || issued < now_s - AGE_MAX_S)
		return OIDC_TIME;
	if (claims_has(token, "nbf") &&
	    (!claims_int(token, "nbf", &begins) || begins > now_s + SKEW_S))
		return OIDC_TIME;
	return OIDC_GOOD;
}

static bool is_subject(const char *text)
{
	size_t bytes = text ? strlen(text) : 0;

	for (size_t i = 0; i < bytes; i++)
		if (text[i] < ' ' || text[i] > '~')
			return false;
	return bytes >= 1 && bytes <= SUBJECT_MAX;
}

enum oidc_flaw oidc_judge(const struct claims *token,
			  const struct oidc_party *party, const char *nonce,
			  int64_t now_s)
{
	enum oidc_flaw flaw;

	if (!says(token, "iss", party->issuer))
		return OIDC_ISSUER;
	if (!is_for(token, party->client_id))
		return OIDC_AUDIENCE;
	flaw = judge_times(token, now_s);
	if (flaw != OIDC_GOOD)
		return flaw;
	if (!says(token, "nonce", nonce))
		return OIDC_NONCE;
	return is_subject(claims_text(token, "sub")) ? OIDC_GOOD :
						       OIDC_SUBJECT;
}
