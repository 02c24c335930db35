/* post_category_steps.h - what the operations on post categories share. */
#ifndef ENDPOINTS_POST_CATEGORY_STEPS_H
#define ENDPOINTS_POST_CATEGORY_STEPS_H

#include "endpoints/enterprise_steps.h"
#include "records/post_category.h"

/* The state of every operation here. */
struct post_category_path {
	struct uuid enterprise_id, id;	/* id: nil where the path has none */
};

/* A step: is the enterprise of the path there, for the actor? */
flow_step find_owner_of_categories;

/* A step: the post category of the path, or NOT_FOUND. */
flow_step find_post_category;

/* Asks what is wrong with the body, besides its shape. */
enum flow_next find_post_category_flaws(struct flow *f);

extern const struct constraint_flaw post_category_refusals[];

/* The first row of the answer is the post category. */
enum flow_next reply_post_category(struct flow *f, int status);

#endif
