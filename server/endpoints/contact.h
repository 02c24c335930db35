/*
 * contact.h - how to reach a student: kept sealed, and apart from the profile,
 * so that no list has it.
 *
 * from  rules.md 5.4 and 5.7; api-spec/openapi.yaml, "disclosures"
 */
#ifndef ENDPOINTS_CONTACT_H
#define ENDPOINTS_CONTACT_H

#include "flow/flow.h"

/* Where it is sealed to. */
#define STUDENT_PHONE "student.phone"

/* 200 with the contact of row 0 of contact_of_student.sql. */
flow_step reply_contact;

#endif
