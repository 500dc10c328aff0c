-- Mỗi dòng là một tiêu chí chưa đạt, thiếu dữ liệu hoặc còn trong lộ trình của một người nếu xét theo luật giả định.
-- Mỗi người chỉ nêu các tiêu chí có kết luận nặng nhất của người ấy, nên mỗi người thuộc đúng một kết luận.
with worst as (
    select person_id, max(then_severity) as severity
    from compared($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    group by person_id
)

select
    s.person_id, s.full_name, partial_date(s.birth_on, s.birth_precision) as birth_date, s.unit_code, s.commune,
    s.post as position, s.criterion, s.verdict, s.held, s.required, s.legal_ref, s.deadline, s.reason
from supposed as s
inner join worst as w on s.person_id = w.person_id and severity(s.verdict) = w.severity
where s.in_scope and w.severity >= severity('transitional') and chosen($verdicts, s.verdict)
order by
    w.severity desc, s.commune collate vi, s.given_name collate vi, s.family_name collate vi, s.person_id, s.posting_id,
    s.criterion;
