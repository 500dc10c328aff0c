-- Mỗi dòng là một ô xã (xem cả tỉnh, cả nước thì huyện, tỉnh) và tiêu chí có người chưa đạt, còn trong lộ trình hoặc
-- thiếu dữ liệu. Một người thiếu hai tiêu chí có mặt ở hai ô, nên tổng các ô có thể lớn hơn số người.
select
    p.unit_code, p.commune, j.criterion,
    count(distinct j.person_id) filter (where j.verdict = 'below') as below,
    count(distinct j.person_id) filter (where j.verdict = 'unknown') as unknown,
    count(distinct j.person_id) filter (where j.verdict = 'transitional') as transitional
from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search) as j
inner join place_of($per) as p on j.unit_id = p.unit_id
inner join label as l on l.domain = 'criterion' and j.criterion = l.code
where j.verdict in ('below', 'unknown', 'transitional')
group by p.unit_code, p.commune, j.criterion, l.sort
order by p.unit_code, l.sort, j.criterion;
