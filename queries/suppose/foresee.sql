-- Cộng kết luận của những người không có gì thay đổi, rồi ghi lại: ai ở tình trạng nào trong thời gian tới, ai thôi
-- chưa đạt hoặc thành chưa đạt.
insert into assessment_spell by name
select * from store.main.assessment_spell
where to_on > $as_of and person_id not in (select person_id from moved);

insert into seat by name
select * from store.main.seat
where seat_to > $as_of and person_id not in (select person_id from moved);

-- What was true before still says whence somebody comes and what papers they have.
insert into posting by name
select * from store.main.posting
where person_id not in (select person_id from moved);

insert into qualification by name
select * from store.main.qualification
where person_id not in (select person_id from moved);

insert into foreseen by name
select
    if($early, 'early', 'late') as variant, posting_id, person_id, group_code, criterion, from_on, to_on, verdict,
    in_scope, unit_code, commune, required
from judged(null::date, $scope, $communes, $groups, $posts, $criteria, $search)
where to_on > $as_of and from_on <= $until;

insert into foreseen_change by name
select if($early, 'early', 'late') as variant, *
from changed('then', $as_of, $until, $scope, $communes, $groups, $posts, $criteria, $search);
