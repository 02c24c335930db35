/*
 * flow_pack.c - replies as gzip: what is small is packed on the loop as it is
 * sent, what is large on the pool before that, and what the pool has no place
 * or no time for goes out as it is. A reply that shows a secret is never
 * packed: beside what a client can choose, its length would tell of it
 * (BREACH).
 */
#include <string.h>

#include "base/clock.h"
#include "flow/coding.h"
#include "flow/document.h"
#include "flow/flow_private.h"
#include "wire/gzip.h"

enum {
	LEAST_BYTES = 1400,		/* it fits in a packet as it is */
	ON_LOOP_MAX_BYTES = 64 * 1024,	/* half a millisecond's work */
	PATIENCE_MS = 300,		/* with the pool */
};

/* Files that are packed already are none of these. */
static bool is_text(const char *media_type)
{
	return strncmp(media_type, "text/", 5) == 0 ||
	       strstr(media_type, "json") || strstr(media_type, "xml;") ||
	       strstr(media_type, "+xml");
}

bool flow_packs(const struct flow_private *own, size_t bytes)
{
	const struct endpoint *card = own->flow.endpoint;
	const char *header;
	size_t header_bytes;

	if (bytes < LEAST_BYTES || own->is_plain || !own->media_type ||
	    !is_text(own->media_type) || (card && card->is_secret))
		return false;
	header = flow_header(own, "accept-encoding", &header_bytes);
	return coding_takes_gzip(header, header_bytes);
}

struct bytes flow_pack(struct flow_private *own, struct bytes from)
{
	const struct document *document = own->document;

	if (document)
		return (struct bytes){ document->packed,
				       document->packed_bytes };
	if (!own->is_packed)
		gzip_pack(own->loop->gzip, from, &own->packed);
	return (struct bytes){ own->packed.at, own->packed.used };
}

/* A write has had its effect: its reply does not wait for the pool. */
bool flow_has_to_pack(const struct flow_private *own)
{
	return own->out.used > ON_LOOP_MAX_BYTES && flow_is_read(own) &&
	       own->status == 200 && !own->is_packed && !own->is_plain &&
	       flow_packs(own, own->out.used) && !flow_is_known(own);
}

static enum flow_next on_pool(struct flow *f)
{
	struct gzip *gzip = gzip_open();

	gzip_pack(gzip, (struct bytes){ f->own->out.at, f->own->out.used },
		  &f->own->packed);
	gzip_close(gzip);
	return FLOW_NEXT;
}

/* The pool may be busy with passwords; the reply is there and may go. */
static enum flow_next pack(struct flow *f)
{
	struct flow_private *own = f->own;
	int64_t until_ms = clock_ms() + PATIENCE_MS;

	if (!flow_ponder(own, on_pool)) {
		own->is_plain = true;
		return FLOW_DONE;
	}
	own->is_packing = true;
	if (own->deadline_ms > until_ms)
		own->deadline_ms = until_ms;
	return FLOW_WAIT;
}

static enum flow_next packed(struct flow *f)
{
	f->own->is_packing = false;
	f->own->is_packed = true;
	return FLOW_DONE;
}

/* The pool reads what is sent and writes elsewhere. */
void flow_send_unpacked(struct flow_private *own)
{
	must(own->awaits == AWAITS_POOL);
	own->is_packing = false;
	own->is_plain = true;
	flow_send(own);
}

flow_step *const flow_packing[] = { pack, packed, NULL };
