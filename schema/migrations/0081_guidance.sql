-- The pay bands in their order, the lowest 1.
create function pay_band_of(place integer) returns text
language sql immutable parallel safe
return (array['below_2000', 'below_4000', 'below_6000', 'below_8000',
	'below_10000', 'from_10000'])[place];
