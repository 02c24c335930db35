/*
 * The same question in SQL, prepared, by one connection. Five ways to ask:
 *
 *	exact		every posting is scored
 *	skills		the category, or a skill in common
 *	class		the class only
 *	narrow		the specialty, or the class in the student's city
 *	guarded		the class first, and every posting if the 20th could be
 *			beaten from outside it: as exact as the first
 *
 * Usage: index_peer SPECIALTIES STUDENTS QUERIES WAY ANSWERS CONNECTION
 *
 * Writes the best 20 of the first 50 students asked for to the file ANSWERS.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "city.h"
#include "laps.h"
#include "matcher/insist.h"

enum {
	PARAMETERS = 16,
	VALUE_BYTES = 256,
	WANT = 20,
	ANSWERED = 50,
	FEN_PER_YUAN = 100,
	/* Whoever agrees by category only: 1800, and all the other parts. */
	OUTSIDE_MOST = 7300,
};

#define SCORE                                                                 \
	"(4500 * case when specialty = $1::int4 then 10000"                   \
	" when class_and_level = $2::int4 then 8500"                          \
	" when class = $3::int2 then 7000"                                    \
	" when category = $4::int2 then 4000 else 0 end"                      \
	" + 1500 * (10000 * icount(asks & $14::int4[]) / ask_count)"          \
	" + 500 * case when min_education = 0 then 5000"                      \
	" when min_education = $10::int2 then 10000"                          \
	" when min_education = $10::int2 - 1 then 8000 else 5000 end"         \
	" + 1500 * case when division = $5::int4 then 10000"                  \
	" when city = $6::int4 or city = any($7::int4[]) then 8000"           \
	" when city / 10000 = $6::int4 / 10000 then 5000"                     \
	" when $8::bool then 2500 else 0 end"                                 \
	" + 1000 * case when day_from is null then 5000"                      \
	" else 10000 * (least(day_to, $13::int4)"                             \
	" - greatest(day_from, $12::int4) + 1) / (day_to - day_from + 1) end" \
	" + 1000 * case when pay_min >= $11::int4 then 10000"                 \
	" when pay_max >= $11::int4"                                          \
	" then 10000 - 5000 * ($11::int4 - pay_min) / (pay_max - pay_min)"    \
	" else (5000::int8 * pay_max / $11::int4)::int4 end) / 10000"

#define ELIGIBLE                                           \
	" min_education <= $10::int2"                      \
	" and (kind <> 0 or (category = $4::int2"          \
	" and first_day >= $15::int4))"                    \
	" and (not adults_only or first_day >= $16::int4)" \
	" and (day_from is null or (day_from <= $13::int4" \
	" and day_to >= $12::int4))"                       \
	" and (not $9::bool or city = any($7::int4[]))"    \
	" and required <@ $14::int4[]"

#define BEST " order by score desc, published_us desc, id limit 20"
#define FROM "select id, " SCORE " as score from post where"

static const struct way {
	const char *name, *statement;
} ways[] = {
	{"exact", FROM ELIGIBLE BEST},
	{"skills", FROM ELIGIBLE " and (category = $4::int2"
				 " or asks && $14::int4[])" BEST},
	{"class", FROM ELIGIBLE " and class = $3::int2" BEST},
	{"narrow",
	 FROM ELIGIBLE " and (specialty = $1::int4 or"
		       " (class = $3::int2 and city = $6::int4))" BEST},
};

struct parameters {
	char value[PARAMETERS][VALUE_BYTES];
	const char *at[PARAMETERS];
};

static void set(struct parameters *to, int number, long long value)
{
	snprintf(to->value[number - 1], VALUE_BYTES, "%lld", value);
}

static void set_list(struct parameters *to, int number, const uint32_t *list,
		     size_t count)
{
	char *text = to->value[number - 1];
	int used = snprintf(text, VALUE_BYTES, "{");

	for (size_t i = 0; i < count; i++)
		used += snprintf(text + used, VALUE_BYTES - (size_t)used,
				 "%s%u", i ? "," : "", list[i]);
	snprintf(text + used, VALUE_BYTES - (size_t)used, "}");
}

static void fill(struct parameters *to, uint32_t number)
{
	struct city_student made;
	const struct match_student *student = &made.student;
	struct match_date adult;

	city_student(number, &made);
	set(to, 1, student->specialty);
	set(to, 2, student->specialty / 100);
	set(to, 3, match_specialty_class(student->specialty));
	set(to, 4, match_specialty_category(student->specialty));
	set(to, 5, student->home);
	set(to, 6, student->home / 100 * 100);
	set_list(to, 7, student->willing, student->willing_count);
	set(to, 8, student->is_willing_anywhere);
	set(to, 9, student->willing_count && !student->is_willing_anywhere);
	set(to, 10, student->education);
	set(to, 11, student->pay_fen / FEN_PER_YUAN);
	set(to, 12, student->available_from);
	set(to, 13, student->available_to);
	set_list(to, 14, made.skill, student->skill_count);
	set(to, 15,
	    match_day_from_date((struct match_date){
		    (int16_t)(student->entry_year + 1), 9, 1}));
	adult = student->birth;
	adult.year = (int16_t)(adult.year + 18);
	set(to, 16, match_day_from_date(adult));
	for (int i = 0; i < PARAMETERS; i++)
		to->at[i] = to->value[i];
}

static PGconn *connection;

static void run(const char *command)
{
	PGresult *result = PQexec(connection, command);

	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		fprintf(stderr, "%s", PQerrorMessage(connection));
	MATCH_INSIST(PQresultStatus(result) == PGRES_COMMAND_OK);
	PQclear(result);
}

static void prepare(void)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		PGresult *result =
			PQprepare(connection, ways[i].name, ways[i].statement,
				  PARAMETERS, NULL);

		if (PQresultStatus(result) != PGRES_COMMAND_OK)
			fprintf(stderr, "%s", PQerrorMessage(connection));
		MATCH_INSIST(PQresultStatus(result) == PGRES_COMMAND_OK);
		PQclear(result);
	}
	/* Plans that know the values are the faster ones here. */
	run("set plan_cache_mode = force_custom_plan");
}

static PGresult *ask_by(const char *way, const struct parameters *parameters)
{
	PGresult *result = PQexecPrepared(connection, way, PARAMETERS,
					  parameters->at, NULL, NULL, 0);

	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		fprintf(stderr, "%s", PQerrorMessage(connection));
	MATCH_INSIST(PQresultStatus(result) == PGRES_TUPLES_OK);
	return result;
}

static PGresult *ask(const char *way, const struct parameters *parameters)
{
	PGresult *result;

	if (strcmp(way, "guarded") != 0)
		return ask_by(way, parameters);
	result = ask_by("class", parameters);
	if (PQntuples(result) == WANT &&
	    atoi(PQgetvalue(result, WANT - 1, 1)) > OUTSIDE_MOST)
		return result;
	PQclear(result);
	return ask_by("exact", parameters);
}

/* CPU of the backend so far. */
static double backend_cpu_ms(void)
{
	char path[64], line[1024], *after;
	unsigned long long user, kernel;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", PQbackendPID(connection));
	file = fopen(path, "r");
	MATCH_INSIST(file && fgets(line, sizeof(line), file));
	fclose(file);
	after = strrchr(line, ')');
	MATCH_INSIST(after &&
		     sscanf(after + 1,
			    " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u"
			    " %llu %llu",
			    &user, &kernel) == 2);
	return (double)(user + kernel) * 1e3 / (double)sysconf(_SC_CLK_TCK);
}

static void write_answers(FILE *file, uint32_t student, const PGresult *result)
{
	for (int i = 0; i < PQntuples(result); i++)
		fprintf(file, "%u %s %s\n", student, PQgetvalue(result, i, 0),
			PQgetvalue(result, i, 1));
}

static void time_way(const char *way, uint32_t students, uint32_t queries,
		     FILE *answers)
{
	struct laps laps;
	double cpu = backend_cpu_ms();

	laps_open(&laps, queries);
	for (uint32_t i = 0; i < queries; i++) {
		uint32_t student = (uint32_t)((uint64_t)i * 7919 % students);
		struct parameters parameters;
		PGresult *result;
		uint64_t start;

		fill(&parameters, student);
		start = now_ns();
		result = ask(way, &parameters);
		laps_add(&laps, now_ns() - start);
		if (i < ANSWERED)
			write_answers(answers, student, result);
		PQclear(result);
	}
	laps_say(&laps, way, backend_cpu_ms() - cpu);
	laps_close(&laps);
}

int main(int argument_count, char **arguments)
{
	FILE *answers;

	MATCH_INSIST(argument_count == 7);
	city_open(arguments[1]);
	answers = fopen(arguments[5], "w");
	MATCH_INSIST(answers);
	connection = PQconnectdb(arguments[6]);
	MATCH_INSIST(PQstatus(connection) == CONNECTION_OK);
	prepare();
	time_way(arguments[4], (uint32_t)strtoul(arguments[2], NULL, 10),
		 (uint32_t)strtoul(arguments[3], NULL, 10), answers);
	PQfinish(connection);
	fclose(answers);
	return 0;
}
