-- Mỗi dòng là một xã, thị trấn (xem cả tỉnh, cả nước thì là một huyện, một tỉnh) sẽ còn người chưa đạt vào ngày đã
-- chọn nếu không làm gì thêm: ít nhất và nhiều nhất bao nhiêu người, phải cử đi học ít nhất mấy lượt để họ đạt (một
-- người học một lớp là một lượt; đúng ngành và đủ trình độ chuyên môn là một lớp), bao nhiêu người không lớp học nào
-- giúp được (tuổi khi giữ chức vụ lần đầu), bao nhiêu người không còn chưa đạt nếu UBND tỉnh giảm mức cho miền núi đến
-- mức thấp nhất văn bản cho phép.
with person_once as (
    select
        f.variant, f.person_id, any_value(p.unit_code) as unit_code, any_value(p.commune) as commune,
        count(distinct case f.criterion when 'nganh' then 'chuyen_mon' else f.criterion end) as courses,
        bool_or(f.criterion = 'tuoi_lan_dau') as beyond_courses, bool_and(f.could_be_lowered) as could_be_lowered
    from foreseen as f
    inner join place_of($per) as p on f.unit_id = p.unit_id
    where f.from_on <= $until and f.to_on > $until and f.verdict = 'below' and f.in_scope
    group by f.variant, f.person_id
),

counted as (
    select
        unit_code, any_value(commune) as commune, count(*) filter (where variant = 'early') as early,
        count(*) filter (where variant = 'late') as late,
        -- `least` passes over what is missing: where nobody is left there is nothing to learn.
        coalesce(sum(courses) filter (where variant = 'early' and not beyond_courses), 0)::bigint as courses_early,
        coalesce(sum(courses) filter (where variant = 'late' and not beyond_courses), 0)::bigint as courses_late,
        count(distinct person_id) filter (where beyond_courses) as beyond_courses,
        count(distinct person_id) - count(distinct person_id) filter (where not could_be_lowered) as could_be_lowered
    from person_once
    group by unit_code
)

select
    unit_code, commune, least(early, late) as below_low, greatest(early, late) as below_high,
    least(courses_early, courses_late) as courses_low, greatest(courses_early, courses_late) as courses_high,
    beyond_courses, could_be_lowered
from counted
order by below_high desc, below_low desc, commune collate vi, unit_code;
