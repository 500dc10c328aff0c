-- Ai chưa đáp ứng hướng dẫn cho chức danh đang giữ vào ngày đã chọn: mỗi dòng là một người và một điều hướng dẫn nêu
-- mà người ấy chưa có hoặc chưa rõ đã có hay chưa. Hướng dẫn không phải là luật nên không dòng nào ở đây là chưa đạt
-- chuẩn. Ngày trống ở deadline: xã không được cho thêm thời gian.
with guided as (
    select * from guided_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search)
)

select
    g.person_id, g.full_name, partial_date(g.birth_on, g.birth_precision) as birth_date, g.commune,
    g.post as position, g.criterion, g.held, g.required, g.deadline,
    cited(d.short, is_unchecked(g.confidence, null)) as legal_ref
from guided as g
inner join legal_document as d on g.document = d.document
inner join label as l on l.domain = 'criterion' and g.criterion = l.code
where not coalesce(g.is_enough, false)
order by g.given_name collate vi, g.family_name collate vi, g.person_id, g.post, g.posting_id, l.sort;
