/*
 * A case: a policy, students and postings in plain text, and what must come of
 * them. cases/README.md says how it is written.
 */
#ifndef TESTS_ALIGN_CASE_FILE_H
#define TESTS_ALIGN_CASE_FILE_H

#include "matcher/align.h"

enum { CASE_SIDE_MAX = 48, CASE_LIST_MAX = 8, CASE_TEXT_MAX = 64 * 1024 };

struct case_student {
	const char *name;
	struct match_student facts;
	uint32_t willing[CASE_LIST_MAX];
	struct match_text skills[CASE_LIST_MAX];
	struct match_text certificates[CASE_LIST_MAX];
};

struct case_posting {
	const char *name;
	struct match_posting facts;
	uint32_t targets[CASE_LIST_MAX];
	struct match_ask asks[2 * CASE_LIST_MAX];
};

struct case_file {
	char text[CASE_TEXT_MAX];
	int line;
	struct match_policy policy;
	struct match_tie ties[CASE_LIST_MAX];
	struct match_ties tie_list;
	struct case_student students[CASE_SIDE_MAX];
	size_t student_count;
	struct case_posting postings[CASE_SIDE_MAX];
	size_t posting_count;
};

/* Stop the test: the case file itself is wrong here. */
_Noreturn void case_wrong(const struct case_file *file, const char *what);

/* Read a fact line ("student", "posting", "policy", "tie"); words follow. */
void case_read_student(struct case_file *file, char *words);
void case_read_posting(struct case_file *file, char *words);
void case_read_policy(struct case_file *file, char *words);
void case_read_tie(struct case_file *file, char *words);

/* The student or posting of that name; stops the test if there is none. */
const struct case_student *case_student(const struct case_file *file,
					const char *name);
const struct case_posting *case_posting(const struct case_file *file,
					const char *name);

/* The whole of a text as a number; stops the test if it is none. */
int64_t case_number(const struct case_file *file, const char *text);

/* Run an expectation: true if the line is one. */
bool case_expect(const struct case_file *file, const char *verb, char *words);

#endif
