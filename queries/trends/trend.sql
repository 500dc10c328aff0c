-- Mỗi dòng là một nhóm vào một ngày từ ngày đầu đến ngày đang xem (từng ngày, cuối tháng, cuối quý hoặc cuối năm): bao
-- nhiêu người có tiêu chuẩn đang áp dụng, chưa đạt, thiếu dữ liệu, còn trong lộ trình. Đếm đúng đến ngày.
with spell as (
    select group_code, person_id, from_on, to_on, severity(verdict) as severity
    from judged(null::date, $scope, $communes, $groups, $posts, $criteria, $search)
    where in_scope and from_on <= $as_of and to_on > $from_on
),

-- Who is at least so badly off on a day: the length of one unbroken run, begun once and ended once.
reached as (
    select l.least, s.group_code, s.person_id, s.from_on, s.to_on
    from spell as s
    inner join (values (0), (3), (4), (5)) as l (least) on s.severity >= l.least
    group by all
),

joined as (
    select
        *,
        max(to_on) over (
            partition by least, group_code, person_id order by from_on, to_on
            rows between unbounded preceding and 1 preceding
        ) as so_far
    from reached
),

step as (
    select least, group_code, from_on as on_date, 1 as delta
    from joined
    where so_far is null or so_far < from_on
    union all
    -- A run ends where the furthest end so far is before the next beginning, or is the last of all.
    select least, group_code, so_far, -1 from joined where so_far < from_on
    union all
    select least, group_code, max(to_on), -1 from joined group by least, group_code, person_id
),

running as (
    select
        least, group_code, on_date,
        sum(sum(delta)) over (partition by least, group_code order by on_date) as people
    from step
    group by least, group_code, on_date
),

counted as (
    select d.as_of, g.group_code, l.least, coalesce(r.people, 0) as people
    from days_between($from_on, $as_of, $step) as d
    cross join (select distinct group_code from step) as g
    cross join (values (0), (3), (4), (5)) as l (least)
    asof left join running as r
        on g.group_code = r.group_code and l.least = r.least and d.as_of >= r.on_date
),

wide as (
    select
        as_of, group_code,
        sum(people) filter (where least = 0)::bigint as total, sum(people) filter (where least = 5)::bigint as below,
        sum(people) filter (where least = 4)::bigint as four, sum(people) filter (where least = 3)::bigint as three
    from counted
    group by as_of, group_code
)

select
    w.as_of, w.group_code as "group", w.total, w.below, w.four - w.below as unknown, w.three - w.four as transitional
from wide as w
inner join label as l on l.domain = 'group' and w.group_code = l.code
where w.total > 0
order by w.as_of, l.sort, w.group_code;
