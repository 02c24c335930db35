/* reasons.c - looked through only when something is wrong. */
#include "wire/reasons.h"

#include <stddef.h>

#include "base/base.h"
#include "base/text.h"

const char *reason_chinese(const char *english)
{
	static const struct {
		const char *english, *chinese;
	} reasons[] = {
#define REASON(english_, chinese_) { english_, chinese_ },
#include "wire/reasons.def"
#undef REASON
	};

	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		if (text_same(reasons[i].english, english))
			return reasons[i].chinese;
	return "格式不正确";
}
