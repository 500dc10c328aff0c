-- Chức vụ, chức danh có vào ngày đã chọn, theo thứ bậc.
select p.post as position, p.group_code as "group"
from post as p
left join post_period as d on p.post = d.post
where
    coalesce(d.from_on, date '0001-01-01') <= $as_of and coalesce(d.ended_on, date '9999-12-31') > $as_of
    and chosen($groups, p.group_code) and chosen($posts, p.post)
order by p.sort, p.post;
