-- Mỗi dòng là một nhóm (cán bộ, công chức, người hoạt động không chuyên trách) có tiêu chuẩn đang áp dụng vào ngày
-- đã chọn. Đếm người, không đếm lỗi: một người thiếu nhiều tiêu chí chỉ tính một lần, kết luận là mức nặng nhất
-- trong các tiêu chí. "Chưa đạt" không gồm người thiếu dữ liệu và người còn trong lộ trình; hai số đó đứng riêng.
with person_verdict as (
    select group_code, person_id, max(severity(verdict)) as severity
    from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    where in_scope
    group by group_code, person_id
)

select
    v.group_code as "group",
    count(*) as total,
    count(*) filter (where v.severity = 5) as below,
    count(*) filter (where v.severity = 4) as unknown,
    count(*) filter (where v.severity = 3) as transitional,
    count(*) filter (where v.severity = 5) / count(*) as share_below
from person_verdict as v
inner join label as l on l.domain = 'group' and v.group_code = l.code
group by v.group_code, l.sort
order by l.sort, v.group_code;
