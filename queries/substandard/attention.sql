-- Những việc nên xử lý trước: mỗi dòng là một xã (xem cả tỉnh, cả nước thì huyện, tỉnh) cùng tiêu chí có người chưa
-- đạt, nhiều người nhất trước; cùng số người thì tiêu chí khắc phục được bằng đào tạo đứng trước.
select
    p.unit_code, p.commune, j.criterion, l.label as criterion_label,
    count(distinct j.person_id) as below,
    count(distinct j.person_id) filter (where j.could_be_lowered) as could_be_lowered
from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search) as j
inner join place_of($per) as p on j.unit_id = p.unit_id
inner join label as l on l.domain = 'criterion' and j.criterion = l.code
where j.verdict = 'below'
group by p.unit_code, p.commune, j.criterion, l.label, l.sort
order by below desc, l.sort, p.unit_code, j.criterion;
