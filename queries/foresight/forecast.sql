-- Mỗi dòng là cuối một quý (hoặc ngày, tháng, năm, tùy chọn) từ ngày đang xem đến ngày đã chọn: bao nhiêu người sẽ chưa
-- đạt, thiếu dữ liệu, trong lộ trình nếu không làm gì thêm, theo các văn bản đã ban hành. Có hai đầu vì ngày chưa chắc:
-- sớm nhất và muộn nhất mỗi người nghỉ hưu theo ngày sinh của mình, mỗi lớp đang học kết thúc; nghỉ tinh giản đã phê
-- duyệt và hết thời hạn chuyển tiếp thì ngày đã rõ.
with day as (
    select distinct
        least(
            case $step
                when 'day' then d::date
                when 'month' then last_day(d::date)
                when 'quarter' then (date_trunc('quarter', d::date) + interval 3 month)::date - 1
                else make_date(year(d::date), 12, 31)
            end, $until
        ) as as_of
    from generate_series($as_of::timestamp, $until::timestamp, interval 1 day) as t (d)
    union
    select $as_of as as_of
),

-- Who is at least so badly off on a day: the length of one unbroken run, begun once and ended once.
reached as (
    select l.least, f.variant, f.person_id, f.from_on, f.to_on
    from foreseen as f
    inner join (values (0), (3), (4), (5)) as l (least) on severity(f.verdict) >= l.least
    where f.in_scope
    group by all
),

joined as (
    select
        *,
        max(to_on) over (
            partition by least, variant, person_id order by from_on, to_on
            rows between unbounded preceding and 1 preceding
        ) as so_far
    from reached
),

step as (
    select least, variant, from_on as on_date, 1 as delta
    from joined
    where so_far is null or so_far < from_on
    union all
    select least, variant, so_far, -1 from joined where so_far < from_on
    union all
    select least, variant, max(to_on), -1 from joined group by least, variant, person_id
),

running as (
    select
        least, variant, on_date, sum(sum(delta)) over (partition by least, variant order by on_date) as people
    from step
    group by least, variant, on_date
),

counted as (
    -- Both ends on every day: where everybody has left early there is nobody, which is a number too.
    select d.as_of, v.variant, l.least, coalesce(r.people, 0)::bigint as people
    from day as d
    cross join (values ('early'), ('late')) as v (variant)
    cross join (values (0), (3), (4), (5)) as l (least)
    asof left join running as r
        on v.variant = r.variant and l.least = r.least and d.as_of >= r.on_date
),

wide as (
    select
        as_of, variant, max(people) filter (where least = 0) as total, max(people) filter (where least = 5) as below,
        max(people) filter (where least = 4) - max(people) filter (where least = 5) as unknown,
        max(people) filter (where least = 3) - max(people) filter (where least = 4) as transitional
    from counted
    group by as_of, variant
)

select
    as_of, min(total) as total_low, max(total) as total_high, min(below) as below_low, max(below) as below_high,
    min(unknown) as unknown_low, max(unknown) as unknown_high, min(transitional) as transitional_low,
    max(transitional) as transitional_high
from wide
group by as_of
having max(total) > 0
order by as_of;
