-- Mỗi dòng là một căn cứ và một chính sách: bao nhiêu trường hợp đã giảm, chờ nghỉ, đang xử lý, không thành.
select
    instrument, point, policy, count(*) filter (where is_done) as done,
    count(*) filter (where is_approved_waiting) as approved_waiting,
    count(*) filter (where is_in_process) as in_process,
    count(*) filter (where status in ('rut', 'khong_du_dieu_kien')) as fallen,
    coalesce(sum(benefit_paid), 0)::bigint as benefit_paid
from cases($as_of, $scope, $communes, $groups, $posts, $search)
group by instrument, point, policy
order by done desc, instrument, point, policy;
