-- More of the law, and a history in its order.

-- now() is when a transaction began: of two that changed one row at the same
-- moment the second may have begun first. Its row is locked when the event is
-- written, so the clock tells them in the order in which they came.
alter table event alter column at set default clock_timestamp();
