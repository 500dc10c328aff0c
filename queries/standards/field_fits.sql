-- Nhóm ngành nào phù hợp với chức danh nào. Bảng này do phòng Nội vụ xác nhận và bổ sung, không phải nội dung của
-- thông tư; ô trống là chưa đối chiếu, người có ngành ấy được kết luận là thiếu dữ liệu.
select p.post as position, g.field_group, g.label as field_label, arg_min(f.fits, f.origin) as fits
from post_field as f
inner join post as p on f.post = p.post
inner join field_group as g on f.field_group = g.field_group
where chosen($posts, f.post)
group by p.post, p.sort, g.field_group, g.label
order by p.sort, p.post, g.label collate vi, g.field_group;
