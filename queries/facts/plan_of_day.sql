-- Kế hoạch tinh giản đang thực hiện vào một ngày, dù chưa có biên chế giao nào được ghi.
select base_year, first_year, last_year from plan_of($as_of);
