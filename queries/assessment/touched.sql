-- Ai có điều được ghi nhận về mình khác với lần xét trước.
create or replace temp table fact_hash as
select person_id, sum(fact) as facts
from (
    select person_id, hash(*columns(*)) as fact from store.main.person
    union all
    select person_id, hash(*columns(*)) as fact from store.main.posting
    union all
    select person_id, hash(*columns(*)) as fact from store.main.qualification
) as told
group by person_id;

create or replace temp table touched as
select coalesce(f.person_id, k.person_id) as person_id
from fact_hash as f
full join person_hash as k on f.person_id = k.person_id
where f.facts is distinct from k.facts;
