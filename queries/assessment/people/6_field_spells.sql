-- Ngành đào tạo: xét các bằng ở mức được yêu cầu trở lên; ai chưa tới mức đó thì xét bằng cao nhất đang có, để
-- thiếu một mức không bị tính thành hai lỗi.
create or replace temp table field_spell as
with piece as (
    select
        r.posting_id, r.from_on as rule_from, s.from_on as step_from,
        any_value(s.to_on) as step_to, any_value(s.rank) as max_rank,
        bool_or(f.fits) as any_fit,
        -- The days before the first certificate are open too: nothing is known of them.
        bool_or(f.fits is null) as any_open,
        bool_or(f.fits is null and q.field is not null) as any_unmapped,
        string_agg(distinct q.field, '; ' order by q.field) as held
    from ruled_seat as r
    inner join held_step as s
        on r.person_id = s.person_id and s.criterion = 'chuyen_mon' and r.from_on < s.to_on and r.to_on > s.from_on
    left join qualified as q
        on r.person_id = q.person_id and q.criterion = 'chuyen_mon' and q.status = 'da_co'
        and q.effective_on <= s.from_on
        and (q.rank is null or q.rank >= least(r.at_rank, coalesce(s.rank, r.at_rank)))
    left join field_fit as f on r.post = f.post and q.field_group = f.field_group
    where r.criterion = 'nganh' and r.kind = 'field'
    group by r.posting_id, r.from_on, s.from_on
),

judged as (
    select
        r.* exclude (standard, decision), a.state,
        -- What the general row leaves open or finds wanting, the row beside it may settle.
        r.kind = 'field' and coalesce(p.max_rank, -1) <> 0 and not coalesce(p.any_fit, false)
        and (a.state = 'has' or (a.state is not null and not p.any_open)) as by_alternative,
        if(by_alternative, r.or_standard, r.standard) as standard,
        if(by_alternative, null, r.decision) as decision,
        if(a.state = 'has' and by_alternative, a.field, p.held) as held,
        greatest(r.from_on, coalesce(p.step_from, r.from_on)) as spell_from,
        least(r.to_on, coalesce(p.step_to, r.to_on)) as spell_to,
        case
            when r.kind <> 'field' or p.max_rank = 0 then 'exempt'
            when p.any_fit or a.state = 'has' then 'meets'
            when p.any_open or p.step_from is null or a.state is not null then 'unknown'
            else 'below'
        end as before_grace,
        case
            when r.kind <> 'field' then r.kind
            when p.max_rank = 0 then 'untrained'
            when p.any_fit or a.state = 'has' then null
            when by_alternative then a.state
            when p.any_unmapped then 'field_fit'
            when p.any_open or p.step_from is null then 'field'
        end as because
    from ruled_seat as r
    left join piece as p on r.posting_id = p.posting_id and r.from_on = p.rule_from
    left join alternative_step as a
        on r.person_id = a.person_id and r.or_standard = a.or_standard
        and p.step_from >= a.from_on and p.step_from < a.to_on
    where r.criterion = 'nganh'
),

marked as (
    select
        *, concat_ws('|', before_grace, because, held, standard) as outcome,
        lag(concat_ws('|', before_grace, because, held, standard)) over seat_rule as outcome_before
    from judged
    window seat_rule as (partition by posting_id, from_on order by spell_from)
),

island as (
    -- A further certificate that changes nothing does not cut the spell.
    select
        *,
        count(*) filter (where outcome_before is distinct from outcome) over (
            partition by posting_id, from_on order by spell_from
        ) as nth
    from marked
)

select
    posting_id, person_id, unit_id, post, group_code, criterion, seat_from, seat_to, moved_unit, moves_on,
    standard, decision, grace_until, after_grace, has_grace, law_from, law_to, before_grace, kind,
    from_on as rule_from, to_on as rule_to, min(spell_from) as from_on, max(spell_to) as to_on,
    because, held, required, false as could_be_lowered
from island
group by
    posting_id, person_id, unit_id, post, group_code, criterion, seat_from, seat_to, moved_unit, moves_on,
    standard, decision, grace_until, after_grace, has_grace, law_from, law_to, before_grace, kind,
    island.from_on, island.to_on, because, held, required, nth;
