/*
 * student_steps.h - what creating and changing a student share: codes that
 * are in no list are named all at once, before anything is written.
 */
#ifndef ENDPOINTS_STUDENT_STEPS_H
#define ENDPOINTS_STUDENT_STEPS_H

#include "flow/flow.h"
#include "records/student.h"

/* Checks the body's members against each other, and asks for its codes. */
flow_step check_student;

/* Takes the answer: false after a fault with every flaw. */
MUST_CHECK bool student_is_sound(struct flow *f);

/* How a constraint of the table says what is wrong with the body. */
extern const struct constraint_flaw student_refusals[];

/* The list as a parameter, or NULL where the member is absent. */
struct asked student_texts(const struct flow *f, const char *name,
			   const struct texts *texts);
struct asked student_pay(const struct flow *f);

#endif
