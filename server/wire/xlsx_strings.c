/*
 * xlsx_strings.c - the strings that cells share, one behind the other in a
 * spool, and where each begins in another.
 */
#include <string.h>

#include "base/text.h"
#include "wire/xlsx_private.h"

struct reading {
	struct xlsx_strings *s;
	struct xlsx_part part;
	struct buf text;	/* of the string at hand, cut */
	uint64_t bytes;		/* of it, uncut */
	uint64_t used;		/* of the spool */
	int in_text, in_phonetic;
};

static void on_open(void *user, const char *name, const char **attributes)
{
	struct reading *r = user;

	(void)attributes;
	if (text_same(name, "si")) {
		buf_clear(&r->text);
		r->bytes = 0;
	}
	r->in_phonetic += text_same(name, "rPh");
	r->in_text += text_same(name, "t");
}

static void on_text(void *user, const char *at, size_t bytes)
{
	struct reading *r = user;

	if (!r->in_text || r->in_phonetic)
		return;
	r->bytes += bytes;
	if (r->bytes <= CSV_CELL_BYTES_MAX)
		buf_bytes(&r->text, at, bytes);
}

static void on_close(void *user, const char *name)
{
	struct reading *r = user;
	struct xlsx_place place = { r->used, r->bytes };

	r->in_phonetic -= text_same(name, "rPh");
	r->in_text -= text_same(name, "t");
	if (!text_same(name, "si"))
		return;
	if ((r->text.used &&
	     !spool_add(r->s->texts, r->text.at, r->text.used)) ||
	    !spool_add(r->s->places, &place, sizeof(place))) {
		xlsx_part_stop(&r->part, "finds no room for temporary files",
			       "没有空间存放临时文件");
		return;
	}
	r->used += r->text.used;
	r->s->count++;
}

static bool see(struct xlsx_strings *s)
{
	size_t bytes;

	s->text = spool_see(s->texts, &bytes);
	s->place = (const void *)spool_see(s->places, &bytes);
	return s->text && s->place;
}

bool xlsx_strings_read(struct xlsx_strings *s, zip_t *zip, const char *name,
		       struct xlsx_wrong *wrong)
{
	struct reading r = { .s = s, .part = { .open = on_open,
					       .close = on_close,
					       .text = on_text } };
	bool is_good;

	if (!name)
		return true;
	s->texts = spool_open();
	s->places = spool_open();
	r.part.user = &r;
	is_good = s->texts && s->places &&
		  xlsx_part_open(&r.part, zip, name, XLSX_STRINGS_BYTES_MAX) &&
		  xlsx_part_go_on(&r.part) && see(s);
	xlsx_part_close(&r.part);
	buf_close(&r.text);
	*wrong = r.part.wrong;
	if (!is_good && !wrong->english)
		*wrong = (struct xlsx_wrong){
			"finds no room for temporary files",
			"没有空间存放临时文件"
		};
	return is_good;
}

void xlsx_strings_close(struct xlsx_strings *s)
{
	spool_close(s->texts);
	spool_close(s->places);
	s->texts = s->places = NULL;
}
