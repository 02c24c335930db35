/* Two lists of pointers; both have their room before they are needed. */
#include "matcher/index_draft.h"

#include "matcher/memory.h"

static bool bag_add(struct match_bag *bag, void *what)
{
	void **grown = match_grow(bag->at, &bag->room, bag->count + 1,
				  sizeof(*bag->at));

	if (!grown)
		return false;
	bag->at = grown;
	bag->at[bag->count++] = what;
	return true;
}

static void bag_empty(struct match_bag *bag)
{
	for (size_t i = 0; i < bag->count; i++)
		match_drop(bag->at[i]);
	match_drop(bag->at);
	*bag = (struct match_bag){NULL, 0, 0};
}

static void bag_drop(void *what)
{
	bag_empty(what);
	match_drop(what);
}

void *match_draft_take(struct match_draft *draft, size_t count,
		       size_t item_bytes)
{
	void *made = match_take(count, item_bytes);

	if (made && !bag_add(&draft->fresh, made)) {
		match_drop(made);
		return NULL;
	}
	return made;
}

bool match_draft_waste(struct match_draft *draft, void *what)
{
	return !what || bag_add(&draft->waste, what);
}

void match_draft_undo(struct match_draft *draft)
{
	bag_empty(&draft->fresh);
	match_drop(draft->waste.at);
	draft->waste = (struct match_bag){NULL, 0, 0};
}

void *match_draft_room(void)
{
	return match_take(1, sizeof(struct match_bag));
}

void match_draft_done(struct match_draft *draft, struct match_epochs *epochs,
		      void *waste_room)
{
	struct match_bag *waste = waste_room;

	*waste = draft->waste;
	match_drop(draft->fresh.at);
	*draft = (struct match_draft){{NULL, 0, 0}, {NULL, 0, 0}};
	match_epochs_retire(epochs, waste, bag_drop);
}
