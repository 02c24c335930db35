/*
 * destination_registration.h - a graduate's destination in the columns of the
 * official registration (docs/destinations.md, "Files"): as it is taken along,
 * and by which names a file brings it.
 */
#ifndef RECORDS_DESTINATION_REGISTRATION_H
#define RECORDS_DESTINATION_REGISTRATION_H

#include "wire/json_write.h"
#include "wire/rows.h"

/* A row of destination_registrations_list.sql. */
enum { REGISTRATION_ID_COLUMN = 0 };
void destination_registration_write(struct json_writer *w,
				    const struct rows *rows, int row);

#endif
