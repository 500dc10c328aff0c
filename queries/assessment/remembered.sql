-- Điều đã biết về những người vừa xét, để lần sau thấy ai có điều khác.
delete from store.main.person_hash where person_id in (select t.person_id from touched as t);

insert into store.main.person_hash
select person_id, facts
from fact_hash
where person_id in (select t.person_id from touched as t);
