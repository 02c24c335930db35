/* work_progress.c - see work_progress.h. */
#include "commands/work_progress.h"

#include <signal.h>
#include <sys/mman.h>

#include "base/text.h"

static const char *const words[] = {
	[PHASE_FREEZE] = "freeze", [PHASE_PLACE] = "place",
	[PHASE_VERIFY] = "verify", [PHASE_READ] = "read",
	[PHASE_AFTER] = "after", [PHASE_BEFORE] = "before",
	[PHASE_STORE] = "store",
	[PHASE_END] = "end", [PHASE_COMMIT] = "commit",
};

struct progress *progress_open(const char *stop_at)
{
	struct progress *p = mmap(NULL, sizeof(*p), PROT_READ | PROT_WRITE,
				  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	must(p != MAP_FAILED);
	p->stop_at = stop_at;
	return p;
}

void progress_close(struct progress *p)
{
	must(munmap(p, sizeof(*p)) == 0);
}

void progress_phase(struct progress *p, enum run_phase phase)
{
	if (phase <= PHASE_STORE) {
		atomic_store(&p->share, 0);
		atomic_store(&p->phase, (int)phase);
	}
	if (text_same(p->stop_at, words[phase]))
		must(raise(SIGSTOP) == 0);
}

void progress_share(struct progress *p, size_t done, size_t all)
{
	atomic_store(&p->share, all ? (int)(1000 * done / all) : 1000);
}

const char *progress_word(enum run_phase phase)
{
	return words[phase];
}
