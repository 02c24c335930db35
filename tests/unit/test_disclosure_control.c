/* test_disclosure_control.c - blocks, and what may be shown of them. */
#include "records/disclosure_control.h"
#include "unit.h"

static struct control_atom atom(int64_t count, char class, char school)
{
	return (struct control_atom){
		.count = count, .whole = { (size_t)class, (size_t)school,
					   (size_t)school, 'd', 'y' }
	};
}

static bool shows(const struct control_atom *atoms,
		  const struct control_block *blocks, size_t from, size_t to)
{
	int64_t touched[8] = { 0 };
	size_t members[8], count = 0;
	bool is_shown;

	for (size_t i = from; i < to; i++)
		members[count++] = i;
	is_shown = control_shows(atoms, blocks, members, count, touched);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(touched[i], 0);
	return is_shown;
}

static void what_is_large_stands_alone(void **state)
{
	struct control_atom atoms[] = { atom(11, 'a', 's'),
					atom(30, 'b', 's') };
	struct control_block blocks[2];

	(void)state;
	control_blocks(blocks, atoms, 2, 11);
	assert_true(shows(atoms, blocks, 0, 1));
	assert_true(shows(atoms, blocks, 1, 2));
	assert_true(shows(atoms, blocks, 0, 2));
}

/* The smaller of its neighbours in the class, not the one elsewhere. */
static void one_that_is_small_takes_a_neighbour(void **state)
{
	struct control_atom atoms[] = { atom(10, 'a', 's'), atom(40, 'a', 's'),
					atom(30, 'a', 's'),
					atom(12, 'b', 's') };
	struct control_block blocks[4];

	(void)state;
	control_blocks(blocks, atoms, 4, 11);
	assert_int_equal(atoms[0].block, atoms[2].block);
	assert_int_equal(blocks[atoms[0].block].count, 40);
	assert_false(shows(atoms, blocks, 0, 1));
	assert_true(shows(atoms, blocks, 1, 2));
	assert_false(shows(atoms, blocks, 2, 3));
	assert_false(shows(atoms, blocks, 0, 2));
	assert_true(shows(atoms, blocks, 0, 3));
	assert_true(shows(atoms, blocks, 3, 4));
}

/* Eleven of one each would each be known to be one. */
static void a_block_leaves_room_for_each(void **state)
{
	struct control_atom atoms[] = { atom(6, 'a', 's'), atom(5, 'a', 's'),
					atom(5, 'b', 't'), atom(9, 'c', 't') };
	struct control_block blocks[4];

	(void)state;
	control_blocks(blocks, atoms, 4, 11);
	/* 11 - 2 < 10: the district's other block joins */
	assert_int_equal(atoms[0].block, atoms[3].block);
	assert_int_equal(blocks[atoms[0].block].count, 25);
	assert_int_equal(blocks[atoms[0].block].atoms, 4);
	assert_false(shows(atoms, blocks, 0, 2));
	assert_true(shows(atoms, blocks, 0, 4));
}

static void a_small_whole_is_never_shown(void **state)
{
	struct control_atom atoms[] = { atom(4, 'a', 's'), atom(5, 'b', 's') };
	struct control_block blocks[2];

	(void)state;
	control_blocks(blocks, atoms, 2, 11);
	assert_false(shows(atoms, blocks, 0, 2));
	assert_true(shows(atoms, blocks, 0, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_large_stands_alone),
		cmocka_unit_test(one_that_is_small_takes_a_neighbour),
		cmocka_unit_test(a_block_leaves_room_for_each),
		cmocka_unit_test(a_small_whole_is_never_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
