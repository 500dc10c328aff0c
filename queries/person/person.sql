-- Hồ sơ của một người trong phạm vi được xem: mỗi dòng là một chức vụ đang giữ vào ngày đã chọn; không còn giữ
-- chức vụ nào thì là chức vụ gần nhất.
select
    s.person_id, p.full_name, partial_date(p.birth_on, p.birth_precision) as birth_date, p.gender, p.ethnicity,
    u.short_name as commune, s.post as position, s.group_code as "group", s.seat_from as from_on,
    nullif(s.seat_to, date '9999-12-31') as to_on, s.seat_from <= $as_of and s.seat_to > $as_of as in_post
from seat as s
inner join unit as u on s.unit_id = u.unit_id
inner join person as p on s.person_id = p.person_id
where
    s.person_id = $person_id and s.seat_from <= $as_of
    and s.unit_id in (select unit_id from visible_units($as_of, $scope))
qualify in_post or (not bool_or(in_post) over () and s.seat_from = max(s.seat_from) over ())
order by s.seat_from, s.post, s.posting_id;
