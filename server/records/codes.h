/*
 * codes.h - the form of official codes, and what can be read from them.
 * Whether a code exists is for the reference lists in PostgreSQL to say.
 *
 * Every code_check_* takes one code (no blanks, half-width, upper-case: what
 * wire/shape.h makes of it) and returns NULL or what is wrong with it, a
 * reason of wire/reasons.def; its Chinese is reason_chinese(reason). So they
 * are hooks for CODE and TEXTS.
 */
#ifndef RECORDS_CODES_H
#define RECORDS_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* Unified social credit code, 统一社会信用代码: 18 characters, check digit.
 * from  GB 32100-2015; validation.md 1 */
const char *code_check_uscc(const char *text);

/* Specialty of 6 digits. from  validation.md 4 */
const char *code_check_specialty(const char *text);

/* Specialty, class or category: 6, 4 or 2 digits, as a posting's target. */
const char *code_check_specialty_target(const char *text);

/* GB/T 2260 division, 6 digits. */
const char *code_check_division(const char *text);

/* Occupation, "6-31-01-01". */
const char *code_check_occupation(const char *text);

/* GB/T 4754 industry at any level: "C", "34", "3411". */
const char *code_check_industry(const char *text);
/* A section or a division of it: "C", "34". */
const char *code_check_industry_head(const char *text);

/* Nature of a unit, 2 digits. */
const char *code_check_unit_nature(const char *text);

/* The name that an account signs in with; its length is the shape's. */
const char *code_check_login(const char *text);

/* Mobile number on the mainland, 11 digits. */
const char *code_check_mobile(const char *text);

/* School: identifier of 10 digits, or code of 5. from  validation.md 3 */
const char *code_check_school(const char *text);

/* "510201K" (a specialty under national control) becomes "510201": the tidy
 * hook of TIDY_CODE and TIDY_TEXTS. */
void code_tidy_specialty(char *text);

/* "secondary", "associate", "bachelor"; NULL if it is no specialty code (of
 * 2, 4 or 6 digits). */
const char *code_specialty_level(const char *text);

/* Whole years of age on a day; a 29 February birthday is kept on 1 March. */
int code_age(int32_t birth_days, int32_t on_days);

#endif
