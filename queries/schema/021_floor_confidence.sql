-- Mức độ đã đối chiếu của mức thấp nhất mà UBND tỉnh được đặt, có thể khác của mức phải đạt.
create or replace table standard as
select *, null::varchar as floor_confidence
from standard;
