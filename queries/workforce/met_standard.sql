-- Tiêu chí 18.1: mỗi dòng là một xã, thị trấn vào ngày đầu, cuối mỗi năm hay ngày đang xem: bao nhiêu cán bộ, công chức
-- có tiêu chuẩn đang áp dụng, bao nhiêu người đạt. Một người đạt khi mọi tiêu chí của mọi chức vụ đang giữ ở xã ấy đều
-- đạt; người còn trong lộ trình và người thiếu dữ liệu không tính là đạt, đứng riêng. Tỷ lệ đạt là số người đạt chia
-- cho tổng số. Xã, thị trấn là đơn vị có vào ngày ấy.
select
    d.as_of, t.unit_code, t.commune, t.total, t.meets, t.transitional, t.unknown, t.below,
    t.meets / t.total as share_meets
from days_between($from_on, $as_of, 'year') as d
cross join
    lateral (
        select *
        from tally(
                d.as_of, $scope, $communes, officials($groups), $posts, $criteria, $search, per := $per
            )
    ) as t
order by d.as_of, t.commune collate vi, t.unit_code, t.unit_id;
