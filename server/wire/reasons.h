/* reasons.h - the Chinese of what a check says (reasons.def). */
#ifndef WIRE_REASONS_H
#define WIRE_REASONS_H

/* Static text; general words if the reason is not in the table. */
const char *reason_chinese(const char *english);

#endif
