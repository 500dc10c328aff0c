-- Cộng kết luận của những người không có gì thay đổi, rồi ghi lại: ai ở tình trạng nào trong thời gian tới, ai thôi
-- chưa đạt hoặc thành chưa đạt. Mỗi bảng được dựng lại cả bảng: trong một giao dịch, DuckDB 1.5.5 đánh mất mọi dòng khi
-- thêm từ 122.880 dòng trở lên vào một bảng vừa được tạo bằng câu select từ một bảng rỗng.
create or replace temp table assessment_spell as
select * from assessment_spell
union all by name
select * from store.main.assessment_spell
where to_on > $as_of and from_on <= $until and person_id in (select person_id from kept);

-- To tell why somebody turns, `changed` also reads their earlier posts and certificates. Nobody else's are needed.
create or replace temp table seat as
select * from seat
union all by name
select * from store.main.seat where person_id in (select person_id from kept where turns);

create or replace temp table posting as
select * from posting
union all by name
select * from store.main.posting where person_id in (select person_id from kept where turns);

create or replace temp table qualification as
select * from qualification
union all by name
select * from store.main.qualification where person_id in (select person_id from kept where turns);

create or replace temp table foreseen as
select * from foreseen
union all by name
select
    if($early, 'early', 'late') as variant, posting_id, person_id, group_code, criterion, from_on, to_on, verdict,
    in_scope, unit_id, unit_code, commune, required, could_be_lowered
from judged(null::date, $scope, $communes, $groups, $posts, $criteria, $search)
where to_on > $as_of and from_on <= $until;

create or replace temp table foreseen_change as
select * from foreseen_change
union all by name
select if($early, 'early', 'late') as variant, *
from changed('then', $as_of, $until, $scope, $communes, $groups, $posts, $criteria, $search);

create or replace temp table foreseen_leaving as
select * from foreseen_leaving
union all by name
select if($early, 'early', 'late') as variant, person_id, on_date, reason from leaves;
