-- Mỗi dòng là một trường hợp tinh giản đã biết đến ngày đang xem: ai, căn cứ nào, chính sách nào, nghỉ ngày nào, đang ở
-- bước nào, vì sao không thành, đã chi trả bao nhiêu. Bộ lọc tiêu chí và kết luận không dùng ở đây.
select
    person_id, full_name, partial_date(birth_on, birth_precision) as birth_date, commune, post as position, case_id,
    status as case_status, status_on, fall_reason, instrument, point, policy, leaving_on, year,
    case when month(leaving_on) <= 6 then 1 else 2 end as round, reduces, decision as decision_number, benefit_paid,
    note
from cases($as_of, $scope, $communes, $groups, $posts, $search)
order by leaving_on, given_name collate vi, family_name collate vi, case_id;
