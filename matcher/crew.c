/* POSIX threads: C17's own are optional, and no sanitizer knows them. */
#include "matcher/crew.h"

#include <sched.h>

static void *start(void *argument)
{
	struct match_crew_member *member = argument;

	member->work(member->of);
	return NULL;
}

void match_crew_start(struct match_crew_member *member)
{
	member->is_there =
		!pthread_create(&member->thread, NULL, start, member);
}

void match_crew_join(struct match_crew_member *member)
{
	if (member->is_there)
		pthread_join(member->thread, NULL);
}

void match_crew_pause(void)
{
	sched_yield();
}
