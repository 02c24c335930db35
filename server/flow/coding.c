/* coding.c - Accept-Encoding down to one question. */
#include "flow/coding.h"

#include "flow/weights.h"

bool coding_takes_gzip(const char *header, size_t bytes)
{
	struct weights list = { header, bytes };
	struct choice choice;
	int gzip = -1, identity = -1, others = -1;

	while (header && weights_next(&list, &choice)) {
		if (choice_is(&choice, "gzip") ||
		    choice_is(&choice, "x-gzip"))
			gzip = choice.weight;
		else if (choice_is(&choice, "identity"))
			identity = choice.weight;
		else if (choice_is(&choice, "*"))
			others = choice.weight;
	}
	if (gzip < 0)
		gzip = others;
	return gzip > 0 && gzip >= identity;
}
