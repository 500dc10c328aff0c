-- Quy định qua các thời kỳ của một chức vụ, chức danh ở địa bàn đã chọn: mỗi dòng là một khoảng thời gian của một
-- tiêu chí. Ngày cuối là ngày cuối cùng còn áp dụng, trống là chưa có quy định nào thay.
select
    r.criterion, r.from_on, nullif(r.to_on, date '9999-12-31') - 1 as last_on, r.kind, r.required, r.required_first,
    r.at_level, r.grace_until as deadline, concat_ws(' ', s.article, d.short) as legal_ref, s.confidence, s.checked_on,
    s.note
from rule as r
inner join standard as s on r.standard = s.standard
inner join legal_document as d on s.document = d.document
inner join label as l on l.domain = 'criterion' and r.criterion = l.code
where r.regime = $area and r.post = $post and r.from_on <= $as_of
order by l.sort, r.criterion, r.from_on desc;
