/* command.h - the modes of the program, one file each; main.c lists them. */
#ifndef COMMANDS_COMMAND_H
#define COMMANDS_COMMAND_H

#include "base/config.h"

/*
 * Runs the mode; arguments are those after its word, as many as main.c says.
 * out    the exit status: EXIT_SUCCESS, or EXIT_FAILURE after saying why on
 *        standard error
 */
typedef int command_run(const struct config *config, char **arguments);

command_run migrate_run;
command_run check_run;
command_run reference_load_run;
command_run demo_run;
command_run rights_run;
command_run audit_verify_run;
command_run serve_run;
command_run work_run;

#endif
