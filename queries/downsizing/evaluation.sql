-- Mỗi dòng là một xã, thị trấn và một năm: cán bộ, công chức giữ chức vụ vào cuối năm, theo xếp loại đã nộp đến ngày
-- đang xem; không có xếp loại là chưa đánh giá. Đánh giá thiếu thì không có căn cứ để tinh giản theo năng lực.
select
    unit_code, commune, year, count(*) as total,
    count(*) filter (where class = 'xuat_sac') as xuat_sac, count(*) filter (where class = 'tot') as tot,
    count(*) filter (where class = 'hoan_thanh') as hoan_thanh, count(*) filter (where class = 'han_che') as han_che,
    count(*) filter (where class = 'khong_hoan_thanh') as khong_hoan_thanh,
    count(*) filter (where class = 'chua_danh_gia') as chua_danh_gia,
    count(*) filter (where class = 'chua_danh_gia') / count(*) as share_unevaluated
from evaluated($as_of, $scope, $communes, $groups, $posts, $search)
group by unit_code, commune, year
order by year desc, unit_code;
