/* lang.h - which of our two languages a client reads best. */
#ifndef FLOW_LANG_H
#define FLOW_LANG_H

#include <stddef.h>

enum lang { LANG_ZH, LANG_EN };

/*
 * The better of the two by the weights of Accept-Language; ties and what we
 * do not speak go to Chinese.
 *
 * from  RFC 9110 section 12.5.4
 */
enum lang lang_accepted(const char *header, size_t bytes);

/* "zh-CN", "en" */
const char *lang_tag(enum lang lang);

#endif
