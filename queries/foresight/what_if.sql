-- Mỗi dòng là một tiêu chí của một người có kết luận khác đi nếu xét theo luật giả định, cùng ngày và cùng hồ sơ: nay
-- kết luận gì, theo luật giả định kết luận gì, vì sao. Chuyển giữa “Đạt” và “Không áp dụng” không kể.
select
    f.person_id, p.full_name, f.unit_code, f.commune, f.criterion, f.verdict_now, f.verdict, f.held, f.required_now,
    f.required, f.post as position, f.legal_ref, f.reason
from flipped($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as f
inner join person as p on f.person_id = p.person_id
order by
    severity(f.verdict) desc, f.commune collate vi, p.given_name collate vi, p.family_name collate vi, f.person_id,
    f.posting_id, f.criterion;
