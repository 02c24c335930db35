/*
 * gzip.h - bytes made smaller, by zlib. One on each loop, for what is quickly
 * done; the pool opens one for each large body.
 *
 * from  RFC 1952
 */
#ifndef WIRE_GZIP_H
#define WIRE_GZIP_H

#include "base/buf.h"
#include "wire/crypto.h"

struct gzip;

struct gzip *gzip_open(void);
void gzip_close(struct gzip *gzip);

/*
 * Put one whole gzip member into out, in place of what was there.
 *
 * in     from.count < 1 GiB
 * ties   the same bytes give the same bytes: no name and no time go in
 */
void gzip_pack(struct gzip *gzip, struct bytes from, struct buf *out);

#endif
