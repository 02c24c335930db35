/*
 * Readers without locks: what a writer takes out of sight stays alive until
 * every reader that may still see it has left.
 */
#ifndef MATCHER_EPOCH_H
#define MATCHER_EPOCH_H

#include <stddef.h>
#include <stdint.h>

#define MATCH_READERS_MAX 64

struct match_epochs;

/* fails  NULL: no memory */
struct match_epochs *match_epochs_new(void);

/* in  no reader is inside; frees all that was retired. NULL: nothing */
void match_epochs_free(struct match_epochs *epochs);

/*
 * A reader comes in: what it finds published from here on stays alive until it
 * leaves.
 *
 * in  slot < MATCH_READERS_MAX is the caller's alone (one for each event loop)
 *     and is not inside; a reader leaves soon, or memory piles up
 */
void match_epochs_enter(struct match_epochs *epochs, unsigned slot);
void match_epochs_leave(struct match_epochs *epochs, unsigned slot);

/*
 * For the writer: give up what no reader can find any more; drop is called on
 * it when the last reader that may hold it has left.
 *
 * in     what is unpublished already (by a sequentially consistent store). The
 *        calling thread is not inside as a reader
 * fails  never: without memory to note it down, it waits for the readers
 */
void match_epochs_retire(struct match_epochs *epochs, void *what,
			 void (*drop)(void *what));

/* For the writer: drop what nobody holds; says how many are still held. */
size_t match_epochs_collect(struct match_epochs *epochs);

#endif
