-- Chức vụ, chức danh có vào ngày đã chọn, theo thứ bậc.
select p.post as position, p.group_code as "group"
from post as p
left join post_period as d on p.post = d.post
where
    is_there(d.from_on, d.ended_on, $as_of)
    and chosen($groups, p.group_code) and chosen($posts, p.post)
order by p.sort, p.post;
