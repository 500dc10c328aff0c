-- Các đợt đã ghi nhận, mới nhất trước: mỗi dòng là một đợt, ai ghi, lúc nào, nói đến ngày nào, bao nhiêu dòng bị trả
-- lại, đã hoàn tác hay chưa.
select
    b.batch_id, b.title, b.as_of as data_as_of, b.made_at, b.made_by, b.undone_at,
    (select count(*) from rejected_row as r where r.batch_id = b.batch_id) as rejected
from batch as b
order by b.batch_id desc;
