-- Những việc nên xử lý trước: mỗi dòng là một xã cùng tiêu chí có người chưa đạt, nhiều người nhất trước;
-- cùng số người thì tiêu chí khắc phục được bằng đào tạo đứng trước.
select
    j.unit_code, j.commune, j.criterion, l.label as criterion_label,
    count(distinct j.person_id) as below,
    count(distinct j.person_id) filter (where j.could_be_lowered) as could_be_lowered
from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search) as j
inner join label as l on l.domain = 'criterion' and j.criterion = l.code
where j.verdict = 'below'
group by j.unit_code, j.commune, j.criterion, l.label, l.sort
order by below desc, l.sort, j.unit_code, j.criterion;
