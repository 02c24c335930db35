/* claims.c - see claims.h. */
#include "wire/claims.h"


#include "base/text.h"
#include "wire/json.h"

static const json_t *tree_of(const struct claims *claims)
{
	return (const json_t *)claims;
}

static const json_t *member(const struct claims *claims, const char *name)
{
	return json_object_get(tree_of(claims), name);
}

bool claims_read(struct arena *mem, struct bytes json,
		 const struct claims **out)
{
	const char *why;
	json_t *tree;

	if (!json_read(mem, json.at, json.count, &tree, &why) ||
	    !json_is_object(tree))
		return false;
	*out = (const struct claims *)tree;
	return true;
}

bool claims_has(const struct claims *claims, const char *name)
{
	return member(claims, name) != NULL;
}

const char *claims_text(const struct claims *claims, const char *name)
{
	return json_string_value(member(claims, name));
}

bool claims_int(const struct claims *claims, const char *name, int64_t *out)
{
	const json_t *found = member(claims, name);

	if (!json_is_integer(found))
		return false;
	*out = json_integer_value(found);
	return true;
}

bool claims_is_true(const struct claims *claims, const char *name)
{
	return json_is_true(member(claims, name));
}

bool claims_count(const struct claims *claims, const char *name, size_t *out)
{
	const json_t *found = member(claims, name);

	*out = json_is_string(found) ? 1 : json_array_size(found);
	for (size_t i = 0; json_is_array(found) && i < *out; i++)
		if (!json_is_string(json_array_get(found, i)))
			return false;
	return *out > 0;
}

bool claims_name(const struct claims *claims, const char *name,
		 const char *text)
{
	const json_t *found = member(claims, name);

	if (json_is_string(found))
		return text_same(json_string_value(found), text);
	for (size_t i = 0; i < json_array_size(found); i++) {
		const char *item =
			json_string_value(json_array_get(found, i));

		if (item && text_same(item, text))
			return true;
	}
	return false;
}

const struct claims *claims_at(const struct claims *claims, const char *name,
			       size_t i)
{
	const json_t *found = json_array_get(member(claims, name), i);

	return json_is_object(found) ? (const struct claims *)found : NULL;
}
