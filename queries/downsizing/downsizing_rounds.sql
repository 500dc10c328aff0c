-- Mỗi dòng là một đợt của một năm: hồ sơ phải trình trước ngày nào (lịch đợt theo tháng nghỉ, ở
-- queries/reference/downsizing_round.csv), bao nhiêu trường hợp theo trạng thái vào ngày đang xem, và còn bao nhiêu
-- ngày đến hạn trình.
with due as (
    select
        y.year, r.round, make_date(y.year - r.due_years_before, r.due_month, r.due_day) as due_on
    from (
        select unnest(range(first_year, greatest(year($as_of), first_year) + 2)) as year from plan_of($as_of)
    ) as y
    inner join schedule() as r on y.year >= r.from_year and y.year < r.until_year
),

counted as (
    select year, round_of(leaving_on) as round, count(*) as cases, unnest(stage_tally(stage, reduces))
    from cases($as_of, $scope, $communes, $groups, $posts, $search)
    group by year, round_of(leaving_on)
)

select
    d.year, d.round, d.due_on, coalesce(c.cases, 0) as cases, coalesce(c.done, 0) as done,
    coalesce(c.approved_waiting, 0) as approved_waiting, coalesce(c.in_process, 0) as in_process,
    coalesce(c.fallen, 0) as fallen,
    case when d.due_on > $as_of then date_diff('day', $as_of, d.due_on) end as days_left
from due as d
left join counted as c on d.year = c.year and d.round = c.round
where exists (select 1 from ledger_unit($as_of, $scope, $communes))
order by d.year, d.round;
