/* main.c - picks the mode of the program; each mode is a file in commands/. */
#include <stdio.h>
#include <stdlib.h>

#include "base/config.h"
#include "base/text.h"

int main(int argc, char **argv)
{
	struct config config;

	if (!config_read(&config, stderr))
		return EXIT_FAILURE;
	if (argc == 2 && text_same(argv[1], "--config")) {
		config_print(&config, stdout);
		return EXIT_SUCCESS;
	}
	fprintf(stderr, "usage: duikou-server --config\n");
	return EXIT_FAILURE;
}
