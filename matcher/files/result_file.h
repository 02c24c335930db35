/*
 * A result as a JSON document, format "duikou-placement-result/1".
 *
 * from   docs/placement.md, "The result"
 */
#ifndef MATCHER_FILES_RESULT_FILE_H
#define MATCHER_FILES_RESULT_FILE_H

#include <stdbool.h>

#include "matcher/error.h"
#include "matcher/files/sink.h"
#include "matcher/files/source.h"
#include "matcher/instance.h"
#include "matcher/result.h"

/* Entries of one list; a sound result has far fewer. */
#define MATCH_RESULT_LINES_MAX 8000000u

/*
 * Read a result, as it stands: whether it is right is match_verify's to say.
 *
 * in     instance, whose ids the result names, is borrowed
 * out    result is given to the caller; ids that the instance does not know
 *        become strays
 * fails  any match_status, with the place; result is then empty
 */
bool match_result_read(struct match_source source,
		       const struct match_instance *instance,
		       struct match_result *result,
		       struct match_error *error) MATCH_MUST_CHECK;

/*
 * Read a result of an earlier form of the instance, to compare with: postings
 * and students may be gone since. Its certificate is not kept.
 */
bool match_previous_read(struct match_source source,
			 const struct match_instance *instance,
			 struct match_result *previous,
			 struct match_error *error) MATCH_MUST_CHECK;

/*
 * Write a sound result in the one layout that it has. The sink is left for
 * match_sink_finish.
 *
 * in     result as match_place_* made it, with instance_sha256 filled in
 */
void match_result_write(const struct match_instance *instance,
			const struct match_result *result,
			struct match_sink *sink);

#endif
