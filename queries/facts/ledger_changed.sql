-- Lần cuối sổ của cơ quan được ghi hay hoàn tác: sổ tải về mang theo lúc ấy để khi nạp lại không đè điều ghi sau.
select max(greatest(made_at, coalesce(undone_at, made_at))) as changed_at
from batch
order by changed_at;
