-- Mỗi chức vụ đang giữ gặp mỗi dòng quy định ràng buộc nó: khoảng thời gian chung của hai bên.
create or replace temp table ruled_seat as
select
    s.posting_id, s.person_id, s.unit_id, s.post, s.group_code, r.criterion,
    s.seat_from, s.seat_to, s.moved_unit, s.moves_on,
    greatest(s.seat_from, r.from_on) as from_on, least(s.seat_to, r.to_on) as to_on,
    r.standard, r.decision, r.required, r.required_first, r.required_rank, r.first_rank, r.at_rank, r.floor_rank,
    r.max_age_male, r.max_age_female, r.min_months_left, r.grace_until, r.after_grace,
    s.first_held_on, s.first_held_precision,
    r.kind, r.from_on as law_from, r.to_on as law_to,
    -- Does the row for first holders bind this person? Unknown where the date of first holding is.
    case
        when r.required_first is null then false
        when s.first_held_on >= r.effective_from then true
        when latest(coalesce(s.first_held_on, s.from_on), coalesce(s.first_held_precision, s.from_precision))
            < r.effective_from then false
    end as bound,
    case
        when r.grace_until is null then false
        when s.service_by < r.grace_in_post_before then true
        when s.service_from >= r.grace_in_post_before then false
    end as has_grace
from seat as s
inner join rule as r
    on s.regime = r.regime and s.post = r.post and s.seat_from < r.to_on and s.seat_to > r.from_on
where r.kind <> 'training';
