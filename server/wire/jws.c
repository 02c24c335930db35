/*
 * jws.c - see jws.h. A key is made anew for each token, from the numbers that
 * the issuer wrote: OpenSSL says whether they are a key at all.
 */
#include "wire/jws.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

#include "base/text.h"

enum {
	RSA_BITS_LEAST = 2048,
	RSA_BITS_MOST = 8192,
	P256_BYTES = 32,
};

struct algorithm {
	const char *name, *key_type;
	EVP_PKEY *(*key)(struct arena *mem, const struct claims *jwk);
	bool (*signature)(struct arena *mem, struct bytes *signature);
};

/* Bytes of a base64url text, whatever their count; more than most: none. */
static bool unbase64(struct arena *mem, const char *text, size_t most,
		     struct bytes *out)
{
	size_t count = text ? strlen(text) * 3 / 4 : 0;
	uint8_t *at;

	if (!text || count == 0 || count > most)
		return false;
	at = arena_array(mem, uint8_t, count + 1);
	*out = (struct bytes){ at, count };
	return crypto_unbase64url(text, at, count);
}

static EVP_PKEY *key_from(const char *type, OSSL_PARAM_BLD *build)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(build);
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	must(params && c && EVP_PKEY_fromdata_init(c) == 1);
	if (EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(c);
	OSSL_PARAM_free(params);
	return key;
}

static EVP_PKEY *rsa_key(struct arena *mem, const struct claims *jwk)
{
	struct bytes n, e;
	OSSL_PARAM_BLD *build;
	BIGNUM *big_n, *big_e;
	EVP_PKEY *key = NULL;

	if (!unbase64(mem, claims_text(jwk, "n"), RSA_BITS_MOST / 8, &n) ||
	    !unbase64(mem, claims_text(jwk, "e"), 4, &e))
		return NULL;
	big_n = BN_bin2bn(n.at, (int)n.count, NULL);
	big_e = BN_bin2bn(e.at, (int)e.count, NULL);
	build = OSSL_PARAM_BLD_new();
	must(big_n && big_e && build);
	must(OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, big_n) == 1);
	must(OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, big_e) == 1);
	if (BN_num_bits(big_n) >= RSA_BITS_LEAST && BN_is_odd(big_e) &&
	    !BN_is_one(big_e))
		key = key_from("RSA", build);
	OSSL_PARAM_BLD_free(build);
	BN_free(big_n);
	BN_free(big_e);
	return key;
}

static bool is_on_curve(EVP_PKEY *key)
{
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new(key, NULL);
	bool is_good;

	must(c);
	is_good = EVP_PKEY_public_check(c) == 1;
	EVP_PKEY_CTX_free(c);
	return is_good;
}

static EVP_PKEY *p256_key(struct arena *mem, const struct claims *jwk)
{
	uint8_t point[1 + 2 * P256_BYTES] = { POINT_CONVERSION_UNCOMPRESSED };
	const char *curve = claims_text(jwk, "crv");
	const char *x = claims_text(jwk, "x"), *y = claims_text(jwk, "y");
	OSSL_PARAM_BLD *build;
	EVP_PKEY *key;

	(void)mem;
	if (!curve || !text_same(curve, "P-256") || !x || !y ||
	    !crypto_unbase64url(x, point + 1, P256_BYTES) ||
	    !crypto_unbase64url(y, point + 1 + P256_BYTES, P256_BYTES))
		return NULL;
	build = OSSL_PARAM_BLD_new();
	must(build);
	must(OSSL_PARAM_BLD_push_utf8_string(
		     build, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1);
	must(OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY,
					      point, sizeof(point)) == 1);
	key = key_from("EC", build);
	OSSL_PARAM_BLD_free(build);
	if (key && !is_on_curve(key)) {
		EVP_PKEY_free(key);
		key = NULL;
	}
	return key;
}

static bool rsa_signature(struct arena *mem, struct bytes *signature)
{
	(void)mem;
	(void)signature;
	return true;
}

/* JWS has r and s side by side, OpenSSL wants them in DER. */
static bool p256_signature(struct arena *mem, struct bytes *signature)
{
	const uint8_t *at = signature->at;
	ECDSA_SIG *pair;
	BIGNUM *r, *s;
	unsigned char *der = NULL;
	int bytes;

	if (signature->count != 2 * P256_BYTES)
		return false;
	pair = ECDSA_SIG_new();
	r = BN_bin2bn(at, P256_BYTES, NULL);
	s = BN_bin2bn(at + P256_BYTES, P256_BYTES, NULL);
	must(pair && r && s && ECDSA_SIG_set0(pair, r, s) == 1);
	bytes = i2d_ECDSA_SIG(pair, &der);
	must(bytes > 0);
	*signature = (struct bytes){
		arena_text(mem, (const char *)der, (size_t)bytes),
		(size_t)bytes };
	OPENSSL_free(der);
	ECDSA_SIG_free(pair);
	return true;
}

static const struct algorithm algorithms[] = {
	{ "RS256", "RSA", rsa_key, rsa_signature },
	{ "ES256", "EC", p256_key, p256_signature },
};

static const struct algorithm *algorithm_of(const struct claims *header)
{
	const char *name = claims_text(header, "alg");

	for (size_t i = 0; name && i < COUNT_OF(algorithms); i++)
		if (text_same(algorithms[i].name, name))
			return &algorithms[i];
	return NULL;
}

static bool says(const struct claims *c, const char *name, const char *text)
{
	const char *said = claims_text(c, name);

	return said ? text_same(said, text) : !claims_has(c, name);
}

static bool is_fit(const struct claims *jwk, const struct algorithm *a,
		   const char *kid)
{
	const char *type = claims_text(jwk, "kty");
	const char *id = claims_text(jwk, "kid");

	return type && text_same(type, a->key_type) &&
	       says(jwk, "use", "sig") && says(jwk, "alg", a->name) &&
	       (!kid || (id && text_same(id, kid)));
}

/* The one that fits; two are as bad as none, for the token does not say
 * which of them. */
static EVP_PKEY *find_key(struct arena *mem, const struct claims *keys,
			  const struct algorithm *a, const char *kid)
{
	const struct claims *jwk, *found = NULL;

	for (size_t i = 0; (jwk = claims_at(keys, "keys", i)); i++) {
		if (!is_fit(jwk, a, kid))
			continue;
		if (found)
			return NULL;
		found = jwk;
	}
	return found ? a->key(mem, found) : NULL;
}

static bool is_signed(EVP_PKEY *key, struct bytes text, struct bytes signature)
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	bool is_good;

	must(c);
	must(EVP_DigestVerifyInit(c, NULL, EVP_sha256(), NULL, key) == 1);
	is_good = EVP_DigestVerify(c, signature.at, signature.count, text.at,
				   text.count) == 1;
	EVP_MD_CTX_free(c);
	return is_good;
}

/* "a.b.c" in three; the first two are what is signed. */
struct parts {
	const char *header, *payload, *signature;
	struct bytes is_signed;
};

static bool split(struct arena *mem, const char *token, struct parts *out)
{
	size_t a, b, bytes = strlen(token);

	if (bytes > JWS_BYTES_MAX)
		return false;
	a = strcspn(token, ".");
	if (!token[a])
		return false;
	b = a + 1 + strcspn(token + a + 1, ".");
	if (!token[b] || strchr(token + b + 1, '.'))
		return false;
	out->header = arena_text(mem, token, a);
	out->payload = arena_text(mem, token + a + 1, b - a - 1);
	out->signature = token + b + 1;
	out->is_signed = (struct bytes){ token, b };
	return true;
}

static bool read_part(struct arena *mem, const char *text,
		      const struct claims **out)
{
	struct bytes json;

	return unbase64(mem, text, JWS_BYTES_MAX, &json) &&
	       claims_read(mem, json, out);
}

enum jws_flaw jws_read(struct arena *mem, const char *token,
		       const struct claims *keys,
		       const struct claims **payload)
{
	const struct algorithm *algorithm;
	const struct claims *header;
	struct bytes signature;
	struct parts parts;
	EVP_PKEY *key;
	bool is_good;

	if (!split(mem, token, &parts) ||
	    !read_part(mem, parts.header, &header) ||
	    claims_has(header, "crit") ||
	    (claims_has(header, "kid") && !claims_text(header, "kid")))
		return JWS_MALFORMED;
	algorithm = algorithm_of(header);
	if (!algorithm)
		return JWS_ALGORITHM;
	if (!unbase64(mem, parts.signature, JWS_BYTES_MAX, &signature) ||
	    !algorithm->signature(mem, &signature))
		return JWS_SIGNATURE;
	key = find_key(mem, keys, algorithm, claims_text(header, "kid"));
	if (!key)
		return JWS_NO_KEY;
	is_good = is_signed(key, parts.is_signed, signature);
	EVP_PKEY_free(key);
	if (!is_good)
		return JWS_SIGNATURE;
	return read_part(mem, parts.payload, payload) ? JWS_GOOD :
							JWS_MALFORMED;
}
