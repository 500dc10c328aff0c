-- Kết luận từng tiêu chí, chính xác đến ngày: mỗi dòng là một khoảng thời gian mà kết luận và lý do không đổi.
-- Khoảng bị cắt khi nhận hoặc thôi chức vụ, đạt thêm trình độ, tiêu chuẩn thay đổi, hết thời hạn chuyển tiếp, đổi
-- đơn vị.
create or replace temp table assessment_spell as
with spell as (
    select * from ranked_spell
    union all by name
    select * from field_spell
    union all by name
    select * from age_spell
),

opened as (
    select
        unit_id, person_id, posting_id, post, group_code, criterion, from_on, to_on,
        case
            when before_grace = 'below' and has_grace then 'transitional'
            when before_grace = 'below' and has_grace is null then 'unknown'
            else before_grace
        end as verdict,
        case when before_grace = 'below' and has_grace is null then 'service_start' else because end as because,
        held, first_held, required, standard, decision,
        case when before_grace = 'below' and has_grace then grace_until end as deadline,
        could_be_lowered,
        kind <> 'out_of_scope' as in_scope,
        case
            when from_on = seat_from and not moved_unit then 'took_post'
            when from_on = seat_from and law_from < from_on then 'unit_changed'
            when from_on > rule_from then 'level_reached'
            when after_grace then 'grace_ended'
            else 'standard_changed'
        end as opened_by,
        case
            when to_on = date '9999-12-31' then null
            when to_on = seat_to and not moves_on then 'left_post'
            when to_on = seat_to and law_to > to_on then 'unit_changed'
            when to_on < rule_to then 'level_reached'
            when to_on = grace_until + 1 then 'grace_ended'
            else 'standard_changed'
        end as closed_by
    from spell
)

-- Two spells that touch are divided by one event: the one that opened the later of them.
select
    * exclude (closed_by),
    case
        when lead(from_on) over w = to_on then lead(opened_by) over w else closed_by
    end as closed_by
from opened
window w as (partition by posting_id, criterion order by from_on)
order by unit_id, person_id;
