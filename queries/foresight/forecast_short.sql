-- Mỗi dòng là một người sẽ còn chưa đạt vào ngày đã chọn nếu không làm gì thêm: thiếu những tiêu chí nào, ít nhất mấy
-- lớp học thì đủ (đúng ngành và đủ trình độ chuyên môn là một lớp), lớp dài nhất mất mấy tháng, có kịp trước ngày ấy
-- không. Tuổi khi giữ chức vụ lần đầu không lớp học nào chữa được. Thời gian học là ước lượng, không phải quy định.
with short as (
    select
        f.person_id, f.posting_id, f.commune, f.unit_code, f.criterion, f.variant,
        case f.criterion when 'nganh' then 'chuyen_mon' else f.criterion end as course, c.months,
        -- Of several posts the first in the order of posts is the one that is shown.
        (t.sort, f.posting_id, f.from_on) as place
    from foreseen as f
    inner join posting as o on f.posting_id = o.posting_id
    inner join post as t on o.post = t.post
    left join course_length as c on f.criterion = c.criterion and c.level in (f.required, '*')
    where f.from_on <= $until and f.to_on > $until and f.verdict = 'below' and f.in_scope
),

one as (
    select
        person_id, arg_min(posting_id, place) as posting_id, arg_min(unit_code, place) as unit_code,
        arg_min(commune, place) as commune, list(distinct criterion) as criteria,
        count(distinct course) filter (where criterion <> 'tuoi_lan_dau') as courses,
        max(months) as course_months, bool_or(criterion = 'tuoi_lan_dau') as beyond_courses,
        bool_and(variant = 'late') as may_be_gone
    from short
    group by person_id
)

select
    s.person_id, p.full_name, s.unit_code, s.commune,
    (
        select string_agg(l.short_label, ', ' order by l.sort, l.code) from label as l
        where l.domain = 'criterion' and list_contains(s.criteria, l.code)
    ) as lacking,
    case when not s.beyond_courses then s.courses end as courses, s.course_months,
    not s.beyond_courses and $as_of + to_months(s.course_months) <= $until as in_time, s.may_be_gone,
    o.post as position
from one as s
inner join person as p on s.person_id = p.person_id
inner join posting as o on s.posting_id = o.posting_id
order by s.commune collate vi, p.given_name collate vi, p.family_name collate vi, s.person_id;
