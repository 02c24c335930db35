-- What a careful user has: the codes that are asked for as columns of their
-- own, small types, an index for each way in, no row that is not open.
create extension intarray;
create unlogged table post (
	id int4 primary key,
	published_us int8 not null,
	kind int2 not null,
	specialty int4 not null,
	class_and_level int4 not null,
	class int2 not null,
	category int2 not null,
	division int4 not null,
	city int4 not null,
	min_education int2 not null,
	adults_only bool not null,
	pay_min int4 not null,
	pay_max int4 not null,
	day_from int4,
	day_to int4,
	first_day int4 not null,
	ask_count int4 not null,
	asks int4[] not null,
	required int4[] not null
);
