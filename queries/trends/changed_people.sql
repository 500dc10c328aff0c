-- Mỗi dòng là một người thôi chưa đạt (giảm) hoặc thành chưa đạt (tăng) giữa ngày đầu và ngày đang xem: vì nguyên nhân
-- gì, ngày nào, ở chức vụ và tiêu chí nào. Xã, thị trấn là đơn vị có vào ngày thay đổi, hoặc vào ngày đang xem khi tính
-- theo đơn vị hiện nay.
select
    c.person_id, p.full_name, c.commune, o.post as position, c.cause as change_cause, c.change,
    c.on_date as turned_on, c.criterion
from changed($units, $from_on, $as_of, $scope, $communes, $groups, $posts, $criteria, $search) as c
inner join person as p on c.person_id = p.person_id
inner join posting as o on c.posting_id = o.posting_id
left join label as l on l.domain = 'change_cause' and c.cause = l.code
where len($verdicts) = 0 or list_contains($verdicts, 'below')
order by c.change, l.sort, c.on_date, p.given_name collate vi, p.family_name collate vi, c.person_id;
