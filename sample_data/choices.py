"""What invented people are called and what they study: weighted lists of our own, resembling no list of real people."""

from bisect import bisect
from random import Random


class Choice:
    """Values drawn by weight, written 'Nguyễn 33, Trần 11'; a missing weight is 1."""

    def __init__(self, text: str) -> None:
        self.values: list[str] = []
        self.sums: list[float] = []
        total = 0.0
        for item in text.split(","):
            value, _, weight = item.strip().rpartition(" ")
            if not weight.replace(".", "").isdigit():
                value, weight = item.strip(), "1"
            total += float(weight)
            self.values.append(value)
            self.sums.append(total)

    def __call__(self, rng: Random) -> str:
        return self.values[bisect(self.sums, rng.random() * self.sums[-1])]


KINH_FAMILY = Choice(
    "Nguyễn 33, Trần 11, Lê 10, Phạm 6, Hoàng 4.5, Huỳnh 0.8, Phan 5, Võ 4, Đặng 2.5, Bùi 1.5, Đỗ 1.2, Hồ 5, Ngô 1.5, "
    "Dương 1.2, Trương 2.5, Văn 1.5, Cái 1, Đoàn 1.2, Lý 0.4, Châu 0.5, Mai 0.8, Hà 0.5, Lương 0.4"
)
ROYAL_FAMILY = {"nam": "Tôn Thất", "nu": "Tôn Nữ"}
CO_TU_FAMILY = Choice(
    "Hồ 35, Nguyễn 12, Trần 10, Phạm 8, Lê 8, Ra Pát 6, Rapat 1, A Lăng 5, Ta Rương 4, A Rất 4, Bh'ling 2, Pơloong 1, "
    "Cơlâu 1, Riêh 0.7, A Moong 1.3"
)
MIDDLE = {
    "nam": Choice(
        "Văn 34, Đình 9, Hữu 9, Quang 8, Ngọc 7, Xuân 7, Thanh 6, Đức 6, Công 5, Viết 4, Minh 4, Bá 2, Duy 2, Quốc 3"
    ),
    "nu": Choice("Thị 58, Thị Thu 6, Thị Thanh 7, Thị Kim 6, Thị Mỹ 5, Thị Bích 3, Thị Ngọc 4, Ngọc 6, Thu 3, Mỹ 2"),
}
GIVEN = {
    "nam": Choice(
        "Hùng 5, Dũng 5, Tuấn 5, Hải 4, Sơn 4, Thắng 4, Minh 3, Cường 4, Bình 4, Long 3, Nam 3, Quang 2, Phước 3, "
        "Lộc 2, Tâm 3, Trung 3, Hiếu 3, Thành 3, Đức 3, Vinh 3, Toàn 3, Tiến 3, Hòa 2, Lâm 2, Nhật 2, Khánh 2, Quý 2, "
        "Thịnh 2, Phong 2, Hoàng 2, Bảo 1, Chiến 2, Đông 2, Lợi 2, Mạnh 1, Nghĩa 2, Nhân 1, Sinh 1, Tài 1, Thiện 2, "
        "Trí 1, Vũ 1, Xuân 1, Ánh 1, Hưng 2, Hậu 1, Đạt 1, Kiên 1"
    ),
    "nu": Choice(
        "Hương 5, Lan 4, Hoa 4, Hồng 4, Thủy 4, Hà 4, Nga 4, Phương 4, Hạnh 4, Hiền 4, Loan 4, Nhung 3, Trang 3, "
        "Thảo 3, Ánh 2, Mai 3, Yến 2, Dung 3, Liên 3, Tuyết 3, Vân 3, Xuân 2, Cúc 1, Nguyệt 2, Tâm 2, Bình 1, Thu 2, "
        "Lành 1, Sương 2, Diệu 1, Ngân 2, Oanh 2, Quyên 1, Thương 2, Châu 1, Hằng 3, Huệ 2, Nhàn 1"
    ),
}
CO_TU_GIVEN = {
    "nam": Choice("Nhúp 2, Lia 2, Mão 2, Rôn 1, Nghinh 2, Chấn 1, Nhói 1, Blới 1, Crin 1, Đới 1, Vêl 1, Xứt 1"),
    "nu": Choice("Lét 1, Nhớ 2, Lai 1, Chem 1, Bơi 1, Vơi 1, Niêm 1, Chiêu 1, Pỉa 1, Nhơi 1"),
}
SMALL_PEOPLES = Choice("Cơ Tu 93, Tà Ôi 3, Vân Kiều 2, Pa Hy 2")
LOWLAND_HOMES = Choice("Phú Lộc 4, Phú Vang 2, Hương Thủy 2, Hương Trà 1, Quảng Điền 1, Phong Điền 1")

LEADERS = Choice(
    "Luật 6, Hành chính học 4, Quản lý nhà nước 3, Kinh tế nông nghiệp 3, Nông học 3, Lâm nghiệp 3, Quản lý đất đai 2, "
    "Xây dựng Đảng và chính quyền nhà nước 4, Chính trị học 3, Phát triển nông thôn 3, Quản trị kinh doanh 1"
)
UNIONS = Choice(
    "Khuyến nông 4, Chăn nuôi thú y 4, Công tác xã hội 3, Luật 3, Lâm nghiệp 3, Phát triển nông thôn 3, "
    "Hành chính học 2, Xây dựng Đảng và chính quyền nhà nước 3, Trồng trọt 2, Sư phạm tiểu học 1"
)
SHORT_COURSES = Choice("Khuyến nông 3, Thú y 3, Trồng trọt 2, Công tác mặt trận 1, Văn thư 1, Công tác hội 2")
POLICE = Choice("Công an xã 5, Luật 3")
MILITARY = Choice("Quân sự cơ sở")
OFFICE_WORK = Choice(
    "Hành chính học 4, Luật 3, Quản trị văn phòng 3, Công nghệ thông tin 2, Văn thư - lưu trữ 2, Kế toán 1, "
    "Quản lý nhà nước 2"
)
LAND = Choice(
    "Quản lý đất đai 6, Địa chính 3, Xây dựng dân dụng và công nghiệp 3, Nông học 2, Lâm nghiệp 2, "
    "Khoa học môi trường 1"
)
ACCOUNTS = Choice("Kế toán 6, Tài chính - ngân hàng 2, Kế toán doanh nghiệp 2, Tài chính 1")
JUSTICE = Choice("Luật 8, Luật kinh tế 1, Luật hành chính 1")
SOCIETY = Choice(
    "Quản lý văn hóa 4, Công tác xã hội 4, Luật 2, Hành chính học 2, Việt Nam học 1, Lao động - xã hội 2, Xã hội học 1"
)

# Highest levels reached, by group and by whether the person belongs to one of the small peoples.
PROFESSION = {
    ("can_bo", False): Choice("so_cap 4, trung_cap 28, cao_dang 4, dai_hoc 62, thac_si 2"),
    ("can_bo", True): Choice("so_cap 12, trung_cap 44, cao_dang 3, dai_hoc 41"),
    ("cong_chuc", False): Choice("trung_cap 27, cao_dang 7, dai_hoc 65, thac_si 1"),
    ("cong_chuc", True): Choice("trung_cap 38, cao_dang 8, dai_hoc 54"),
    ("khong_chuyen_trach", False): Choice("chua 22, so_cap 16, trung_cap 38, cao_dang 6, dai_hoc 18"),
    ("khong_chuyen_trach", True): Choice("chua 36, so_cap 22, trung_cap 32, cao_dang 2, dai_hoc 8"),
}
POLITICS = {
    "can_bo": Choice("so_cap 14, trung_cap 78, cao_cap 8"),
    "cong_chuc": Choice("chua 30, so_cap 14, trung_cap 55, cao_cap 1"),
    "khong_chuyen_trach": Choice("chua 46, so_cap 38, trung_cap 16"),
}
STATE = {
    "can_bo": Choice("chua 25, boi_duong 45, can_su 12, chuyen_vien 18"),
    "cong_chuc": Choice("chua 22, boi_duong 25, can_su 23, chuyen_vien 30"),
    "khong_chuyen_trach": Choice("chua 85, boi_duong 15"),
}
COMPUTING = {
    "can_bo": Choice("chua 24, a 46, b 22, co_ban 8"),
    "cong_chuc": Choice("a 48, b 32, c 2, co_ban 18"),
    "khong_chuyen_trach": Choice("chua 55, a 35, b 10"),
}
PART_TIME = Choice(
    "kct_vp_du 3, kct_tuyen_giao 2, kct_to_chuc 2, kct_pct_mttq 3, kct_pbt_doan 3, kct_pct_lhpn 3, kct_pct_nd 3, "
    "kct_pct_ccb 2, kct_pcht_qs 3, kct_pho_ca 3, kct_thu_quy 3, kct_truyen_thanh 2, kct_khuyen_nong 2, "
    "kct_giam_ngheo 1, kct_ct_nct 2, kct_ct_ctd 2"
)

ELECTED_LEAVE = Choice("nghi_huu 26, chuyen_cong_tac 32, tinh_gian 16, het_nhiem_ky 20, thoi_viec 3, tu_tran 3")
STAFF_LEAVE = Choice("nghi_huu 25, chuyen_cong_tac 38, tinh_gian 18, thoi_viec 15, tu_tran 4")
YOUTH_LEAVE = Choice("chuyen_cong_tac 4, thoi_viec 1")
