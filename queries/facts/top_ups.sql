-- Hỗ trợ thêm của tỉnh, của cơ quan cho người tinh giản biên chế, do cán bộ nhập: mỗi dòng là một khoản của một chính
-- sách, theo văn bản nào, áp dụng từ ngày nào đến trước ngày nào, ai nhập, ở đợt nào.
select
    t.number, t.policy, t.months::double as months, t.pay, t.amount, t.per, t.effective_from, t.ended_on, t.note,
    t.batch_id, b.made_by, b.made_at
from live_top_up() as t
inner join batch as b on t.batch_id = b.batch_id
order by t.effective_from, t.number, t.batch_id, t.policy, t.per, t.pay;
