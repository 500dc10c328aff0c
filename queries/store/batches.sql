-- Các đợt đã ghi nhận, mới nhất trước: mỗi dòng là một đợt, ai ghi, lúc nào, nói đến ngày nào, về bao nhiêu người, bao
-- nhiêu dòng bị trả lại, đã hoàn tác hay chưa, ai hoàn tác. Đợt là việc của cả cơ quan: chỉ ai thấy mọi người trong
-- kho mới thấy.
select
    b.batch_id, b.title, b.as_of as data_as_of, b.made_at, b.made_by,
    (
        select count(distinct s.person_id)
        from (
            select person_id from person_claim where batch_id = b.batch_id
            union all
            select person_id from posting_claim where batch_id = b.batch_id
            union all
            select person_id from qualification_claim where batch_id = b.batch_id
            union all
            select person_id from downsizing_case where batch_id = b.batch_id
            union all
            select c.person_id
            from case_step as s inner join downsizing_case as c on s.case_id = c.case_id
            where s.batch_id = b.batch_id
            union all
            select person_id from evaluation where batch_id = b.batch_id
            union all
            select person_id from pay_step where batch_id = b.batch_id
            union all
            select person_id from candidate_decision where batch_id = b.batch_id
        ) as s
    ) as people,
    (select count(*) from rejected_row as r where r.batch_id = b.batch_id) as rejected, b.undone_at, b.undone_by
from batch as b
where sees_everyone($scope)
order by b.batch_id desc;
