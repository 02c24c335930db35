/* seals.c - see seals.h. */
#include "flow/seals.h"

#include <string.h>

#include "base/text.h"
#include "wire/crypto.h"

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ text, strlen(text) };
}

static struct bytes context_of(struct flow *f, struct sealed_place place)
{
	char consortium[UUID_TEXT_BYTES], row[UUID_TEXT_BYTES];

	uuid_text(&f->actor.consortium_id, consortium);
	uuid_text(place.row, row);
	return bytes_of(arena_print(f->mem, "%s %s %s", place.column,
				    consortium, row));
}

static const struct crypto_ring *ring_of(const struct flow *f)
{
	return &f->loop->service->seals;
}

bool seals_are_there(const struct flow *f)
{
	return ring_of(f)->count > 0;
}

const char *seal(struct flow *f, struct sealed_place place, const char *plain)
{
	return crypto_seal(ring_of(f), f->mem, bytes_of(plain),
			   context_of(f, place));
}

const char *seal_hash(struct flow *f, struct sealed_place place,
		      const char *plain)
{
	const struct crypto_key *key = &ring_of(f)->at[0];
	char *hex = arena_zeroed(f->mem, 1, SHA256_BYTES * 2 + 1);
	uint8_t hash[SHA256_BYTES];

	crypto_hmac_sha256((struct bytes){ key->secret, sizeof(key->secret) },
			   bytes_of(arena_print(f->mem, "%s %s", place.column,
						plain)), hash);
	text_hex(hash, SHA256_BYTES, hex);
	return hex;
}

const char *unseal(struct flow *f, struct sealed_place place,
		   const char *sealed)
{
	struct bytes plain;

	if (crypto_unseal(ring_of(f), f->mem, sealed, context_of(f, place),
			  &plain))
		return plain.at;
	flow_log(f, "no key opens it", "place=%s", place.column);
	return NULL;
}

static void stamp_by(struct flow *f, const struct crypto_key *key,
		     const char *purpose, struct bytes plain,
		     uint8_t out[SHA256_BYTES])
{
	size_t head = strlen(purpose) + 1;
	char *all = arena_zeroed(f->mem, 1, head + plain.count);

	memcpy(all, purpose, head);
	memcpy(all + head, plain.at, plain.count);
	crypto_hmac_sha256((struct bytes){ key->secret, sizeof(key->secret) },
			   (struct bytes){ all, head + plain.count }, out);
}

void stamp(struct flow *f, const char *purpose, struct bytes plain,
	   uint8_t out[STAMP_BYTES])
{
	uint8_t hash[SHA256_BYTES];

	must(seals_are_there(f));
	stamp_by(f, &ring_of(f)->at[0], purpose, plain, hash);
	memcpy(out, hash, STAMP_BYTES);
}

bool stamp_fits(struct flow *f, const char *purpose, struct bytes plain,
		const uint8_t stamp[STAMP_BYTES])
{
	uint8_t hash[SHA256_BYTES];

	for (size_t i = 0; i < ring_of(f)->count; i++) {
		stamp_by(f, &ring_of(f)->at[i], purpose, plain, hash);
		if (crypto_is_same(hash, stamp, STAMP_BYTES))
			return true;
	}
	return false;
}
