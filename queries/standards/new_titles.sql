-- Chức danh mới có từ một ngày, đang có vào ngày đã chọn: bao nhiêu chức danh, từ ngày nào, biết như thế nào.
select d.from_on, count(*) as titles, d.note
from post_period as d
inner join post as p on d.post = p.post
where
    d.from_on is not null and is_there(d.from_on, d.ended_on, $as_of)
    and chosen($groups, p.group_code) and chosen($posts, d.post)
group by d.from_on, d.note
order by d.from_on, titles desc, d.note;
