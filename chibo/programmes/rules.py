"""What must hold of programmes and their themes, and the 27 manifestations. Nghị quyết 04-NQ/TW (30/10/2016); rulebook §3."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.core.values import Objection, Word, gettext_noop


class ManifestationGroup(Word):
    """The three groups of nine that the resolution makes."""

    IDEOLOGY = "A", gettext_noop("Suy thoái về tư tưởng chính trị")
    MORALITY = "B", gettext_noop("Suy thoái về đạo đức, lối sống")
    SELF_EVOLUTION = "C", gettext_noop("“Tự diễn biến”, “tự chuyển hóa”")


MANIFESTATIONS = (
    ("A1", "Phai nhạt lý tưởng cách mạng; dao động, giảm sút niềm tin; hoài nghi, thiếu tin tưởng chủ nghĩa Mác - Lênin, tư tưởng Hồ Chí Minh."),
    ("A2", "Xa rời tôn chỉ, mục đích của Đảng; không kiên định con đường đi lên chủ nghĩa xã hội; phụ họa theo nhận thức lệch lạc."),
    ("A3", "Nhận thức sai lệch về ý nghĩa của lý luận và học tập lý luận; lười học tập chỉ thị, nghị quyết."),
    ("A4", "Không chấp hành nghiêm nguyên tắc tổ chức; sa sút ý chí phấn đấu, không gương mẫu; trung bình chủ nghĩa; né tránh, thiếu trách nhiệm."),
    ("A5", "Trong tự phê bình không nhận khuyết điểm; khi phê bình thì nể nang, né tránh, nịnh bợ hoặc lợi dụng phê bình để đả kích."),
    ("A6", "Nói và viết không đúng quan điểm; nói không đi đôi với làm; hứa nhiều làm ít; nói một đằng, làm một nẻo."),
    ("A7", "Duy ý chí, áp đặt, bảo thủ, chỉ làm theo ý mình; không lắng nghe ý kiến khác."),
    ("A8", "Tham vọng chức quyền, không chấp hành phân công; kén chọn chức danh; “tư duy nhiệm kỳ”, tranh thủ bổ nhiệm, vận động phiếu."),
    ("A9", "Vướng vào “lợi ích nhóm”; sử dụng quyền lực được giao để phục vụ lợi ích cá nhân hoặc để người thân quen lợi dụng chức vụ."),
    ("B1", "Cá nhân chủ nghĩa, sống ích kỷ, thực dụng, cơ hội, vụ lợi; đố kỵ."),
    ("B2", "Vi phạm nguyên tắc tập trung dân chủ; gây mất đoàn kết nội bộ; độc đoán hoặc dân chủ hình thức, cục bộ."),
    ("B3", "Kê khai và giải trình tài sản, thu nhập không trung thực."),
    ("B4", "Mắc bệnh “thành tích”, háo danh, phô trương, che giấu khuyết điểm, thổi phồng thành tích."),
    ("B5", "Quan liêu, xa rời quần chúng, không sâu sát cơ sở; thờ ơ, vô cảm trước khó khăn của nhân dân."),
    ("B6", "Quan liêu trong quản lý để thất thoát, lãng phí tài sản, ngân sách, đất đai; chi tiêu công tùy tiện."),
    ("B7", "Tham ô, tham nhũng; lợi dụng chức vụ, quyền hạn để trục lợi; môi giới, bao che tham nhũng."),
    ("B8", "Thao túng trong công tác cán bộ; chạy chức, chạy quyền, chạy chỗ, chạy luân chuyển, chạy bằng cấp."),
    ("B9", "Đánh bạc, rượu chè bê tha, mê tín dị đoan; sa vào tệ nạn xã hội; vi phạm thuần phong mỹ tục, đạo đức gia đình."),
    ("C1", "Phản bác, phủ nhận chủ nghĩa Mác - Lênin, tư tưởng Hồ Chí Minh, nguyên tắc tổ chức; đòi “đa nguyên, đa đảng”."),
    ("C2", "Phủ nhận nền dân chủ xã hội chủ nghĩa, nhà nước pháp quyền; đòi “tam quyền phân lập”, “xã hội dân sự”; phủ nhận kinh tế thị trường định hướng xã hội chủ nghĩa."),
    ("C3", "Nói, viết, làm trái quan điểm, đường lối; hạ thấp thành quả cách mạng; bôi nhọ lãnh tụ."),
    ("C4", "Kích động tư tưởng bất mãn, bất đồng chính kiến, chống đối; lợi dụng mạng xã hội gây rối, chia rẽ."),
    ("C5", "Phủ nhận vai trò lãnh đạo tuyệt đối của Đảng với lực lượng vũ trang; đòi “phi chính trị hóa” quân đội, công an."),
    ("C6", "Móc nối, cấu kết với các thế lực thù địch, phần tử cơ hội."),
    ("C7", "Đưa thông tin sai lệch, xuyên tạc đường lối đối ngoại; tạo mâu thuẫn."),
    ("C8", "Sáng tác, quảng bá tác phẩm văn hóa, nghệ thuật lệch lạc, bóp méo lịch sử."),
    ("C9", "Có tư tưởng dân tộc hẹp hòi, tôn giáo cực đoan; lợi dụng dân tộc, tôn giáo chia rẽ khối đại đoàn kết."),
)  # fmt: skip
"""Code and wording, A1 to C9. The wording is shortened; the office must paste the official sentences (rulebook §3.4 [R])."""


def objections_to_launching(
    *, code_taken: bool, valid_from: date, valid_to: date | None, years: tuple[int, ...] = ()
) -> Iterator[Objection]:
    """A programme has its own code below its unit, ends no earlier than it begins, and keeps its themes' years."""
    if code_taken:
        yield Objection(gettext_noop("Đã có chương trình mang mã này."), field="code")
    if valid_to is not None and valid_to < valid_from:
        yield Objection(gettext_noop("Ngày kết thúc trước ngày bắt đầu."), field="valid_to")
    for year in years:
        yield from _outside(year, valid_from, valid_to, field="valid_from")


def objections_to_theming(*, year: int, title: str, valid_from: date, valid_to: date | None) -> Iterator[Objection]:
    """A theme has words, and its year lies within the programme's time."""
    if not title.strip():
        yield Objection(gettext_noop("Hãy ghi tên chuyên đề."), field="title")
    yield from _outside(year, valid_from, valid_to, field="year")


def objections_to_wording(text: str) -> Iterator[Objection]:
    if not text.strip():
        yield Objection(gettext_noop("Hãy dán câu chữ của nghị quyết."), "Nghị quyết 04-NQ/TW", field="text")


def _outside(year: int, valid_from: date, valid_to: date | None, *, field: str) -> Iterator[Objection]:
    if year < valid_from.year or (valid_to is not None and year > valid_to.year):
        yield Objection(
            gettext_noop("Chuyên đề năm %(year)s nằm ngoài thời gian của chương trình."),
            params={"year": year},
            field=field,
        )
