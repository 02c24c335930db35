/* all.c - every card, from the table of contents (cards.def). */
#include "flow/endpoint.h"

#define CARD(name) extern const struct endpoint name;
#include "endpoints/cards.def"
#undef CARD

const struct endpoint *const endpoints_all[] = {
#define CARD(name) &name,
#include "endpoints/cards.def"
#undef CARD
};

const size_t endpoints_count = COUNT_OF(endpoints_all);
