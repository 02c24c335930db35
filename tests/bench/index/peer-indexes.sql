-- After the rows are in.
create index post_specialty on post (specialty);
create index post_class_city on post (class, city);
create index post_category_city on post (category, city);
create index post_asks on post using gin (asks gin__int_ops);
vacuum analyze post;
