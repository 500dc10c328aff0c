-- Quy định qua các thời kỳ của một chức vụ, chức danh ở địa bàn đã chọn, kể cả quyết định của UBND tỉnh: mỗi dòng là
-- một khoảng thời gian của một tiêu chí. Ngày cuối là ngày cuối cùng còn áp dụng, trống là chưa có quy định nào thay.
select
    r.criterion, r.from_on, nullif(r.to_on, date '9999-12-31') - 1 as last_on, r.kind, r.required, r.required_first,
    r.at_level, r.grace_until as deadline, r.legal_ref, r.confidence, r.checked_on, r.note
from ruled($area) as r
inner join label as l on l.domain = 'criterion' and r.criterion = l.code
where r.post = $post and r.from_on <= $as_of
order by l.sort, r.criterion, r.from_on desc;
