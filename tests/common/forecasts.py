"""The forecast of the sample: the days it is between, what is asked for it, and the sentence about it."""

from datetime import date

DAY, UNTIL = date(2018, 12, 31), date(2021, 12, 31)
QUERIES = ("forecast", "forecast_people", "forecast_by_commune", "forecast_short")
SAID = (
    "Nếu không làm gì thêm, đến 31/12/2021 có 49 đến 50 người chưa đạt (nay 10): tăng 41 do tiêu chuẩn thay đổi từ "
    "25/12/2019 và 01/07/2020; giảm 1 đến 2 (1 đi học xong, có thể 1 nghỉ hưu)."
)
