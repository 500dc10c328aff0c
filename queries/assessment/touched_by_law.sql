-- Ai có điều luật đặt ra cho mình khác với lần xét trước: quy định của chức vụ ở đơn vị ấy, đơn vị thành đơn vị nào,
-- tên ngành thuộc nhóm nào, nhóm nào hợp với chức vụ. Tên của chế độ không kể, chỉ kể điều chế độ ấy đặt ra.
create or replace temp table bound as
with asked as (
    select true as is_new, regime, post, sum(hash(*columns(* exclude (regime)))) as rules
    from temp.main.rule
    group by regime, post
    union all
    select false as is_new, regime, post, sum(hash(*columns(* exclude (regime)))) as rules
    from store.main.rule
    group by regime, post
),

turned as (
    select true as is_new, s.*, g.regime
    from temp.main.unit_succession as s
    inner join temp.main.unit_regime as g on s.now_unit = g.unit_id
    union all by name
    select false as is_new, s.*, g.regime
    from store.main.unit_succession as s
    inner join store.main.unit_regime as g on s.now_unit = g.unit_id
)

select t.is_new, t.unit_id, a.post, sum(hash(t.now_unit, t.from_on, t.to_on, a.rules)) as law
from turned as t
inner join asked as a on t.is_new = a.is_new and t.regime = a.regime
group by t.is_new, t.unit_id, a.post
union all
select is_new, unit_id, null as post, sum(hash(now_unit, from_on, to_on)) as law
from turned
group by is_new, unit_id;

insert into touched
with changed as (
    select unit_id, post
    from bound
    group by unit_id, post, law
    having count(*) = 1
)

select p.person_id
from posting as p
where
    exists (select 1 from changed as c where p.unit_id = c.unit_id and p.post = c.post)
    or p.unit_id in (select c.unit_id from changed as c where c.post is null);

insert into touched
with fit as (
    select * from temp.main.field_fit
    union all
    select * from store.main.field_fit
),

changed as (
    select post
    from fit
    group by post, field_group, fits
    having count(*) = 1
)

select person_id
from posting
where post in (select c.post from changed as c);

insert into touched
with meaning as (
    select * from temp.main.field_meaning
    union all
    select * from store.main.field_meaning
),

changed as (
    select word
    from meaning
    group by word, field_group
    having count(*) = 1
)

select person_id
from qualification
where text_key(field) in (select c.word from changed as c);
