#include "checks.h"

#include "random_world.h"

struct world world;

void make_world(uint64_t seed)
{
	world.seed = seed;
	world.policy = random_policy(&world.seed);
	world.terms = (struct match_terms){
		&world.policy,
		random_below(&world.seed, 4) == 0 ? NULL : &random_ties};
	world.posting_pool = (struct match_posting_pool){
		world.postings, random_below(&world.seed, POOL_MAX + 1)};
	world.student_pool = (struct match_student_pool){
		world.students, 1 + random_below(&world.seed, POOL_MAX)};
	for (uint32_t i = 0; i < POOL_MAX; i++) {
		world.postings[i] = random_posting(&world.seed, i,
						   &world.posting_storage[i]);
		world.students[i] = random_student(&world.seed, i,
						   &world.student_storage[i]);
	}
	assert_int_equal(match_policy_check(&world.policy), MATCH_POLICY_SOUND);
}
