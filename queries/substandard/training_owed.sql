-- Nghĩa vụ bồi dưỡng chưa hoàn thành, tách khỏi kết luận đạt hay chưa đạt: mỗi dòng là một lớp mà quy định của ngày đã
-- chọn đòi người giữ một chức vụ phải học sau khi nhận chức, và người ấy chưa học hoặc chưa rõ đã học hay chưa. Quy
-- định không nêu mức, nên lớp nào cũng được tính là đã học.
select
    o.person_id, o.full_name, partial_date(o.birth_on, o.birth_precision) as birth_date, o.commune,
    o.post as position, o.criterion, o.duty, o.held,
    cited(concat_ws(' ', t.article, d.short), is_unchecked(t.confidence, t.checked_on)) as legal_ref
from training($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as o
inner join standard as t on o.standard = t.standard
inner join legal_document as d on t.document = d.document
inner join label as l on l.domain = 'criterion' and o.criterion = l.code
where o.duty is not null
order by
    o.given_name collate vi, o.family_name collate vi, o.person_id, o.post, o.posting_id, l.sort, o.criterion;
