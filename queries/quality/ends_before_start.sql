-- Ngày thôi giữ chức vụ ở trước ngày bắt đầu. Chức vụ ấy không được tính ở ngày nào: sửa một trong hai ngày.
select
    o.person_id, p.full_name, u.short_name as commune, o.post as position,
    'Bắt đầu ' || vn_date(o.from_on) || ', thôi giữ ' || vn_date(o.to_on) || '.' as problem,
    'mau_thuan' as problem_kind
from posting as o
inner join person as p on o.person_id = p.person_id
inner join post as t on o.post = t.post
inner join unit_succession as n on o.unit_id = n.unit_id and n.from_on <= $as_of and n.to_on > $as_of
inner join unit as u on n.now_unit = u.unit_id
where
    o.to_on < o.from_on and o.to_on <= $as_of
    and in_scope(u.province_code, u.district_code, u.code, $scope)
    and chosen($communes, u.code) and chosen($groups, t.group_code) and chosen($posts, o.post)
    -- Such a posting is never judged.
    and len($criteria) = 0 and len($verdicts) = 0
    and is_named(p.name_key, $search)
order by p.given_name collate vi, p.family_name collate vi, o.person_id, o.post, o.posting_id;
