-- Người chưa đạt chuẩn mà ngày sinh còn thiếu hoặc chưa rõ đến ngày. Bổ sung theo giấy khai sinh trước khi trình danh
-- sách.
with below as (
    select distinct posting_id
    from judged($as_of, $scope, $communes, $groups, $posts, $criteria, $search)
    where verdict = 'below'
)

select
    s.person_id, s.full_name, s.commune, s.post as position,
    case
        when s.birth_on is null then 'Chưa có ngày sinh.'
        else 'Ngày sinh chỉ biết ' || vn_moment(s.birth_on, s.birth_precision) || '.'
    end as problem,
    'thieu' as problem_kind
from filtered_seats($as_of, $scope, $communes, $groups, $posts, $criteria, $verdicts, $search) as s
inner join below as b on s.posting_id = b.posting_id
where s.birth_precision is distinct from 'ngay'
order by s.given_name collate vi, s.family_name collate vi, s.person_id, s.post, s.posting_id;
