/* rights.c - prints the rights table; tests hold every operation to it. */
#include <stdio.h>
#include <stdlib.h>

#include "commands/command.h"
#include "flow/rights.h"

int rights_run(const struct config *config, char **arguments)
{
	struct buf out = { .at = NULL };
	bool is_written;

	(void)config;
	(void)arguments;
	rights_print(&out);
	is_written = fwrite(out.at, 1, out.used, stdout) == out.used &&
		     fflush(stdout) == 0;
	buf_close(&out);
	return is_written ? EXIT_SUCCESS : EXIT_FAILURE;
}
