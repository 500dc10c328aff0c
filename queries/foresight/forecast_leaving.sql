-- Mỗi dòng là một người đang giữ chức vụ, được xét hay không, sẽ nghỉ trước hoặc vào ngày đã chọn: nghỉ hưu đúng tuổi
-- hoặc nghỉ tinh giản đã phê duyệt, sớm nhất và muộn nhất ngày nào. Không có ngày muộn nhất nghĩa là có thể chưa nghỉ
-- trong thời gian ấy.
with paired as (
    select
        person_id, arg_min(reason, (on_date, variant)) as end_reason, min(on_date) as earliest,
        case when count(distinct variant) = 2 then max(on_date) end as latest
    from foreseen_leaving
    where on_date <= $until
    group by person_id
),

post_once as (
    select person_id, full_name, family_name, given_name, commune, post
    from seated($as_of, $scope, $communes, $groups, $posts, $search)
    qualify row_number() over (partition by person_id order by seat_from, posting_id) = 1
)

select p.person_id, s.full_name, s.commune, s.post as position, p.end_reason, p.earliest, p.latest
from paired as p
inner join post_once as s on p.person_id = s.person_id
order by p.earliest, p.latest, s.given_name collate vi, s.family_name collate vi, p.person_id;
