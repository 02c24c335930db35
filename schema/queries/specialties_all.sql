-- The whole catalogue, for records/catalogue.h: code, name, level.
select p.code, p.name, p.level
from specialty p
