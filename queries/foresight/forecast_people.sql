-- Mỗi dòng là một người sẽ thôi chưa đạt (giảm) hoặc sẽ thành chưa đạt (tăng) trước ngày đã chọn nếu không làm gì
-- thêm: vì nguyên nhân gì, sớm nhất và muộn nhất ngày nào. Không có ngày muộn nhất nghĩa là có thể không xảy ra trong
-- thời gian ấy. Xã, thị trấn là đơn vị có vào ngày sớm nhất.
with paired as (
    select
        person_id, change, cause, arg_min(posting_id, (on_date, variant)) as posting_id,
        arg_min(criterion, (on_date, variant)) as criterion, arg_min(commune, (on_date, variant)) as commune,
        min(on_date) as earliest,
        -- What happens at one end only may not happen at all.
        case when count(distinct variant) = 2 then max(on_date) end as latest
    from foreseen_change
    group by person_id, change, cause
)

select
    c.person_id, p.full_name, c.commune, c.cause as change_cause, c.change, c.earliest, c.latest,
    c.criterion, o.post as position
from paired as c
inner join person as p on c.person_id = p.person_id
inner join posting as o on c.posting_id = o.posting_id
left join label as l on l.domain = 'change_cause' and c.cause = l.code
where
    c.earliest <= $until
    and (len($verdicts) = 0 or list_contains($verdicts, 'below'))
order by
    c.change, l.sort, c.earliest, c.latest, p.given_name collate vi, p.family_name collate vi, c.person_id, c.cause;
