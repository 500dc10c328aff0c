-- Trình độ của từng người theo thời gian. Mức chưa rõ ngày đạt được tính từ ngày danh sách đầu tiên nêu nó.
create or replace temp table qualified as
select
    q.person_id, q.criterion, q.level, q.field, q.status, l.rank, w.field_group,
    counts_from(q.obtained_on, q.obtained_precision, q.reported_on) as effective_on
from qualification as q
left join level as l on q.criterion = l.criterion and q.level = l.level
left join field_meaning as w on text_key(q.field) = w.word
where q.person_id in (select person_id from concerned);

create or replace temp table held_step as
with day as (
    select
        person_id, criterion, effective_on,
        max(rank) filter (where status = 'da_co') as day_rank,
        arg_max(level, rank) filter (where status = 'da_co') as day_level,
        min(rank) filter (where status = 'dang_hoc') as day_open
    from qualified
    group by person_id, criterion, effective_on
),

running as (
    select
        person_id, criterion, effective_on as from_on,
        max(day_rank) over w as rank,
        arg_max(day_level, day_rank) over w as level,
        min(day_open) over w as studying_rank
    from day
    window w as (partition by person_id, criterion order by effective_on)
)

select
    person_id, criterion, from_on, rank, level, studying_rank,
    lead(from_on, 1, date '9999-12-31') over (partition by person_id, criterion order by from_on) as to_on
from running
union all
select person_id, criterion, date '0001-01-01', null, null, null, min(effective_on)
from day
group by person_id, criterion;
