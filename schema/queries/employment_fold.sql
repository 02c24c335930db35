-- Puts changes of the counts of graduates, of follow-ups, of what guidance
-- tells, of what is asked for and pays, of seats that were taken and of who
-- entered together; how many of the kind that had most.
-- $1 how many of each at most
select greatest(fold_graduate_counts($1::integer),
	fold_follow_up_counts($1::integer), fold_guided_counts($1::integer),
	fold_demand_counts($1::integer), fold_pay_counts($1::integer),
	fold_seat_counts($1::integer), fold_entrant_counts($1::integer))
