-- Ai giữ chức vụ nào, ở đơn vị nào theo từng thời điểm.
create or replace temp table seat as
with live as (
    select
        p.posting_id, p.person_id, p.unit_id, p.post, p.from_on, p.from_precision, p.to_on, p.end_reason,
        p.first_held_on, p.first_held_precision, t.group_code
    from posting as p
    inner join post as t on p.post = t.post
    where p.person_id in (select person_id from concerned)
),

service as (
    -- When the person first served in this group, as far as the data say: it decides who enjoys a transition
    -- period. A seat known only from a report began no later than the report, and nobody knows how much earlier.
    select
        person_id, group_code,
        min(least(latest(from_on, from_precision), latest(first_held_on, first_held_precision))) as service_by,
        min(
            case
                when first_held_on is null and from_precision = 'bao_cao' then date '0001-01-01'
                else coalesce(first_held_on, from_on)
            end
        ) as service_from
    from live
    group by person_id, group_code
)

select
    l.posting_id, l.person_id, t.now_unit as unit_id, l.post, l.group_code,
    greatest(l.from_on, t.from_on) as seat_from,
    least(coalesce(l.to_on, date '9999-12-31'), t.to_on) as seat_to,
    l.from_on, l.from_precision, l.end_reason, l.first_held_on, l.first_held_precision, s.service_from, s.service_by,
    t.from_on > l.from_on as moved_unit,
    t.to_on < coalesce(l.to_on, date '9999-12-31') as moves_on
from live as l
inner join unit_succession as t on l.unit_id = t.unit_id
inner join service as s on l.person_id = s.person_id and l.group_code = s.group_code
where greatest(l.from_on, t.from_on) < least(coalesce(l.to_on, date '9999-12-31'), t.to_on)
order by unit_id, l.person_id;
