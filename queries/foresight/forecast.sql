-- Mỗi dòng là ngày đang xem hoặc cuối một quý (ngày, tháng, năm, tùy chọn) đến ngày đã chọn: bao nhiêu người sẽ chưa
-- đạt, thiếu dữ liệu, trong lộ trình nếu không làm gì thêm, theo các văn bản có trong kho. Có hai đầu vì ngày
-- chưa chắc: sớm nhất và muộn nhất mỗi người nghỉ hưu theo ngày sinh của mình, mỗi lớp đang học kết thúc; nghỉ tinh
-- giản đã phê duyệt và hết thời hạn chuyển tiếp thì ngày đã rõ.
with side as (
    select *
    from over_time(
            'variant', 'then', $as_of, $until, $step, $scope, $communes, $groups, $posts, $criteria, $search
        )
),

two_ends as (
    -- Where everybody has left early there is nobody, which is a number too.
    select d.as_of, v.variant, s.total, s.below, s.unknown, s.transitional
    from (select distinct as_of from side) as d
    cross join (values ('early'), ('late')) as v (variant)
    left join side as s on d.as_of = s.as_of and v.variant = s.part
)

select
    as_of, min(coalesce(total, 0)) as total_low, max(coalesce(total, 0)) as total_high,
    min(coalesce(below, 0)) as below_low, max(coalesce(below, 0)) as below_high,
    min(coalesce(unknown, 0)) as unknown_low, max(coalesce(unknown, 0)) as unknown_high,
    min(coalesce(transitional, 0)) as transitional_low, max(coalesce(transitional, 0)) as transitional_high
from two_ends
group by as_of
order by as_of;
