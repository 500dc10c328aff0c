-- Mỗi dòng là một khoản của một nhóm trong một năm, từ sau ngày đầu đến hết ngày đang xem: có mặt lúc đầu, đến, rời đi
-- theo từng lý do, có mặt lúc cuối; lúc đầu cộng đến trừ rời đi luôn bằng lúc cuối. Giữ chức vụ khác hoặc theo đơn vị
-- sáp nhập mà vẫn trong diện đang xem thì không phải đến hay đi; sang nhóm khác chỉ là đến và đi của từng nhóm, không
-- phải của tất cả. Ai đến rồi đi trong một năm tính ở cả hai khoản; ai giữ chức vụ của hai nhóm có mặt ở cả hai.
with period as (
    select
        y.year, greatest($from_on, make_date(y.year - 1, 12, 31)) as after_on,
        least($as_of, make_date(y.year, 12, 31)) as until_on
    from generate_series(year($from_on), year($as_of)) as y (year)
),

present as (
    select *
    from presence($from_on, $as_of, false, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
    union all
    select *
    from presence($from_on, $as_of, true, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
),

moved as (
    select
        p.year, f.group_code, f.flow, count(*) as people, sum(f.change) as change
    from flowed($from_on, $as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as f
    inner join period as p on f.on_date > p.after_on and f.on_date <= p.until_on
    group by p.year, f.group_code, f.flow
),

stock as (
    select
        d.year, r.group_code, d.flow, count(*) filter (where r.from_on <= d.on_date and r.to_on > d.on_date) as people
    from (
        select year, after_on as on_date, 'stock_start' as flow from period where after_on < until_on
        union all
        select year, until_on, 'stock_end' from period where after_on < until_on
    ) as d
    cross join present as r
    group by d.year, r.group_code, d.flow
),

listed as (
    select year, group_code, flow, people, 0 as change from stock
    union all
    select year, group_code, flow, people, change from moved
)

select
    i.year, i.group_code as "group", i.flow, i.people, i.change::integer as change
from listed as i
left join label as g on g.domain in ('group', '*') and i.group_code = g.code
left join label as l on l.domain = 'flow' and i.flow = l.code
order by i.year, g.sort, i.group_code, l.sort, i.flow;
