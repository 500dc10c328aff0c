-- Mỗi dòng là một cán bộ, công chức chưa có xếp loại của một năm: phải đánh giá bổ sung, hoặc ghi lý do chưa đánh giá.
select
    person_id, full_name, partial_date(birth_on, birth_precision) as birth_date, commune, post as position, year,
    why_not
from evaluated($as_of, $scope, $communes, $groups, $posts, $search)
where class = 'chua_danh_gia'
order by year desc, given_name collate vi, family_name collate vi, person_id;
