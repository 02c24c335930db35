/*
 * html.c - libxml2 reads; the walk over its tree is ours. What is no HTML must
 * not be read as such: a text counts as HTML by the elements it has.
 */
#include "wire/html.h"

#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"

/* Those that advertisements are written with. */
static const char *const elements[] = {
	"a", "article", "b", "blockquote", "body", "br", "center", "code",
	"dd", "div", "dl", "dt", "em", "font", "footer", "h1", "h2", "h3",
	"h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "li",
	"main", "ol", "p", "pre", "script", "section", "small", "span",
	"strong", "style", "sub", "sup", "table", "tbody", "td", "template",
	"th", "thead", "title", "tr", "u", "ul",
};
static const char *const blocks[] = {
	"article", "blockquote", "body", "br", "center", "dd", "div", "dl",
	"dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
	"li", "main", "ol", "p", "pre", "section", "table", "tr", "ul",
};
static const char *const unseen[] = { "head", "img", "noscript", "script",
				      "style", "template", "title" };

static bool is_among(const char *name, size_t bytes, const char *const *words,
		     size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == bytes &&
		    strncasecmp(words[i], name, bytes) == 0)
			return true;
	return false;
}
#define IS_AMONG(name, words)                                                  \
	is_among((name), strlen(name), (words), COUNT_OF(words))

/* Does an element begin or end at what follows a "<"? */
static bool is_element(const char *at)
{
	size_t bytes;

	at += *at == '/';
	bytes = strspn(at, "abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	return bytes && strchr(" \t\n/>", at[bytes]) && at[bytes] &&
	       strchr(at + bytes, '>') &&
	       is_among(at, bytes, elements, COUNT_OF(elements));
}

static bool has_element(const char *text)
{
	for (; (text = strchr(text, '<')); text++)
		if (is_element(text + 1) || text_starts(text, "<!--"))
			return true;
	return false;
}

/* An element whose "<" itself is written as an entity. */
static bool has_hidden_element(const char *text)
{
	for (; (text = strstr(text, "&lt;")); text += 4) {
		const char *at = text + 4;
		size_t bytes;

		at += *at == '/';
		bytes = strspn(at, "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
		if (bytes && strstr(at, "&gt;") &&
		    is_among(at, bytes, elements, COUNT_OF(elements)))
			return true;
	}
	return false;
}

static bool has_entity(const char *text)
{
	for (; (text = strchr(text, '&')); text++) {
		size_t bytes = strspn(text + 1, "#abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

		if (bytes > 1 && text[1 + bytes] == ';')
			return true;
	}
	return false;
}

/* ---- the walk ---- */

struct writing {
	struct buf out;
	bool keeps_lines;	/* white space is as it stands */
	bool wants_blank;	/* between this word and the next */
};

static void end_line(struct writing *w)
{
	w->wants_blank = false;
	if (w->out.used && w->out.at[w->out.used - 1] != '\n')
		buf_byte(&w->out, '\n');
}

static bool is_at_line_start(const struct writing *w)
{
	return w->out.used == 0 || w->out.at[w->out.used - 1] == '\n';
}

/* A no-break space (U+00A0) is a blank like others. */
static size_t blank_bytes(const char *at)
{
	if (text_starts(at, "\xC2\xA0"))
		return 2;
	return *at && strchr(" \t\r\n\f", *at) ? 1 : 0;
}

static void write_words(struct writing *w, const char *text)
{
	while (*text) {
		size_t blank = w->keeps_lines ? 0 : blank_bytes(text);

		if (blank) {
			w->wants_blank = !is_at_line_start(w);
			text += blank;
			continue;
		}
		if (w->wants_blank)
			buf_byte(&w->out, ' ');
		w->wants_blank = false;
		buf_byte(&w->out, *text++);
	}
}

/* Before what is in an element. true: go into it. */
static bool enter(struct writing *w, const xmlNode *node)
{
	const char *name = (const char *)node->name;

	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
		write_words(w, (const char *)node->content);
	if (node->type != XML_ELEMENT_NODE || IS_AMONG(name, unseen))
		return false;
	if (!w->keeps_lines && IS_AMONG(name, blocks))
		end_line(w);
	if (strcasecmp(name, "li") == 0)
		buf_text(&w->out, "- ");
	return true;
}

static void leave(struct writing *w, const xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE || w->keeps_lines)
		return;
	if (IS_AMONG((const char *)node->name, blocks))
		end_line(w);
	else if (strcasecmp((const char *)node->name, "td") == 0)
		w->wants_blank = !is_at_line_start(w);
}

/* Without recursion: how deep it is nested is the writer's choice. */
static void walk(struct writing *w, const xmlNode *root)
{
	const xmlNode *node = root;

	while (node) {
		if (enter(w, node) && node->children) {
			node = node->children;
			continue;
		}
		leave(w, node);
		while (node != root && !node->next) {
			node = node->parent;
			leave(w, node);
		}
		node = node == root ? NULL : node->next;
	}
}

/* Blanks at both ends go, and of empty lines together all but one. */
static char *tidied(struct arena *mem, const struct buf *text)
{
	char *out = arena_array(mem, char, text->used + 1), *to = out;
	int newlines = 2;

	for (size_t i = 0; i < text->used; i++) {
		char c = text->at[i];

		if (c == '\n') {
			while (to > out && (to[-1] == ' ' || to[-1] == '\t'))
				to--;
			if (++newlines > 2)
				continue;
		} else if (c == ' ' && newlines) {
			if (to == out)
				continue;
		} else {
			newlines = 0;
		}
		*to++ = c;
	}
	while (to > out && strchr(" \t\n", to[-1]))
		to--;
	*to = '\0';
	return out;
}

static const char *read_html(struct arena *mem, const char *html,
			     bool keeps_lines)
{
	struct writing w = { .keeps_lines = keeps_lines };
	htmlDocPtr doc = htmlReadMemory(
		html, (int)strlen(html), NULL, "UTF-8",
		HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
			HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
			HTML_PARSE_NODEFDTD);
	char *text;

	if (!doc)
		return html;
	walk(&w, xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
	text = tidied(mem, &w.out);
	buf_close(&w.out);
	return text;
}

const char *html_text(struct arena *mem, const char *html)
{
	if (!has_element(html) && has_hidden_element(html))
		html = read_html(mem, html, true);
	if (has_element(html))
		return read_html(mem, html, false);
	return has_entity(html) ? read_html(mem, html, true) : html;
}
