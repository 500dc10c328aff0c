-- Quy định đang áp dụng vào ngày đã chọn ở địa bàn đã chọn: mỗi dòng là một tiêu chí của một chức vụ, chức danh.
-- "Yêu cầu" áp dụng cho mọi người; "giữ chức vụ lần đầu" chỉ áp dụng cho người giữ chức vụ lần đầu từ ngày quy
-- định có hiệu lực.
select
    r.document, r.post as position, r.criterion, r.kind, r.required, r.required_first, r.at_level,
    r.grace_until as deadline, case when r.criterion <> 'nganh' then r.province_floor end as province_floor,
    r.legal_ref, r.effective_from, r.confidence, r.checked_by, r.checked_on, r.unchecked, r.note
from ruled($area) as r
inner join post as p on r.post = p.post
inner join label as l on l.domain = 'criterion' and r.criterion = l.code
where
    r.from_on <= $as_of and r.to_on > $as_of
    and chosen($groups, r.group_code) and chosen($posts, r.post) and chosen($criteria, r.criterion)
order by p.sort, l.sort, r.post, r.criterion;
