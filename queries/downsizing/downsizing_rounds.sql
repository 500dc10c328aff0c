-- Mỗi dòng là một đợt: đợt 1 cho người nghỉ sáu tháng đầu năm, hồ sơ trình trước 01/11 năm trước; đợt 2 cho sáu tháng
-- cuối năm, trình trước 01/05. Số trường hợp theo trạng thái vào ngày đang xem, và còn bao nhiêu ngày đến hạn trình.
with half as (
    select
        y.year, r.round,
        case r.round when 1 then make_date(y.year - 1, 11, 1) else make_date(y.year, 5, 1) end as due_on
    from (select unnest(range(2015, greatest(year($as_of), 2015) + 2)) as year) as y
    cross join (select unnest([1, 2]) as round) as r
),

counted as (
    select
        year, case when month(leaving_on) <= 6 then 1 else 2 end as round, count(*) as cases,
        count(*) filter (where is_done) as done, count(*) filter (where is_approved_waiting) as approved_waiting,
        count(*) filter (where is_in_process) as in_process,
        count(*) filter (where status in ('rut', 'khong_du_dieu_kien')) as fallen
    from cases($as_of, $scope, $communes, $groups, $posts, $search)
    group by all
)

select
    h.year, h.round, h.due_on, coalesce(c.cases, 0) as cases, coalesce(c.done, 0) as done,
    coalesce(c.approved_waiting, 0) as approved_waiting, coalesce(c.in_process, 0) as in_process,
    coalesce(c.fallen, 0) as fallen,
    case when h.due_on > $as_of then date_diff('day', $as_of, h.due_on) end as days_left
from half as h
left join counted as c on h.year = c.year and h.round = c.round
where exists (select 1 from ledger_unit($as_of, $scope, $communes))
order by h.year, h.round;
