"""What a title tells before an article is fetched: twenty with figures stand before twenty without."""

from __future__ import annotations

import unicodedata

import pytest

from extractors.relevance import relevance

LIKELY = """
Ninh Hòa: Hơn 9 nghìn hồ sơ giải quyết trước hạn
Quý II, thu nội địa của huyện Cam Lâm vượt 12%
Giải ngân vốn đầu tư công mới đạt 41% kế hoạch
Thêm 4 xã về đích nông thôn mới nâng cao
Tỉnh thăng 5 bậc trên bảng xếp hạng chuyển đổi số
Kim ngạch xuất khẩu thủy sản 7 tháng tăng 8,4%
Còn 1.250 hộ nghèo theo chuẩn mới
Lượng khách lưu trú dịp hè tăng gấp rưỡi
Sản xuất công nghiệp khởi sắc
Họp báo tình hình kinh tế - xã hội 9 tháng
96% người dân hài lòng với bộ phận một cửa
Phường Bắc Nha Trang: hồ sơ trễ hẹn giảm mạnh
Tỷ lệ bao phủ bảo hiểm y tế đạt 94%
Cục Thống kê công bố tăng trưởng của tỉnh
Chi cân đối ngân sách ước 14.200 tỷ đồng
Trên 3.400 lao động được giải quyết việc làm
Dân số của thành phố vượt 500 nghìn người
Tỷ lệ đô thị hóa của huyện còn thấp
Hơn 700 doanh nghiệp thành lập mới trong quý
Hội nghị sơ kết công tác cải cách hành chính
"""
UNLIKELY = """
Tiền đạo trẻ lập cú đúp giúp đội nhà vào chung kết
Giải đua thuyền truyền thống trên sông Cái
Nữ ca sĩ hủy show vì sốt cao
Ra mắt tập thơ của cây bút trẻ
Xe khách lao xuống vực, 3 người tử vong
Công an bắt nhóm trộm xe máy
Rét đậm kéo dài đến cuối tuần
Giá xăng chiều nay giảm nhẹ
Bí quyết nấu nồi phở ngon
Thăm đảo Bình Ba mùa biển lặng
Người thầy của những đứa trẻ khiếm thị
Chủ tịch nước tiếp đoàn đại biểu thanh niên
Khởi công cầu vượt nút giao phía tây
Cây di sản 300 năm tuổi bên đình làng
Cảnh đẹp bãi dài lúc bình minh
Tập huấn kỹ năng viết tin cho cộng tác viên
Vườn lan tiền tỷ của lão nông
Xử phạt tài xế dùng rượu bia khi lái xe
Mưa lớn gây ngập nhiều tuyến phố
Lễ hội pháo hoa thu hút giới trẻ
"""


def test_articles_with_figures_come_before_sport_shows_and_accidents() -> None:
    unlikely = max(map(relevance, UNLIKELY.strip().splitlines()))
    assert [title for title in LIKELY.strip().splitlines() if relevance(title) <= unlikely] == []


@pytest.mark.parametrize("title", ["", "Xem thêm", "12", "Người thầy của những đứa trẻ khiếm thị"])
def test_what_says_nothing_is_neither_likely_nor_unlikely(title: str) -> None:
    assert relevance(title) == 0


def test_a_lead_counts_less_than_a_title() -> None:
    told = "Tỷ lệ hồ sơ trễ hạn còn 0,7%"
    assert relevance(told) > relevance("Chuyện bên đường", told) > relevance("Chuyện bên đường") == 0


def test_the_spelling_of_the_letters_does_not_matter() -> None:
    title = "Quý II, thu nội địa của huyện Cam Lâm vượt 12%"
    assert relevance(unicodedata.normalize("NFD", title)) == relevance(title)
