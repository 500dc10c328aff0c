-- Các tiêu chí so theo mức: văn hóa, chuyên môn, lý luận chính trị, tin học, ngoại trừ ngành và tuổi.
create or replace temp table ranked_spell as
with held as (
    select
        r.*, h.rank, h.level as held,
        greatest(r.from_on, coalesce(h.from_on, r.from_on)) as held_from,
        least(r.to_on, coalesce(h.to_on, r.to_on)) as held_to,
        outcome(h.rank, h.studying_rank, r.required_rank) as by_level,
        outcome(h.rank, h.studying_rank, r.first_rank) as by_first
    from (
        select * from ruled_seat
        where kind = 'level'
    ) as r
    left join held_step as h
        on r.person_id = h.person_id and r.criterion = h.criterion and r.from_on < h.to_on and r.to_on > h.from_on
),

step as (
    select
        h.* exclude (held_from, held_to), a.state,
        greatest(h.held_from, coalesce(a.from_on, h.held_from)) as held_from,
        least(h.held_to, coalesce(a.to_on, h.held_to)) as held_to,
        case
            when a.state = 'has' then 'meets'
            when a.state is not null and h.by_level = 'below' then 'unknown'
            else h.by_level
        end as for_all,
        if(h.required_first is null, for_all, h.by_first) as for_first
    from held as h
    left join alternative_step as a
        on h.person_id = a.person_id and h.or_standard = a.or_standard and h.by_level <> 'meets'
        and h.held_from < a.to_on and h.held_to > a.from_on
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
        end as before_grace,
        coalesce(for_all <> by_level, false) as by_alternative
    from step
)

select
    posting_id, person_id, unit_id, post, group_code, criterion, seat_from, seat_to, moved_unit, moves_on,
    if(by_alternative, or_standard, standard) as standard, if(by_alternative, null, decision) as decision,
    grace_until, after_grace, has_grace, law_from, law_to, before_grace, kind, from_on as rule_from, to_on as rule_to,
    coalesce(held_from, from_on) as from_on,
    coalesce(held_to, to_on) as to_on,
    case
        when kind <> 'level' then kind
        when by_alternative then nullif(state, 'has')
        when before_grace = 'unknown' and 'unknown' not in (for_all, for_first) then 'first_held_on'
        when before_grace = 'unknown' then 'level'
        when before_grace = 'below' and rank is null then 'studying'
    end as because,
    case when before_grace = 'below' and rank is null then 'dang_hoc' else held end as held,
    case
        when by_alternative then or_required
        when coalesce(bound, true) and required_first is not null then required_first
        else required
    end as required,
    coalesce(before_grace = 'below' and rank >= floor_rank, false) as could_be_lowered
from decided;
