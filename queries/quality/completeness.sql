-- Mỗi dòng là một mục dữ liệu ở một xã, thị trấn (xem cả tỉnh, cả nước thì ở một huyện, một tỉnh): bao nhiêu người
-- đang giữ chức vụ cần có mục ấy và bao nhiêu người đã có. Mục cần có là mục mà quy định đang áp dụng hỏi đến; người
-- giữ hai chức vụ ở một nơi chỉ tính một lần và chỉ là đã có khi cả hai chức vụ đều có.
with person_field as (
    select
        p.unit_code, p.commune, a.person_id, a.data_field, a.data_field_sort, bool_and(a.is_known) as is_known
    from asked_for($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as a
    inner join place_of($per) as p on a.unit_id = p.unit_id
    group by p.unit_code, p.commune, a.person_id, a.data_field, a.data_field_sort
)

select
    unit_code, commune, data_field, count(*) as total, count(*) filter (where is_known) as complete,
    count(*) filter (where is_known) / count(*) as share_complete
from person_field
group by unit_code, commune, data_field, data_field_sort
order by unit_code, data_field_sort, data_field;
