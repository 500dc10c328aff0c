-- Ngày nghỉ đầu tiên và cuối cùng của một đợt trong một năm, theo lịch đợt của năm ấy.
select make_date($year, from_month, 1) as first_on, last_day(make_date($year, until_month, 1)) as last_on
from schedule()
where round = $round and $year >= from_year and $year < until_year;
