-- Quá trình công tác của một người: mỗi dòng là một chức vụ, từ ngày đến ngày. Ngày bắt đầu không rõ thì tính từ
-- ngày báo cáo.
select
    u.short_name as commune, o.post as position, o.from_on, o.from_precision, o.to_on, o.end_reason,
    partial_date(o.first_held_on, o.first_held_precision) as first_held_on, b.title as source
from posting as o
inner join unit as u on o.unit_id = u.unit_id
inner join batch as b on o.batch_id = b.batch_id
where
    o.person_id = $person_id and o.from_on <= $as_of
    and o.person_id in (select person_id from visible_people($as_of, $scope))
order by o.from_on desc, o.post, o.posting_id;
