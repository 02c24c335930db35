/*
 * Threads: the only place of the matcher that knows of them.
 */
#ifndef MATCHER_CREW_H
#define MATCHER_CREW_H

#include <pthread.h>
#include <stdbool.h>

/* Zeroed, it is not there. The work is the caller's to set. */
struct match_crew_member {
	void (*work)(void *of);
	void *of;
	pthread_t thread;
	bool is_there;
};

/*
 * Start a thread on the member's work; the member stays where it is until it
 * is joined.
 *
 * fails  the system has no thread to give: is_there stays false, and the work
 *        is the caller's
 */
void match_crew_start(struct match_crew_member *member);

/* Wait until its work is done; one that is not there is. */
void match_crew_join(struct match_crew_member *member);

/* Let another thread have the processor. */
void match_crew_pause(void);

#endif
