/* cmocka with what it wants included before it. */
#ifndef TESTS_ALIGN_CHECKS_H
#define TESTS_ALIGN_CHECKS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
