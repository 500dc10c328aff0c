-- Một dòng cho toàn bộ phạm vi đang chọn: tổng số người có tiêu chuẩn đang áp dụng và số người theo từng kết luận.
-- Đếm người, mỗi người một lần dù giữ nhiều chức vụ. Số liệu tính đến ngày của đợt danh sách mới nhất.
with person_verdict as (
    select person_id, max(severity(verdict)) as severity
    from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    where in_scope
    group by person_id
)

select
    count(*) as total,
    count(*) filter (where severity = 5) as below,
    count(*) filter (where severity = 4) as unknown,
    count(*) filter (where severity = 3) as transitional,
    count(*) filter (where severity = 2) as meets,
    coalesce(count(*) filter (where severity = 5) / nullif(count(*), 0), 0) as share_below
from person_verdict
order by total;
