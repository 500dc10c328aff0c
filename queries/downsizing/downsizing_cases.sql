-- Mỗi dòng là một trường hợp tinh giản đã biết đến ngày đang xem: ai, căn cứ nào, chính sách nào, nghỉ ngày nào, đang ở
-- bước nào, vì sao không thành, đã chi trả bao nhiêu. Bộ lọc tiêu chí và kết luận không dùng ở đây.
select
    c.person_id, c.full_name, partial_date(c.birth_on, c.birth_precision) as birth_date, c.commune,
    c.post as position, c.case_id, c.status as case_status, c.status_on, c.fall_reason, g.legal_ref, g.ground,
    c.policy,
    c.leaving_on, c.year, round_of(c.leaving_on) as round, c.reduces,
    c.decision as decision_number, c.benefit_paid, c.note, c.stage
from cases($as_of, $scope, $communes, $groups, $posts, $search) as c
left join ground_cited() as g on c.instrument = g.instrument and c.point = g.point
order by c.leaving_on, c.given_name collate vi, c.family_name collate vi, c.case_id;
