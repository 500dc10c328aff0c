"""Articles and sentences that stand in many of the golden rows."""

QD04_5, QD04_7 = "Điều 5 QĐ 04/2004/QĐ-BNV", "Điều 7 QĐ 04/2004/QĐ-BNV"
QD04_6 = "Điều 6 QĐ 04/2004/QĐ-BNV (chưa đối chiếu văn bản gốc)"
TT06 = "Điều 2 TT 06/2012/TT-BNV"
L80 = "Luật Cán bộ công chức 80/2025/QH15 và NĐ 170/2025/NĐ-CP"
NO_GRACE = "Văn bản không dành thời gian chuyển tiếp cho trường hợp này."
