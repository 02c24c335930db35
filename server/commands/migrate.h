/* migrate.h - what migrate and check both ask of a migration. */
#ifndef COMMANDS_MIGRATE_H
#define COMMANDS_MIGRATE_H

#include <stdbool.h>

#include "wire/sql.h"

/* in  sha256: what schema_migration says was applied
 * out it is the text as it stands, or as it was before it was mended */
bool migration_has_text(const struct migration *m, const char *sha256);

#endif
