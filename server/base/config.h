/* config.h - what the environment says, read once and checked as a whole. */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/base.h"

struct config {
#define TEXT_SETTING(field, name, usual, help) const char *field;
#define INT_SETTING(field, name, usual, least, most, help) int64_t field;
#include "base/settings.def"
#undef TEXT_SETTING
#undef INT_SETTING
};

/*
 * Reads every setting. Texts are borrowed from the environment.
 * fails  a number that is none or out of range, an unknown DUIKOU_ name: each
 *        is named on `complaints`, and false comes back after all were read
 */
MUST_CHECK bool config_read(struct config *config, FILE *complaints);

/* The table: name, value, unit or range, help. Keys, and passwords in URLs, are
 * hidden. */
void config_print(const struct config *config, FILE *out);

#endif
