-- Dữ kiện hiện hành của những ai đợt $batch_id nói đến: mỗi trường là điều đợt còn hiệu lực gần nhất đã nói.
create or replace temp table live_batch as select batch_id from live_batch();

-- Một trình độ có thể phải nhường trình độ khác của cùng tiêu chí, nên đợt này động đến tất cả.
create or replace temp table touched_qualification as
select distinct q.qualification_id
from qualification_claim as q
inner join qualification_claim as n on q.person_id = n.person_id and q.criterion = n.criterion
where n.batch_id = $batch_id;

-- Mốc thời gian: điều được nhận gần nhất, trừ khi một đợt sau đó nói rõ hơn nhưng đã nhường một đợt nay đã hoàn tác.
create or replace temp table moment as
with claim as (
    select 'birth' as what, person_id as id, birth_on as on_date, birth_precision as p, birth_yields as yields, batch_id
    from person_claim
    where person_id in (select n.person_id from person_claim as n where n.batch_id = $batch_id)
    union all
    select 'from', posting_id, from_on, from_precision, from_yields, batch_id
    from posting_claim
    where posting_id in (select n.posting_id from posting_claim as n where n.batch_id = $batch_id)
    union all
    select 'first_held', posting_id, first_held_on, first_held_precision, first_yields, batch_id
    from posting_claim
    where posting_id in (select n.posting_id from posting_claim as n where n.batch_id = $batch_id)
    union all
    select 'obtained', qualification_id, obtained_on, obtained_precision, obtained_yields, batch_id
    from qualification_claim
    where qualification_id in (select t.qualification_id from touched_qualification as t)
),

live as (
    select
        c.*,
        max(c.batch_id) filter (where not c.yields) over (partition by c.what, c.id) as taken,
        arg_max(c.on_date, c.batch_id) filter (where not c.yields) over (partition by c.what, c.id) as taken_on,
        arg_max(c.p, c.batch_id) filter (where not c.yields) over (partition by c.what, c.id) as taken_p
    from claim as c
    inner join live_batch as b on c.batch_id = b.batch_id
    where c.on_date is not null
)

select what, id, on_date, p
from live
where
    not yields or taken is null
    or (
        batch_id > taken
        and if(
            what = 'birth', says_more(on_date, p, taken_on, taken_p), clearer(on_date, p, taken_on, taken_p)
        )
    )
qualify row_number() over (
        partition by what, id
        order by
            yields desc, if(yields, null, batch_id) desc, latest(on_date, p), p = 'bao_cao', on_date desc, batch_id desc
    ) = 1;

delete from person where person_id in (select person_id from person_claim where batch_id = $batch_id);

insert into person by name
with claim as (
    select c.*, (not coalesce(c.repeats, false), c.batch_id) as weight
    from person_claim as c
    inner join live_batch as b on c.batch_id = b.batch_id
    where c.person_id in (select n.person_id from person_claim as n where n.batch_id = $batch_id)
)

select
    c.person_id, arg_max(c.full_name, c.weight) as full_name, arg_max(c.family_name, c.weight) as family_name,
    arg_max(c.given_name, c.weight) as given_name, text_key(arg_max(c.full_name, c.weight)) as name_key,
    arg_max(c.spelled, c.weight) as spelled, any_value(m.on_date) as birth_on, any_value(m.p) as birth_precision,
    arg_max(c.gender, c.weight) as gender,
    arg_max(c.ethnicity, c.weight) as ethnicity, arg_max(c.identifier, c.weight) as identifier,
    max(c.batch_id) as batch_id
from claim as c
left join moment as m on m.what = 'birth' and c.person_id = m.id
group by c.person_id
having arg_max(c.full_name, c.weight) is not null;

delete from posting where posting_id in (select posting_id from posting_claim where batch_id = $batch_id);

insert into posting by name
select
    c.posting_id, arg_max(c.person_id, c.batch_id) as person_id, arg_max(c.unit_id, c.batch_id) as unit_id,
    arg_max(c.post, c.batch_id) as post, any_value(m.on_date) as from_on, any_value(m.p) as from_precision,
    -- The last day of all is how a batch says that a post has not ended after all.
    nullif(arg_max(c.to_on, c.batch_id), date '9999-12-31') as to_on,
    case when arg_max(c.to_on, c.batch_id) < date '9999-12-31' then arg_max(c.end_reason, c.batch_id) end as end_reason,
    any_value(f.on_date) as first_held_on, any_value(f.p) as first_held_precision,
    arg_max(c.evidence, c.batch_id) as evidence, max(c.batch_id) as batch_id
from posting_claim as c
inner join live_batch as b on c.batch_id = b.batch_id
left join moment as m on m.what = 'from' and c.posting_id = m.id
left join moment as f on f.what = 'first_held' and c.posting_id = f.id
where c.posting_id in (select posting_id from posting_claim where batch_id = $batch_id)
group by c.posting_id
having not arg_max(c.withdrawn, c.batch_id) and arg_max(c.from_on, c.batch_id) is not null;

delete from qualification where qualification_id in (select qualification_id from touched_qualification);

insert into qualification by name
with fact as (
    select
        c.qualification_id, arg_max(c.person_id, c.batch_id) as person_id,
        arg_max(c.criterion, c.batch_id) as criterion,
        arg_max(c.level, c.batch_id) as level, arg_max(c.field, c.batch_id) as field,
        arg_max(c.status, c.batch_id) as status,
        any_value(m.on_date) as obtained_on, any_value(m.p) as obtained_precision,
        min(c.reported_on) as reported_on,
        arg_max(c.evidence, c.batch_id) as evidence, max(c.batch_id) as batch_id,
        bool_and(coalesce(c.yields, false)) as yields
    from qualification_claim as c
    inner join live_batch as b on c.batch_id = b.batch_id
    left join moment as m on m.what = 'obtained' and c.qualification_id = m.id
    where c.qualification_id in (select qualification_id from touched_qualification)
    group by c.qualification_id
    having not arg_max(c.withdrawn, c.batch_id)
)

select f.* exclude (yields)
from fact as f
left join level as l on f.criterion = l.criterion and f.level = l.level
where
    not f.yields
    or not exists (
        select 1
        from fact as o
        inner join level as h on o.criterion = h.criterion and o.level = h.level
        where
            o.person_id = f.person_id and o.criterion = f.criterion and o.status = 'da_co' and not o.yields
            and (h.rank > l.rank or (h.rank = l.rank and f.status <> 'da_co'))
            -- A level reached later does not deny what was true before.
            and counts_from(o.obtained_on, o.obtained_precision, o.reported_on) <= f.reported_on
    );
