-- The divisions that addresses name, for records/division_names.h: code, name.
select code, name
from division
where is_current and not statistical_only and char_length(code) = 6
order by code
