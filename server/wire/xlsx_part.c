/*
 * xlsx_part.c - bytes from libzip to expat. Whatever they are, no more than a
 * token of bounded length and tags of bounded depth are in memory.
 */
#include <string.h>

#include "base/text.h"
#include "wire/xlsx_private.h"

enum { PIECE_BYTES = 64 * 1024 };

void xlsx_part_stop(struct xlsx_part *p, const char *english,
		    const char *chinese)
{
	if (!p->wrong.english)
		p->wrong = (struct xlsx_wrong){ english, chinese };
	XML_StopParser(p->parser, XML_FALSE);
}

void xlsx_part_suspend(struct xlsx_part *p)
{
	XML_StopParser(p->parser, XML_TRUE);
}

/* Names come as NAMESPACE|NAME; prefixes differ by who wrote the file. */
static const char *local_name(const char *name)
{
	const char *mark = strrchr(name, '|');

	return mark ? mark + 1 : name;
}

const char *xlsx_attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (text_same(local_name(attributes[0]), name))
			return attributes[1];
	return NULL;
}

static void XMLCALL on_open(void *user, const char *name,
			    const char **attributes)
{
	struct xlsx_part *p = user;

	if (++p->depth > XLSX_DEPTH_MAX)
		xlsx_part_stop(p, "has XML nested too deep",
			       "XML 嵌套过深");
	else
		p->open(p->user, local_name(name), attributes);
}

static void XMLCALL on_close(void *user, const char *name)
{
	struct xlsx_part *p = user;

	p->depth--;
	if (p->close)
		p->close(p->user, local_name(name));
}

static void XMLCALL on_text(void *user, const char *at, int bytes)
{
	struct xlsx_part *p = user;

	if (p->text)
		p->text(p->user, at, (size_t)bytes);
}

static void XMLCALL on_doctype(void *user, const char *name, const char *id,
			       const char *public_id, int has_subset)
{
	(void)name;
	(void)id;
	(void)public_id;
	(void)has_subset;
	xlsx_part_stop(user, "has a document type, which no workbook has",
		       "含有文档类型声明，不是正常的工作簿");
}

bool xlsx_part_open(struct xlsx_part *p, zip_t *zip, const char *name,
		    int64_t bytes_max)
{
	p->max = bytes_max;
	p->file = zip_fopen(zip, name, 0);
	if (!p->file) {
		p->wrong = (struct xlsx_wrong){
			"is no XLSX workbook: a part of it is missing",
			"不是 XLSX 工作簿：缺少组成部分"
		};
		return false;
	}
	p->parser = XML_ParserCreateNS(NULL, '|');
	must(p->parser != NULL);
	XML_SetUserData(p->parser, p);
	XML_SetElementHandler(p->parser, on_open, on_close);
	XML_SetCharacterDataHandler(p->parser, on_text);
	XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
	return true;
}

void xlsx_part_close(struct xlsx_part *p)
{
	if (p->parser)
		XML_ParserFree(p->parser);
	if (p->file)
		zip_fclose(p->file);
	p->parser = NULL;
	p->file = NULL;
}

static bool fail_part(struct xlsx_part *p, const char *english,
		      const char *chinese)
{
	if (!p->wrong.english)
		p->wrong = (struct xlsx_wrong){ english, chinese };
	return false;
}

/* What expat keeps back is the beginning of a token. */
static bool is_token_bounded(struct xlsx_part *p)
{
	XML_Index at = XML_GetCurrentByteIndex(p->parser);

	/* Unknown while expat waits for more of a long one. */
	p->token = at < 0 ? p->token : at;
	return p->fed - p->token <= XLSX_TOKEN_BYTES_MAX;
}

static bool feed(struct xlsx_part *p)
{
	void *room = XML_GetBuffer(p->parser, PIECE_BYTES);
	zip_int64_t bytes;
	enum XML_Status status;

	must(room != NULL);
	bytes = zip_fread(p->file, room, PIECE_BYTES);
	if (bytes < 0)
		return fail_part(p, "cannot be unpacked: it is damaged",
				 "无法解压，文件已损坏");
	p->fed += bytes;
	if (p->fed > p->max)
		return fail_part(p, "is too large when it is unpacked",
				 "解压后过大");
	p->is_over = bytes == 0;
	status = XML_ParseBuffer(p->parser, (int)bytes, bytes == 0);
	p->is_suspended = status == XML_STATUS_SUSPENDED;
	if (status == XML_STATUS_ERROR || !is_token_bounded(p))
		return fail_part(p, "has a part that is no XML",
				 "含有无法解析的 XML");
	return true;
}

bool xlsx_part_go_on(struct xlsx_part *p)
{
	enum XML_Status status;

	if (p->is_suspended) {
		status = XML_ResumeParser(p->parser);
		p->is_suspended = status == XML_STATUS_SUSPENDED;
		if (status == XML_STATUS_ERROR)
			return fail_part(p, "has a part that is no XML",
					 "含有无法解析的 XML");
	}
	while (!p->is_suspended && !p->is_over)
		if (!feed(p))
			return false;
	return true;
}
