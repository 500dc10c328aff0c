-- Mỗi dòng là một tiêu chí chưa đạt của một người ở một chức vụ. Bộ lọc kết luận để trống thì chỉ lấy "Chưa đạt";
-- chọn kết luận khác thì lấy đúng các kết luận đó. "Từ ngày" là ngày bắt đầu liên tục ở kết luận ấy.
select
    l.person_id, l.full_name, partial_date(l.birth_on, l.birth_precision) as birth_date, l.commune, l.post as position,
    l.criterion, l.held, l.required, l.legal_ref, l.since, l.deadline, l.reason
from explained(
        $as_of, $scope, $communes, $groups, $posts, $criteria, $search,
        verdicts := case when len($verdicts) = 0 then ['below'] else $verdicts end
    ) as l
order by
    severity(l.verdict) desc, l.given_name collate vi, l.family_name collate vi, l.person_id, l.post_sort, l.criterion,
    l.posting_id;
