"""Invented people and places. No real ward, person or telephone number stands in the demonstration."""

from __future__ import annotations

from random import Random

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
)  # fmt: skip
MEN = (
    ("Văn", "Đức", "Minh", "Quốc", "Xuân", "Hữu", "Công", "Ngọc"),
    ("An", "Bình", "Chiến", "Cường", "Dũng", "Đạt", "Đông", "Giang", "Hải", "Hùng", "Khánh", "Lâm", "Long", "Nam", "Phúc",
     "Quân", "Sơn", "Thắng", "Tiến", "Tuấn", "Việt"),
)  # fmt: skip
WOMEN = (
    ("Thị", "Thu", "Ngọc", "Thanh", "Hồng", "Thị Bích", "Thị Kim", "Diệu"),
    ("Anh", "Ánh", "Chi", "Diễm", "Đào", "Hà", "Hạnh", "Hiền", "Hoa", "Huệ", "Hường", "Lan", "Liên", "Mai", "Nga", "Nhung",
     "Oanh", "Phượng", "Thảo", "Thúy", "Uyên", "Vân", "Yến"),
)  # fmt: skip

PLEDGES = {
    "1": (
        ("Nghiên cứu đủ các chuyên đề học tập của năm và viết bài thu hoạch", "2 bài thu hoạch"),
        ("Dự đủ các lớp quán triệt nghị quyết do Đảng ủy tổ chức", "100% số lớp"),
        ("Đọc và trao đổi một tài liệu mới mỗi quý trong tổ đảng", "4 tài liệu"),
        ("Ghi sổ tay tự học, trình bày một vấn đề tâm đắc trước chi bộ", "1 lần trình bày"),
        ("Theo dõi thời sự hằng ngày, giải thích chủ trương mới cho bà con trong ngõ", "12 lượt trao đổi"),
        ("Tham gia cuộc thi tìm hiểu lịch sử Đảng bộ phường", "nộp 1 bài thi"),
    ),
    "2": (
        ("Giữ nếp sống giản dị, vận động gia đình không tổ chức linh đình việc cưới, việc tang", "không vi phạm"),
        ("Giúp đỡ hộ khó khăn trong tổ dân phố", "2 hộ"),
        ("Vận động hàng xóm phân loại rác tại nhà", "10 hộ"),
        ("Nuôi heo đất ủng hộ quỹ khuyến học của dòng họ", "500 nghìn đồng"),
        ("Hiến máu nhân đạo, vận động thêm người thân", "1 lần, thêm 2 người"),
        ("Bỏ thuốc lá, cùng câu lạc bộ dưỡng sinh tập luyện đều", "hết quý II"),
    ),
    "3": (
        ("Dự sinh hoạt chi bộ đầy đủ, đúng giờ", "12/12 kỳ"),
        ("Nộp đảng phí trước ngày 5 hằng tháng", "12 tháng"),
        ("Báo cáo kết quả tu dưỡng khi được phân công", "ít nhất 1 lần"),
        ("Chấp hành sự phân công, báo trước khi vắng mặt", "không vắng không lý do"),
        ("Không đăng, không chia sẻ tin chưa kiểm chứng trên mạng xã hội", "không có trường hợp nào"),
        ("Giữ mối liên hệ với nơi cư trú theo quy định", "2 buổi họp tổ"),
    ),
    "4": (
        ("Trả lời ý kiến của nhân dân đúng hẹn", "trong 5 ngày"),
        ("Đi cơ sở nắm tình hình, ghi sổ theo dõi", "mỗi tháng 2 buổi"),
        ("Chuẩn bị ý kiến phát biểu trước mỗi kỳ sinh hoạt", "mỗi quý 1 ý kiến"),
        ("Lập lịch công tác tuần, việc hôm nay không để ngày mai", "48 tuần có lịch"),
        ("Lắng nghe góp ý của lớp trẻ, ghi lại và phản hồi", "6 ý kiến"),
        ("Dùng văn bản điện tử thay giấy trong công việc chung", "80% văn bản"),
    ),
    "5": (
        ("Hoàn thành nhiệm vụ chi bộ phân công đúng hạn", "100% việc"),
        ("Vận động các hộ tham gia giữ gìn ngõ phố sạch", "4 đợt"),
        ("Hướng dẫn người dân dùng dịch vụ công trực tuyến", "20 lượt"),
        ("Tham gia tổ hòa giải của tổ dân phố", "hòa giải xong 3 vụ việc"),
        ("Phụ trách nhóm thăm hỏi người cao tuổi sống một mình", "thăm 8 lượt"),
        ("Kèm cặp một đồng nghiệp mới nắm vững nghiệp vụ", "đạt yêu cầu sau 6 tháng"),
    ),
    "6": (
        ("Khắc phục việc ngại phát biểu trong sinh hoạt", "phát biểu mỗi quý"),
        ("Sắp xếp công việc để không vắng sinh hoạt", "không vắng quá 1 kỳ"),
        ("Sửa tính nóng khi tiếp dân, xin lỗi ngay nếu để xảy ra", "không có phản ánh"),
        ("Bỏ thói quen chậm nộp báo cáo", "nộp trước hạn 1 ngày"),
        ("Học thêm tin học để tự làm báo cáo của tổ", "tự làm từ quý II"),
    ),
    "7": (
        ("Cùng chi bộ thực hiện một phần việc của nghị quyết đại hội", "1 phần việc"),
        ("Góp một sáng kiến cho phong trào của khu dân cư", "1 sáng kiến"),
        ("Nhận chăm sóc đoạn đường hoa trước nhà văn hóa", "tưới, dọn mỗi tuần"),
        ("Dạy chữ, dạy nghề miễn phí cho thiếu niên dịp hè", "1 lớp, 10 em"),
        ("Vận động doanh nghiệp tặng sách cho tủ sách chi bộ", "30 cuốn"),
    ),
}
"""Undertakings with their measure, by section of the form."""

VAGUE = ("Chấp hành tốt chủ trương, đường lối", "Luôn rèn luyện phẩm chất đạo đức", "Cố gắng hoàn thành nhiệm vụ")
"""What a generic plan says: nothing that could be measured."""

PRAISE = (
    "Thực hiện tốt các nội dung đã đăng ký, được tổ dân phố ghi nhận.",
    "Giúp được hai hộ khó khăn, đúng như đã đăng ký.",
    "Gương mẫu đi đầu trong phong trào giữ ngõ phố sạch.",
)
REMINDERS = (
    "Cần phát biểu nhiều hơn trong sinh hoạt.",
    "Cần báo cáo kết quả cụ thể, có số liệu.",
    "Cần dự sinh hoạt đúng giờ.",
)
CRITICISMS = ("Chưa thực hiện nội dung đã đăng ký từ hai tháng trước, không báo cáo lý do.",)


def name_of(chance: Random, sex: str) -> str:
    middles, given = WOMEN if sex == "female" else MEN
    return f"{chance.choice(FAMILIES)} {chance.choice(middles)} {chance.choice(given)}"


class Names:
    """Names that do not repeat within one story."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.used: set[str] = set()

    def next(self, sex: str) -> str:
        for _ in range(200):
            name = name_of(self.chance, sex)
            if name not in self.used:
                break
        self.used.add(name)
        return name
