-- Kho đang giữ số liệu của ai, tính đến ngày nào, có phải dữ liệu minh họa không. Cơ quan là cơ quan vào ngày đã chọn:
-- huyện không còn thì tên cũ không còn đúng, chưa ai ghi tên mới thì để trống.
with told as (
    -- What the office is called from a day on; at first as it was called when the store was opened.
    select * from office_period
    union all by name
    select
        date '0001-01-01' as from_on, (select value from meta where name = 'office_name') as office_name,
        (select value from meta where name = 'office_parent') as office_parent,
        (select value from meta where name = 'office_place') as office_place
),

office as (
    select * from told
    where from_on <= $as_of
    qualify row_number() over (order by from_on desc) = 1
),

tier as (select min(ended_on) as ended_on from government_tier where tier = 'huyen'),

here as (
    select
        case when t.ended_on > $as_of then u.district end as district, u.province, u.valid_from, t.ended_on
    from unit as u
    cross join tier as t
    where is_there(u.valid_from, u.ended_on, $as_of)
),

-- The district that the letterhead names, and that is no more on the day.
former as (
    select any_value(u.district) as district
    from unit as u
    cross join office as o
    cross join tier as t
    where
        contains(text_key(o.office_parent), text_key(u.district))
        and u.district not in (select h.district from here as h where h.district is not null)
        -- What was entered for the time after the end of districts is right as it stands.
        and not (o.from_on >= t.ended_on)
),

now as (
    select
        count(distinct district) as districts, any_value(district) as district,
        -- Provinces changed with the end of districts: one that was entered before is not known to be there still.
        case when count(distinct province) = 1 and bool_and(valid_from >= ended_on) then any_value(province) end
            as province,
        case when count(district) > 0 then max(valid_from) else min(ended_on) end as since
    from here
)

select
    coalesce(
        (select max(as_of) from live_batch()),
        (select try_cast(value as date) from meta where name = 'starts_on'), $as_of
    ) as data_as_of,
    coalesce((select min(seat_from) from seat), date '0001-01-01') as data_from,
    (select value from meta where name = 'sample') is not null as sample,
    case
        when f.district is null then o.office_parent
        when n.districts = 1 then 'UBND ' || upper(n.district)
        else 'UBND ' || upper(n.province)
    end as office_parent,
    case when f.district is null or n.districts > 0 then o.office_name end as office_name,
    case when f.district is null then o.office_place end as office_place,
    case when f.district is not null then n.since else nullif(o.from_on, date '0001-01-01') end as office_from,
    f.district as former_district,
    (select value from meta where name = 'map') as map
from office as o
cross join former as f
cross join now as n
order by data_as_of;
