-- Mỗi dòng là một người và một căn cứ tinh giản mà dữ kiện vào ngày đang xem có nói đến: dữ kiện gì, còn phải xác nhận
-- gì mới quyết được, điều gì đang cản, khi nào nghỉ hưu đúng tuổi, cán bộ đã quyết gì. Chỉ là gợi ý: chưa đạt chuẩn tự
-- nó không phải căn cứ, và hai năm liền không hoàn thành nhiệm vụ là thôi việc chứ không phải tinh giản.
select
    s.person_id, s.full_name, s.commune, s.post as position, a.facts, a.to_confirm, c.legal_ref, a.barred,
    partial_date(s.birth_on, s.birth_precision) as birth_date, r.retires_on, d.decision as candidate_decision,
    d.reason as decision_reason
from grounds_suggested($as_of, $as_of, $scope, $communes, $groups, $posts, $search) as a
inner join seated($as_of, $scope, $communes, $groups, $posts, $search) as s on a.posting_id = s.posting_id
left join ground_cited() as c on a.instrument = c.instrument and a.point = c.point
left join retiring() as r on s.person_id = r.person_id
left join decided_candidates($as_of) as d on s.person_id = d.person_id
order by
    s.given_name collate vi, s.family_name collate vi, s.person_id, a.kind, s.posting_id;
