-- Có hai kết luận khác nhau cho cùng một tiêu chí trong cùng một ngày; hãy chạy lại bằng cách mở kho với bản phần
-- mềm mới nhất.
select a.posting_id, a.criterion, a.from_on
from assessment_spell as a
inner join assessment_spell as b
    on a.posting_id = b.posting_id and a.criterion = b.criterion and a.from_on < b.to_on and b.from_on < a.to_on
    and (a.from_on, a.to_on) <> (b.from_on, b.to_on)
union
select posting_id, criterion, from_on
from assessment_spell
group by posting_id, criterion, from_on
having count(*) > 1
order by posting_id, criterion, from_on;
