-- Mỗi dòng là một mức của một mặt (văn hóa, chuyên môn, lý luận chính trị, độ tuổi, giới tính) vào một ngày, từ ngày
-- đầu đến ngày đang xem: bao nhiêu người, mỗi người một lần, trong tổng số người đang giữ chức vụ ngày đó. Trình độ là
-- mức cao nhất đã có đến ngày đó; chưa rõ ngày đạt thì tính từ ngày danh sách đầu tiên nêu nó. Tuổi là tuổi tròn, chỉ
-- biết năm hoặc tháng sinh thì tính từ ngày đầu. Dân tộc chỉ có khi được hỏi đến; số dưới 5 không nêu, số kia cũng
-- không nêu khi từ nó suy ra được.
with present as (
    select person_id, from_on, to_on
    from presence($from_on, $as_of, false, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
),

person_of as (
    select p.person_id, x.birth_on, x.gender, peoples(x.ethnicity) as people_of
    from (select distinct person_id from present) as p
    inner join person as x on p.person_id = x.person_id
),

held as (
    select person_id, criterion as dimension, level as category, from_on, to_on
    from level_spells($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
    union all
    select
        p.person_id, 'tuoi', b.band, (p.birth_on + to_years(b.from_age))::date,
        (p.birth_on + to_years(b.until_age))::date
    from person_of as p
    cross join age_bands() as b
    where p.birth_on is not null
    union all
    select person_id, 'gender', gender, date '0001-01-01', date '9999-12-31' from person_of where gender is not null
    union all
    select person_id, 'dan_toc', people_of, date '0001-01-01', date '9999-12-31'
    from person_of
    where $sensitive and people_of is not null
),

spell as (
    select
        h.dimension, h.category, greatest(p.from_on, h.from_on) as from_on, least(p.to_on, h.to_on) as to_on
    from present as p
    inner join held as h on p.person_id = h.person_id and p.from_on < h.to_on and p.to_on > h.from_on
    union all
    select '*', '*', from_on, to_on from present
),

step as (
    select dimension, category, from_on as on_date, 1 as delta from spell
    union all
    select dimension, category, to_on, -1 from spell
),

running as (
    select
        dimension, category, on_date,
        sum(sum(delta)) over (partition by dimension, category order by on_date) as people
    from step
    group by dimension, category, on_date
),

counted as (
    select d.as_of, c.dimension, c.category, r.people
    from days_between($from_on, $as_of, $step) as d
    cross join (select distinct dimension, category from running) as c
    asof left join running as r
        on c.dimension = r.dimension and c.category = r.category and d.as_of >= r.on_date
),

total as (
    select as_of, people as total
    from counted
    where dimension = '*' and people > 0
),

-- Who is in no category of a dimension is unknown in it.
complete as (
    select as_of, dimension, category, people from counted where dimension <> '*'
    union all
    select t.as_of, d.code, 'unknown', t.total - coalesce(sum(c.people), 0)
    from total as t
    inner join label as d on d.domain = 'dimension' and ($sensitive or d.code <> 'dan_toc') and d.code <> 'group'
    left join counted as c on t.as_of = c.as_of and d.code = c.dimension
    group by t.as_of, t.total, d.code
),

veiled as (
    select
        c.as_of, c.dimension, c.category, c.people, t.total,
        case
            when c.dimension <> 'dan_toc' then null
            when c.people < 5 then 'small'
            when
                c.category <> 'unknown'
                and min(c.people) filter (where c.category <> 'unknown') over (partition by c.as_of, c.dimension) < 5
                then 'linked'
        end as hidden
    from complete as c
    inner join total as t on c.as_of = t.as_of
    where c.people > 0
)

select
    v.as_of, v.dimension, v.category, case when v.hidden is null then v.people end::bigint as people,
    v.total::bigint as total, case when v.hidden is null then v.people / v.total end as share, v.hidden
from veiled as v
inner join label as d on d.domain = 'dimension' and v.dimension = d.code
left join level as l on v.dimension = l.criterion and v.category = l.level
left join label as k on v.dimension = k.domain and v.category = k.code
order by v.as_of, d.sort, coalesce(l.rank, k.sort, 99), v.dimension, v.category;
