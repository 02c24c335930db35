/* lang.c - Accept-Language down to a choice of two. */
#include "flow/lang.h"

#include "flow/weights.h"

static bool is_language(const struct choice *choice, const char *word)
{
	return choice_starts(choice, word) &&
	       (choice->bytes == 2 || choice->at[2] == '-');
}

enum lang lang_accepted(const char *header, size_t bytes)
{
	struct weights list = { header, bytes };
	struct choice choice;
	int chinese = -1, english = -1, others = 0;

	while (weights_next(&list, &choice)) {
		if (is_language(&choice, "zh") && choice.weight > chinese)
			chinese = choice.weight;
		else if (is_language(&choice, "en") && choice.weight > english)
			english = choice.weight;
		else if (choice_is(&choice, "*"))
			others = choice.weight;
	}
	if (chinese < 0)
		chinese = others;
	if (english < 0)
		english = others;
	return english > chinese ? LANG_EN : LANG_ZH;
}

const char *lang_tag(enum lang lang)
{
	return lang == LANG_EN ? "en" : "zh-CN";
}
