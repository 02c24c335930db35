/* gate.h - where the HTTP layer hands its requests to the flows of a loop. */
#ifndef FLOW_GATE_H
#define FLOW_GATE_H

#include "flow/http.h"

/* With the loop as the argument of http_server_open; but for drained. */
extern const struct http_callbacks gate_callbacks;

struct flows;
struct loop;
struct flows *flows_open(struct loop *loop);
/* Ends what lives, without answers; the pool has been closed before. */
void flows_close(struct flows *flows);

#endif
