-- Chuyên ngành chưa được đối chiếu đang làm cho người giữ chức danh bị kết luận là thiếu dữ liệu: mỗi dòng là một
-- ngành ở một chức danh và số người.
select j.post as position, j.held as field, count(distinct j.person_id) as people
from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search) as j
where j.criterion = 'nganh' and j.because = 'field_fit'
group by j.post, j.held
order by people desc, j.held collate vi, j.post;
