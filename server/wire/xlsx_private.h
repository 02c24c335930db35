/* xlsx_private.h - what xlsx.c is made of; only xlsx*.c include this. */
#ifndef WIRE_XLSX_PRIVATE_H
#define WIRE_XLSX_PRIVATE_H

#include <expat.h>
#include <zip.h>

#include "base/buf.h"
#include "base/spool.h"
#include "wire/csv_head.h"
#include "wire/xlsx.h"

enum {
	XLSX_PARTS_MAX = 4096,
	XLSX_SMALL_BYTES_MAX = 16 << 20,	/* workbook, styles, ... */
	XLSX_STRINGS_BYTES_MAX = 512 << 20,
	XLSX_SHEET_BYTES_MAX = 1 << 30,
	XLSX_TOKEN_BYTES_MAX = 1 << 20,
	XLSX_DEPTH_MAX = 64,
	XLSX_ROWS_MAX = 1048576,		/* of a sheet, by the format */
	XLSX_STYLES_MAX = 65536,
	XLSX_SHEETS_MAX = 1024
};

/* What is wrong with a file; static. */
struct xlsx_wrong {
	const char *english, *chinese;	/* NULL: nothing is */
};

/* ---- xlsx_part.c: one part, unpacked and parsed in pieces ---- */

struct xlsx_part {
	zip_file_t *file;
	XML_Parser parser;
	int64_t fed, max;
	int64_t token;		/* where the one at hand begins */
	int depth;
	bool is_suspended, is_over;
	struct xlsx_wrong wrong;
	void *user;
	void (*open)(void *user, const char *name, const char **attributes);
	void (*close)(void *user, const char *name);
	void (*text)(void *user, const char *at, size_t bytes);
};

/* fails  false: there is no such part; `wrong` says so */
MUST_CHECK bool xlsx_part_open(struct xlsx_part *p, zip_t *zip,
			       const char *name, int64_t bytes_max);
void xlsx_part_close(struct xlsx_part *p);

/* Goes on until a handler suspends it, or the end. fails  p->wrong */
MUST_CHECK bool xlsx_part_go_on(struct xlsx_part *p);

/* From within a handler: what is wrong, and nothing more is parsed. */
void xlsx_part_stop(struct xlsx_part *p, const char *english,
		    const char *chinese);
void xlsx_part_suspend(struct xlsx_part *p);

/* The attribute's value by its local name, or NULL. */
const char *xlsx_attribute(const char **attributes, const char *name);

/* ---- xlsx_book.c: where things are, and what styles mean ---- */

enum xlsx_look { LOOK_PLAIN, LOOK_DATE, LOOK_ZEROS };

struct xlsx_style {
	unsigned char look;	/* enum xlsx_look */
	unsigned char zeros;	/* of LOOK_ZEROS: how many digits */
};

struct xlsx_book {
	const char *sheet, *strings, *styles;	/* names of parts, or NULL */
	bool is_1904;
	struct xlsx_style *style;
	size_t style_count;
};

/* fails  false, *wrong says why */
MUST_CHECK bool xlsx_book_read(struct xlsx_book *book, struct arena *mem,
			       zip_t *zip, const char *sheet,
			       struct xlsx_wrong *wrong);

/* ---- xlsx_strings.c: shared strings, out of memory ---- */

struct xlsx_strings {
	struct spool *texts, *places;
	const char *text;
	const struct xlsx_place *place;
	size_t count;
};
struct xlsx_place {
	uint64_t at;
	uint64_t bytes;		/* more than CSV_CELL_BYTES_MAX: cut */
};

/* in  name may be NULL: there are none */
MUST_CHECK bool xlsx_strings_read(struct xlsx_strings *s, zip_t *zip,
				  const char *name, struct xlsx_wrong *wrong);
void xlsx_strings_close(struct xlsx_strings *s);

/* ---- xlsx_number.c ---- */

/*
 * A number as a sheet keeps it, as people see it.
 * out    the text, in mem
 * fails  NULL: no number, or one of more than 15 digits (*is_long)
 */
const char *xlsx_number(struct arena *mem, const char *text,
			struct xlsx_style style, bool is_1904, bool *is_long);

#endif
