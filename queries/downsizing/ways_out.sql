-- Mỗi dòng là một tiêu chí chưa đạt hoặc còn trong lộ trình của một người: thiếu gì, theo điều nào, hạn đến khi nào,
-- nghỉ hưu đúng tuổi khi nào (theo lộ trình tăng tuổi), học lên mức ấy thường mất mấy tháng, có kịp không, và những lối
-- ra. Thời gian học là ước lượng, không phải quy định.
with lacking as (
    select *
    from explained(
            $as_of, $scope, $communes, $groups, $posts, $criteria, $search, verdicts := ['below', 'transitional']
        )
    where chosen($verdicts, verdict) and criterion <> 'tuoi_lan_dau'
),

timed as (
    select
        l.*, r.retires_on, date_diff('month', $as_of, r.retires_on) as months_left, c.months as course_months,
        least(coalesce(l.deadline, r.retires_on), r.retires_on) as needed_by
    from lacking as l
    left join retiring() as r on l.person_id = r.person_id
    left join course_length as c on l.criterion = c.criterion and c.level in (l.required, '*')
)

select
    person_id, full_name, commune, post as position, criterion, held, required,
    $as_of + to_months(course_months) <= needed_by as in_time,
    concat_ws(
        '; ',
        case
            when course_months is null then null
            when $as_of + to_months(course_months) > needed_by then null
            else
                replace(phrase('way_learn'), '{month}', strftime($as_of + to_months(course_months), '%m/%Y'))
        end,
        case when group_code = 'cong_chuc' then phrase('way_other_title') end,
        case when group_code = 'can_bo' then phrase('way_not_again') end,
        case
            when retires_on is null then null
            when retires_on <= $as_of then replace(phrase('way_of_age'), '{retires_on}', vn_date(retires_on))
            -- No law: the office's own estimate of how long a commune can wait, as long as the usual course takes.
            when months_left <= 24 then replace(phrase('way_wait'), '{retires_on}', vn_date(retires_on))
        end,
        case criterion
            when 'chuyen_mon' then phrase('way_downsize_level') when 'nganh' then phrase('way_downsize_field')
        end
    ) as ways_out,
    deadline, retires_on, months_left, course_months, legal_ref,
    partial_date(birth_on, birth_precision) as birth_date
from timed
order by given_name collate vi, family_name collate vi, person_id, post_sort, posting_id, criterion;
