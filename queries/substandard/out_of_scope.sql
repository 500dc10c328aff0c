-- Một dòng: số người đang giữ chức vụ mà tiêu chuẩn cấp xã cũ không còn áp dụng vào ngày đã chọn, từ ngày nào và theo
-- văn bản nào. Họ không được tính là đạt hay chưa đạt.
select
    min(s.effective_from) as effective_from,
    string_agg(distinct d.short, ', ' order by d.short) as legal_ref,
    count(distinct j.person_id) as people
from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search) as j
inner join standard as s on j.standard = s.standard
inner join legal_document as d on s.document = d.document
where not j.in_scope
order by people;
