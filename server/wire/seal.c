/* seal.c - values that only we can read (crypto.h, "Sealed values"). */
#include <limits.h>
#include <openssl/evp.h>
#include <string.h>

#include "base/text.h"
#include "wire/crypto.h"

enum { NONCE_BYTES = 12, TAG_BYTES = 16, SECRET_BYTES = 32,
       SECRET_TEXT_BYTES = CRYPTO_BASE64_BYTES(SECRET_BYTES) };

static bool is_key_id(const char *at, size_t bytes)
{
	return bytes > 0 && bytes < CRYPTO_KEY_ID_BYTES &&
	       strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789_-") >= bytes;
}

static const struct crypto_key *find_key(const struct crypto_ring *ring,
					 const char *id, size_t bytes)
{
	for (size_t i = 0; i < ring->count; i++)
		if (strlen(ring->at[i].id) == bytes &&
		    memcmp(ring->at[i].id, id, bytes) == 0)
			return &ring->at[i];
	return NULL;
}

/* "id:SECRET" up to a comma or the end. */
static bool parse_key(const char *at, size_t bytes, struct crypto_key *key)
{
	size_t id_bytes = strcspn(at, ":");
	char secret[SECRET_TEXT_BYTES];
	bool is_good;

	if (!is_key_id(at, id_bytes) || bytes != id_bytes + SECRET_TEXT_BYTES)
		return false;
	memcpy(key->id, at, id_bytes);
	key->id[id_bytes] = '\0';
	memcpy(secret, at + id_bytes + 1, sizeof(secret) - 1);
	secret[sizeof(secret) - 1] = '\0';
	is_good = crypto_unbase64url(secret, key->secret, SECRET_BYTES);
	crypto_wipe(secret, sizeof(secret));
	return is_good;
}

bool crypto_ring_parse(const char *text, struct crypto_ring *ring)
{
	*ring = (struct crypto_ring){ 0 };
	for (;;) {
		size_t bytes = strcspn(text, ",");
		struct crypto_key *key = &ring->at[ring->count];

		if (ring->count == CRYPTO_KEYS_MAX ||
		    !parse_key(text, bytes, key) ||
		    find_key(ring, key->id, strlen(key->id)))
			return false;
		ring->count++;
		if (!text[bytes])
			return true;
		text += bytes + 1;
	}
}

/* A cipher with key and nonce, and with all that is only authenticated. */
static EVP_CIPHER_CTX *begin(const struct crypto_key *key,
			     const uint8_t nonce[NONCE_BYTES],
			     const char *prefix, struct bytes context,
			     bool is_sealing)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int done;

	must(c != NULL && context.count <= INT_MAX);
	must(EVP_CipherInit_ex2(c, EVP_aes_256_gcm(), key->secret, nonce,
				is_sealing, NULL) == 1);
	must(EVP_CipherUpdate(c, NULL, &done, (const uint8_t *)prefix,
			      (int)strlen(prefix)) == 1);
	must(EVP_CipherUpdate(c, NULL, &done, context.at,
			      (int)context.count) == 1);
	return c;
}

char *crypto_seal(const struct crypto_ring *ring, struct arena *mem,
		  struct bytes plain, struct bytes context)
{
	const struct crypto_key *key = &ring->at[0];
	size_t count = NONCE_BYTES + plain.count + TAG_BYTES;
	const char *prefix = arena_print(mem, "v1.%s.", key->id);
	uint8_t *raw = arena_array(mem, uint8_t, count);
	char *text = arena_array(mem, char, strlen(prefix) +
						    CRYPTO_BASE64_BYTES(count));
	int done = 0;
	EVP_CIPHER_CTX *c;

	must(ring->count > 0 && plain.count <= INT_MAX);
	crypto_random(raw, NONCE_BYTES);
	c = begin(key, raw, prefix, context, true);
	must(EVP_CipherUpdate(c, raw + NONCE_BYTES, &done, plain.at,
			      (int)plain.count) == 1);
	must((size_t)done == plain.count);
	must(EVP_CipherFinal_ex(c, raw + NONCE_BYTES + done, &done) == 1);
	must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES,
				 raw + NONCE_BYTES + plain.count) == 1);
	EVP_CIPHER_CTX_free(c);
	memcpy(text, prefix, strlen(prefix));
	crypto_base64url((struct bytes){ raw, count }, text + strlen(prefix));
	return text;
}

/* The key that the text names, and where what was sealed begins. */
static const struct crypto_key *key_of(const struct crypto_ring *ring,
				       const char *sealed, const char **body)
{
	size_t bytes;

	if (!text_starts(sealed, "v1."))
		return NULL;
	bytes = strcspn(sealed + 3, ".");
	if (!is_key_id(sealed + 3, bytes) || !sealed[3 + bytes])
		return NULL;
	*body = sealed + 3 + bytes + 1;
	return find_key(ring, sealed + 3, bytes);
}

/* Is the tag right? The plain text is not to be looked at before. */
static bool decipher(EVP_CIPHER_CTX *c, uint8_t *raw, size_t plain_count)
{
	uint8_t *at = raw + NONCE_BYTES;
	int done = 0;

	must(EVP_CipherUpdate(c, at, &done, at, (int)plain_count) == 1);
	must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES,
				 at + plain_count) == 1);
	return EVP_CipherFinal_ex(c, at + plain_count, &done) == 1;
}

bool crypto_unseal(const struct crypto_ring *ring, struct arena *mem,
		   const char *sealed, struct bytes context,
		   struct bytes *plain)
{
	const char *body;
	const struct crypto_key *key = key_of(ring, sealed, &body);
	size_t count;
	uint8_t *raw;
	EVP_CIPHER_CTX *c;
	bool is_good;

	if (!key)
		return false;
	count = strlen(body) * 3 / 4;
	if (count < NONCE_BYTES + TAG_BYTES || count > INT_MAX)
		return false;
	raw = arena_array(mem, uint8_t, count + 1);
	if (!crypto_unbase64url(body, raw, count))
		return false;
	count -= NONCE_BYTES + TAG_BYTES;
	c = begin(key, raw, arena_text(mem, sealed, (size_t)(body - sealed)),
		  context, false);
	is_good = decipher(c, raw, count);
	EVP_CIPHER_CTX_free(c);
	raw[NONCE_BYTES + count] = '\0';
	if (!is_good)
		crypto_wipe(raw, NONCE_BYTES + count);
	else
		*plain = (struct bytes){ raw + NONCE_BYTES, count };
	return is_good;
}
