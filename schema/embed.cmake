# Turns schema/queries/*.sql and schema/migrations/*.sql into C: OUT/wire/sql.h
# and OUT/wire/sql.c. Run by server/CMakeLists.txt with -DSCHEMA=dir -DOUT=dir.
# A file that would not change is left alone, so that a new text of a query
# recompiles one file and a new query all that know the list.
cmake_minimum_required(VERSION 3.25)

# text as one C string literal per line; ? is escaped against trigraphs
function(c_literal text out)
	string(REPLACE "\\" "\\\\" text "${text}")
	string(REPLACE "\"" "\\\"" text "${text}")
	string(REPLACE "?" "\\?" text "${text}")
	string(REPLACE "\r" "\\r" text "${text}")
	string(REPLACE "\t" "\\t" text "${text}")
	string(REPLACE "\n" "\\n\"\n\t\t\"" text "${text}")
	set(${out} "\"${text}\"" PARENT_SCOPE)
endfunction()

# the highest $n outside of comments
function(highest_parameter text out)
	string(REGEX REPLACE "--[^\n]*" "" bare "${text}")
	string(REGEX MATCHALL "\\$[0-9]+" used "${bare}")
	set(most 0)
	foreach(one IN LISTS used)
		string(SUBSTRING "${one}" 1 -1 number)
		if(number GREATER most)
			set(most ${number})
		endif()
	endforeach()
	set(${out} ${most} PARENT_SCOPE)
endfunction()

# whether the text is a page: it reads, with a limit that the asker gives
function(is_page text out)
	string(REGEX REPLACE "--[^\n]*" "" bare "${text}")
	set(${out} FALSE PARENT_SCOPE)
	if(bare MATCHES "limit \\$[0-9]" AND
			NOT bare MATCHES "(insert into|update|delete from) ")
		set(${out} TRUE PARENT_SCOPE)
	endif()
endfunction()

function(write_if_new path content)
	if(EXISTS "${path}")
		file(READ "${path}" old)
		if(old STREQUAL content)
			return()
		endif()
	endif()
	file(WRITE "${path}" "${content}")
endfunction()

file(GLOB queries "${SCHEMA}/queries/*.sql")
file(GLOB steps "${SCHEMA}/migrations/*.sql")
list(SORT queries)
list(SORT steps)

list(LENGTH queries file_count)
set(ids "")
set(texts "")
set(totals "")
set(total_ids "")
set(total_texts "")
foreach(path IN LISTS queries)
	get_filename_component(name "${path}" NAME_WE)
	if(NOT name MATCHES "^[a-z][a-z0-9_]*$" OR name STREQUAL "count")
		message(FATAL_ERROR "${path}: a query is called like_this.sql")
	endif()
	file(READ "${path}" text)
	string(TOUPPER "${name}" word)
	highest_parameter("${text}" parameters)
	c_literal("${text}" literal)
	string(APPEND ids "\tSQL_${word},\n")
	set(anew false)
	if(text MATCHES "\n-- Planned anew: ")
		set(anew true)
	endif()
	is_page("${text}" page)
	set(total SQL_COUNT)
	if(page)
		set(total SQL_${word}_TOTAL)
		string(APPEND total_ids "\t${total},\n")
		c_literal("select count(*) from (\n${text}) as listed" counted)
		string(APPEND total_texts "\t{ \"${name}_total\",\n"
			"\t\t${counted}, ${parameters}, ${anew} },\n")
	endif()
	string(APPEND totals "\t${total},\n")
	string(APPEND texts
		"\t{ \"${name}\",\n\t\t${literal},\n\t\t${parameters}, ${anew} },\n")
endforeach()

set(migrations "")
set(count 0)
set(last 0)
foreach(path IN LISTS steps)
	get_filename_component(file "${path}" NAME_WE)
	if(NOT file MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
		message(FATAL_ERROR "${path}: a migration is called 0001_like_this.sql")
	endif()
	set(name "${CMAKE_MATCH_2}")
	math(EXPR number "1${CMAKE_MATCH_1} - 10000")
	if(NOT number GREATER last)
		message(FATAL_ERROR "${path}: this number is taken")
	endif()
	set(last ${number})
	file(READ "${path}" text)
	file(SHA256 "${path}" hash)
	c_literal("${text}" literal)
	set(mended "")
	if(text MATCHES "^-- Mends ([0-9a-f]+)")
		set(mended "${CMAKE_MATCH_1}")
	endif()
	string(APPEND migrations
		"\t{ ${number}, \"${name}\", \"${hash}\", \"${mended}\",\n"
		"\t\t${literal} },\n")
	math(EXPR count "${count} + 1")
endforeach()

write_if_new("${OUT}/wire/sql.h"
"/* Made from schema/ by schema/embed.cmake: edit the .sql files instead. */
#ifndef WIRE_SQL_H
#define WIRE_SQL_H

#include <stdbool.h>

enum sql_id {
${ids}${total_ids}	SQL_COUNT
};

/*
 * The statement of schema/queries/name.sql, and the n of its highest $n.
 * is_planned_anew: each time that it is asked, for its parameters; else a plan
 * is kept that suits all of them (PostgreSQL's plan_cache_mode).
 */
struct sql_text {
	const char *name, *text;
	int param_count;
	bool is_planned_anew;
};
extern const struct sql_text sql_texts[];	/* SQL_COUNT of them */

/*
 * Of a page (a read with limit $n): the statement, made of it, that says how
 * many rows there are, with the same parameters, the limit being null.
 * SQL_COUNT: it is none. As many as there are files, which come first.
 */
enum { SQL_FILE_COUNT = ${file_count} };
extern const enum sql_id sql_totals[];

/*
 * A file of schema/migrations, in order of its number. sha256: of the file, in
 * hex; mended: of the text whose place it took (schema/README.md), or \"\".
 */
struct migration {
	int number;
	const char *name, *sha256, *mended, *text;
};
extern const struct migration migrations[];
extern const int migration_count;

#endif
")
write_if_new("${OUT}/wire/sql.c"
"/* Made from schema/ by schema/embed.cmake: edit the .sql files instead. */
#include \"wire/sql.h\"

#include <stddef.h>

const struct sql_text sql_texts[] = {
${texts}${total_texts}	{ NULL, NULL, 0, false }
};

const enum sql_id sql_totals[] = {
${totals}};

const struct migration migrations[] = {
${migrations}	{ 0, NULL, NULL, NULL, NULL }
};

const int migration_count = ${count};
")
