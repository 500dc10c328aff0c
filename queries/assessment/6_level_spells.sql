-- Các tiêu chí so theo mức: văn hóa, chuyên môn, lý luận chính trị, tin học, ngoại trừ ngành và tuổi.
create or replace temp table ranked_spell as
with step as (
    select
        r.*, h.rank, h.level as held, h.from_on as held_from, h.to_on as held_to,
        outcome(h.rank, h.studying_rank, r.required_rank) as for_all,
        case
            when r.required_first is null then outcome(h.rank, h.studying_rank, r.required_rank)
            else outcome(h.rank, h.studying_rank, r.first_rank)
        end as for_first
    from (
        select * from ruled_seat
        where kind = 'level'
    ) as r
    left join held_step as h
        on r.person_id = h.person_id and r.criterion = h.criterion and r.from_on < h.to_on and r.to_on > h.from_on
    union all by name
    select * from ruled_seat
    where kind in ('province_sets', 'out_of_scope') and criterion not in ('nganh', 'tuoi_lan_dau')
),

decided as (
    select
        *,
        case
            when kind <> 'level' then 'exempt'
            when bound then for_first
            when not bound or for_all = for_first then for_all
            else 'unknown'
        end as before_grace
    from step
)

select
    posting_id, person_id, unit_id, post, group_code, criterion, seat_from, seat_to, moved_unit, moves_on, standard,
    decision,
    grace_until, after_grace, has_grace, law_from, law_to, before_grace, kind, from_on as rule_from, to_on as rule_to,
    greatest(from_on, coalesce(held_from, from_on)) as from_on,
    least(to_on, coalesce(held_to, to_on)) as to_on,
    case
        when kind <> 'level' then kind
        when before_grace = 'unknown' and 'unknown' not in (for_all, for_first) then 'first_held_on'
        when before_grace = 'unknown' then 'level'
        when before_grace = 'below' and rank is null then 'studying'
    end as because,
    case when before_grace = 'below' and rank is null then 'dang_hoc' else held end as held,
    case when coalesce(bound, true) and required_first is not null then required_first else required end as required,
    coalesce(before_grace = 'below' and rank >= floor_rank, false) as could_be_lowered
from decided;
