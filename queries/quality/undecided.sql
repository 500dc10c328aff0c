-- Chưa đủ dữ liệu để kết luận đạt hay chưa đạt. Bổ sung điều còn thiếu vào hồ sơ hoặc đề nghị xã gửi lại.
select
    e.person_id, e.full_name, e.commune, e.post as position,
    string_agg(rtrim(split_part(e.reason, ';', 1), '.') || '.', ' ' order by e.criterion) as problem,
    'thieu' as problem_kind
from explained($as_of, $scope, $communes, $groups, $posts, $criteria, $search, verdicts := ['unknown']) as e
where e.because is distinct from 'field_fit' and chosen($verdicts, e.verdict)
group by
    e.person_id, e.full_name, e.family_name, e.given_name, e.commune, e.post, e.post_sort, e.posting_id
order by e.given_name collate vi, e.family_name collate vi, e.person_id, e.post_sort, e.posting_id;
