-- Mỗi dòng là cuối một quý từ ngày đang xem đến ngày đã chọn: bao nhiêu người sẽ chưa đạt, thiếu dữ liệu, trong lộ
-- trình nếu không làm gì thêm, theo luật hiện hành. Có hai đầu vì ngày chưa chắc: sớm nhất và muộn nhất mỗi người nghỉ
-- hưu theo ngày sinh của mình, mỗi lớp đang học kết thúc; nghỉ tinh giản đã phê duyệt và hết thời hạn chuyển tiếp thì
-- ngày đã rõ.
with day as (
    select distinct
        least((date_trunc('quarter', d::date) + interval 3 month)::date - 1, $until) as as_of
    from generate_series($as_of::timestamp, $until::timestamp, interval 1 day) as t (d)
    union
    select $as_of as as_of
),

person_day as (
    select d.as_of, f.variant, f.person_id, max(severity(f.verdict)) as severity
    from day as d
    inner join foreseen as f on f.from_on <= d.as_of and f.to_on > d.as_of
    where f.in_scope
    group by d.as_of, f.variant, f.person_id
),

counted as (
    select
        as_of, variant, count(*) as total, count(*) filter (where severity = 5) as below,
        count(*) filter (where severity = 4) as unknown, count(*) filter (where severity = 3) as transitional
    from person_day
    group by as_of, variant
)

select
    as_of, min(total) as total_low, max(total) as total_high, min(below) as below_low, max(below) as below_high,
    min(unknown) as unknown_low, max(unknown) as unknown_high, min(transitional) as transitional_low,
    max(transitional) as transitional_high
from counted
group by as_of
order by as_of;
