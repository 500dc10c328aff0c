-- Tuổi khi giữ chức vụ lần đầu: một sự kiện của lần nhận chức, không phải tuổi hiện nay. Chưa rõ ngày hoặc tháng
-- sinh thì tính từ ngày đầu của năm hoặc tháng sinh; ngày giữ chức chỉ biết năm thì kết luận khi hai đầu của năm
-- cho cùng kết quả.
create or replace temp table age_spell as
with retiring as (
    -- Two dates only where the sex is unknown.
    select person_id, min(retires_on) as earliest, max(retires_on) as latest
    from retirement
    group by person_id
),

measured as (
    select
        r.*, p.birth_on,
        -- Where the sex is unknown both limits stand: the lower one to be met, the higher one to be failed.
        case p.gender
            when 'nam' then r.max_age_male
            when 'nu' then r.max_age_female
            else least(r.max_age_male, r.max_age_female)
        end as met_at,
        case p.gender
            when 'nam' then r.max_age_male
            when 'nu' then r.max_age_female
            else greatest(r.max_age_male, r.max_age_female)
        end as failed_over,
        date_sub('year', p.birth_on, r.first_held_on) as youngest,
        date_sub('year', p.birth_on, latest(r.first_held_on, r.first_held_precision)) as oldest,
        t.earliest <> t.latest as sex_decides,
        date_sub('month', r.first_held_on, t.latest) as most_left,
        date_sub('month', latest(r.first_held_on, r.first_held_precision), t.earliest) as least_left
    from ruled_seat as r
    inner join person as p on r.person_id = p.person_id
    left join retiring as t on r.person_id = t.person_id
    where r.criterion = 'tuoi_lan_dau'
)

select
    posting_id, person_id, unit_id, post, group_code, criterion, seat_from, seat_to, moved_unit, moves_on, standard,
    decision,
    grace_until, after_grace, has_grace, law_from, law_to, kind, from_on as rule_from, to_on as rule_to, from_on, to_on,
    case
        when kind <> 'age' or not bound then 'exempt'
        when bound is null then 'unknown'
        when oldest <= met_at or least_left >= min_months_left then 'meets'
        when youngest > failed_over or most_left < min_months_left then 'below'
        else 'unknown'
    end as before_grace,
    case
        when kind <> 'age' then kind
        when not bound then 'not_first_holder'
        when bound is null then 'first_held_on'
        when birth_on is null then 'birth_on'
        when oldest <= met_at or youngest > failed_over then null
        when least_left >= min_months_left or most_left < min_months_left then null
        when met_at <> failed_over or (min_months_left is not null and sex_decides) then 'gender'
        else 'first_held_on'
    end as because,
    case
        when bound and min_months_left is not null then least_left::varchar
        when bound then youngest::varchar
    end as held,
    case when bound then vn_moment(first_held_on, first_held_precision) end as first_held,
    coalesce(required_first, required) as required,
    false as could_be_lowered
from measured;
