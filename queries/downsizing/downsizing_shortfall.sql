-- Vì sao không đạt chỉ tiêu: mỗi dòng là một lý do khiến hồ sơ bị rút hoặc không đủ điều kiện, với số trường hợp.
with fallen as (
    select coalesce(fall_reason, 'khac') as fall_reason
    from cases($as_of, $scope, $communes, $groups, $posts, $search)
    where stage = 'fallen'
)

select f.fall_reason, count(*) as cases
from fallen as f
left join label as l on l.domain = 'fall_reason' and f.fall_reason = l.code
group by f.fall_reason, l.sort
order by cases desc, l.sort, f.fall_reason;
