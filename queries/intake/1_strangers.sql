-- Mọi dòng đều là người chưa biết: để xét một danh sách mà không hỏi ai là ai.
create or replace temp table question as
select null::bigint as who, null::bigint as person_id, null::bigint as same_as
where false;

create or replace temp table person_of as
select
    who, (select coalesce(max(person_id), 0) from person_claim) + row_number() over (order by who) as person_id,
    true as is_new
from incoming_person;
