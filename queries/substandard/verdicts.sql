-- Mỗi dòng là kết luận về một tiêu chí của một người ở một chức vụ vào ngày đã chọn, kèm lời giải thích bằng câu.
select
    e.person_id, e.full_name, partial_date(e.birth_on, e.birth_precision) as birth_date, e.commune, e.post as position,
    e.criterion, e.verdict, e.held, e.required, e.legal_ref, e.deadline, e.since, e.reason
from explained($as_of, $scope, $communes, $groups, $posts, $criteria, $search, verdicts := $verdicts) as e
inner join label as l on l.domain = 'criterion' and e.criterion = l.code
order by e.given_name collate vi, e.family_name collate vi, e.person_id, e.post_sort, e.posting_id, l.sort;
