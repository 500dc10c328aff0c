-- Đề nghị bổ sung: mỗi dòng là một người ở một chức vụ còn thiếu dữ liệu mà quy định đang áp dụng hỏi đến, và thiếu
-- những gì. Gửi lại cho xã, thị trấn để bổ sung rồi nạp lại.
select
    person_id, full_name, partial_date(birth_on, birth_precision) as birth_date, commune, post as position,
    string_agg(data_field_label, '; ' order by data_field_sort, data_field) as to_supply
from asked_for($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
where not is_known
group by
    person_id, full_name, family_name, given_name, birth_on, birth_precision, unit_code, commune, post, posting_id
order by unit_code, given_name collate vi, family_name collate vi, person_id, post, posting_id;
