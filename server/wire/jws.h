/*
 * jws.h - a signed token, checked with the keys that its issuer publishes.
 * Two algorithms: RS256 and ES256. What the token says of itself never decides
 * what kind of key it is checked with: the key does.
 *
 * from  RFC 7515 (compact form), RFC 7517, RFC 7518 3.3 and 3.4, RFC 8725
 */
#ifndef WIRE_JWS_H
#define WIRE_JWS_H

#include "base/arena.h"
#include "wire/claims.h"
#include "wire/crypto.h"

enum jws_flaw {
	JWS_GOOD,
	JWS_MALFORMED,	/* not three parts, no JSON, a critical header */
	JWS_ALGORITHM,	/* neither of the two */
	JWS_NO_KEY,	/* no key has its id and kind: they may have changed */
	JWS_SIGNATURE
};

enum { JWS_BYTES_MAX = 16 * 1024 };

/*
 * in     keys: {"keys": [...]}, those of other kinds are passed over; RSA
 *        below 2,048 bits, or meant for another use, is none
 * out    payload, a JSON object; only when all is good
 */
enum jws_flaw jws_read(struct arena *mem, const char *token,
		       const struct claims *keys,
		       const struct claims **payload);

#endif
