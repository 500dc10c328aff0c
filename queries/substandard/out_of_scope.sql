-- Một dòng: số người đang giữ chức vụ mà vào ngày đã chọn không còn tiêu chuẩn cấp xã nào áp dụng, từ ngày nào và theo
-- văn bản nào. Họ không được tính là đạt hay chưa đạt.
with ended as (
    select person_id, any_value(standard) as standard
    from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    group by person_id
    having not bool_or(in_scope)
)

select
    min(s.effective_from) as effective_from,
    string_agg(distinct d.short, ', ' order by d.short) as legal_ref,
    count(*) as people
from ended as e
inner join standard as s on e.standard = s.standard
inner join legal_document as d on s.document = d.document
order by people;
