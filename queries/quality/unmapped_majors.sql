-- Chuyên ngành chưa được đối chiếu với chức danh nên chưa kết luận được. Đối chiếu một lần ở trang Tiêu chuẩn, mục
-- Ngành đào tạo phù hợp với chức danh.
select
    e.person_id, e.full_name, e.commune, e.post as position, 'Chuyên ngành: ' || e.held || '.' as problem,
    'thieu' as problem_kind
from explained($as_of, $scope, $communes, $groups, $posts, $criteria, $search) as e
where e.criterion = 'nganh' and e.because = 'field_fit' and chosen($verdicts, e.verdict)
order by e.given_name collate vi, e.family_name collate vi, e.person_id, e.post_sort, e.posting_id;
