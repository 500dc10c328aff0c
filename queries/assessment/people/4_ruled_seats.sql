-- Mỗi chức vụ đang giữ gặp mỗi dòng quy định ràng buộc nó: khoảng thời gian chung của hai bên.
create or replace temp table ruled_seat as
select
    s.posting_id, s.person_id, s.unit_id, s.post, s.group_code, r.criterion,
    s.seat_from, s.seat_to, s.moved_unit, s.moves_on,
    greatest(s.seat_from, r.from_on) as from_on, least(s.seat_to, r.to_on) as to_on,
    r.standard, r.decision, r.required, r.required_first, r.required_rank, r.first_rank, r.at_rank, r.floor_rank,
    r.or_standard, r.or_required, r.or_field, r.or_rank,
    r.max_age_male, r.max_age_female, r.min_months_left, r.grace_until, r.after_grace,
    s.first_held_on, s.first_held_precision,
    r.kind, r.from_on as law_from, r.to_on as law_to,
    -- Does the row for first holders bind this person? Unknown where the date of first holding is.
    case
        when r.required_first is null then false
        when s.first_held_on >= r.effective_from then true
        when latest(coalesce(s.first_held_on, s.from_on), coalesce(s.first_held_precision, s.from_precision))
            < r.effective_from then false
    end as bound,
    case
        when r.grace_until is null then false
        when s.service_by < r.grace_in_post_before then true
        when s.service_from >= r.grace_in_post_before then false
    end as has_grace
from seat as s
inner join unit_regime as g on s.unit_id = g.unit_id
inner join rule as r
    on g.regime = r.regime and s.post = r.post and s.seat_from < r.to_on and s.seat_to > r.from_on
where r.kind <> 'training';

-- Từ ngày nào một người có văn bằng đúng ngành ở mức mà một dòng riêng coi là đủ ('has'), hoặc có thể có ('field': chưa
-- rõ ngành, 'field_fit': ngành chưa đối chiếu).
create or replace temp table alternative_step as
with asked as (
    select distinct person_id, or_standard, or_field, or_rank
    from ruled_seat
    where or_standard is not null
),

day as (
    select
        a.person_id, a.or_standard, q.effective_on,
        max(
            case
                when q.field_group <> a.or_field then 0
                when q.field is not null and q.field_group is null then 1
                when q.rank is null or q.field_group is null then 2
                else 3
            end
        ) as state,
        min(q.field) filter (where q.rank is not null and q.field_group = a.or_field) as field
    from asked as a
    inner join qualified as q
        on a.person_id = q.person_id and q.criterion = 'chuyen_mon' and q.status = 'da_co'
        and (q.rank is null or q.rank >= a.or_rank)
    group by a.person_id, a.or_standard, q.effective_on
),

running as (
    select
        person_id, or_standard, effective_on as from_on, max(state) over w as state, min(field) over w as field
    from day
    window w as (partition by person_id, or_standard order by effective_on)
),

-- A further certificate that changes nothing does not cut the spell.
turn as (
    select * from running
    qualify state is distinct from lag(state, 1, 0) over (partition by person_id, or_standard order by from_on)
)

select
    person_id, or_standard, from_on, ['field_fit', 'field', 'has'][state] as state, field,
    lead(from_on, 1, date '9999-12-31') over (partition by person_id, or_standard order by from_on) as to_on
from turn
union all
select person_id, or_standard, date '0001-01-01', null, null, min(from_on)
from turn
group by person_id, or_standard;
