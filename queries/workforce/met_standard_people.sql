-- Cán bộ, công chức không được tính là đạt theo tiêu chí 18.1 vào ngày đã chọn: mỗi dòng là một tiêu chí chưa đạt, còn
-- trong lộ trình hoặc thiếu dữ liệu của một người ở một chức vụ, với căn cứ và lý do.
select
    e.person_id, e.full_name, partial_date(e.birth_on, e.birth_precision) as birth_date, e.commune, e.post as position,
    e.criterion, e.verdict, e.held, e.required, e.legal_ref, e.deadline, e.since, e.reason
from explained(
        $as_of, $scope, $communes, officials($groups), $posts, $criteria, $search,
        verdicts := ['below', 'unknown', 'transitional']
    ) as e
where chosen($verdicts, e.verdict)
order by
    severity(e.verdict) desc, e.given_name collate vi, e.family_name collate vi, e.person_id, e.post_sort, e.criterion,
    e.posting_id;
