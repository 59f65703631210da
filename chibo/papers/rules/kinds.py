"""The types of papers (thể loại văn bản). Quy định 399-QĐ/TW (9/1/2026), before it 66-QĐ/TW (6/2/2017); rulebook §6.1."""

from __future__ import annotations

from chibo.core.values import Word, gettext_noop


class PaperKind(Word):
    """A type of paper: its code, its name as printed, and the letters it has in the symbol.

    Letters that no source shows follow the first letters of the name [R]; the page of the regulation says which.
    ``QĐ`` stands for quyết định and for quy định alike, as in 294-QĐ/TW; local files write QĐi for the second.
    """

    abbreviation: str

    def __new__(cls, code: str, label: str = "", abbreviation: str = "") -> PaperKind:
        kind = str.__new__(cls, code)
        kind._value_ = code
        kind.label = label or code
        kind.abbreviation = abbreviation
        return kind

    PLATFORM = "platform", gettext_noop("Cương lĩnh"), "CL"
    CHARTER = "charter", gettext_noop("Điều lệ"), "ĐL"
    STRATEGY = "strategy", gettext_noop("Chiến lược"), "CL"
    RESOLUTION = "resolution", gettext_noop("Nghị quyết"), "NQ"
    DECISION = "decision", gettext_noop("Quyết định"), "QĐ"
    DIRECTIVE = "directive", gettext_noop("Chỉ thị"), "CT"
    CONCLUSION = "conclusion", gettext_noop("Kết luận"), "KL"
    STATUTE = "statute", gettext_noop("Quy chế"), "QC"
    REGULATION = "regulation", gettext_noop("Quy định"), "QĐ"
    CIRCULAR = "circular", gettext_noop("Thông tri"), "TT"
    GUIDANCE = "guidance", gettext_noop("Hướng dẫn"), "HD"
    NOTICE = "notice", gettext_noop("Thông báo"), "TB"
    COMMUNIQUE = "communique", gettext_noop("Thông cáo"), "TC"
    DECLARATION = "declaration", gettext_noop("Tuyên bố"), "TB"
    APPEAL = "appeal", gettext_noop("Lời kêu gọi"), "LKG"
    REPORT = "report", gettext_noop("Báo cáo"), "BC"
    PLAN = "plan", gettext_noop("Kế hoạch"), "KH"
    MASTER_PLAN = "master_plan", gettext_noop("Quy hoạch"), "QH"
    PROGRAMME = "programme", gettext_noop("Chương trình"), "CTr"
    SCHEME = "scheme", gettext_noop("Đề án"), "ĐA"
    OPTION = "option", gettext_noop("Phương án"), "PA"
    PROJECT = "project", gettext_noop("Dự án"), "DA"
    PROPOSAL = "proposal", gettext_noop("Tờ trình"), "TTr"
    LETTER = "letter", gettext_noop("Công văn"), "CV"
    MINUTES = "minutes", gettext_noop("Biên bản"), "BB"
    INTRODUCTION = "introduction", gettext_noop("Giấy giới thiệu"), "GGT"
    CERTIFICATE = "certificate", gettext_noop("Giấy chứng nhận"), "GCN"
    TRAVEL_PAPER = "travel_paper", gettext_noop("Giấy đi đường"), "GĐĐ"
    LEAVE_PAPER = "leave_paper", gettext_noop("Giấy nghỉ phép"), "GNP"
    INVITATION = "invitation", gettext_noop("Giấy mời"), "GM"
    FORWARDING_SLIP = "forwarding_slip", gettext_noop("Phiếu chuyển"), "PC"
    SENDING_SLIP = "sending_slip", gettext_noop("Phiếu gửi"), "PG"
    OPEN_LETTER = "open_letter", gettext_noop("Thư công"), "TC"
    FORM = "form", gettext_noop("Biểu mẫu"), ""
    """Not a type of paper but a record of the cell's work (bản cam kết, phiếu): it prints a title of its own."""


VARIANTS = {"QĐi": PaperKind.REGULATION, "QyĐ": PaperKind.REGULATION}
"""Letters that local files use beside those of the regulation (rulebook §6.1)."""


def kinds_abbreviated(letters: str) -> tuple[PaperKind, ...]:
    """The types that the letters of a symbol may stand for: ("QĐ") both quyết định and quy định."""
    if letters in VARIANTS:
        return (VARIANTS[letters],)
    return tuple(kind for kind in PaperKind if kind.abbreviation and kind.abbreviation == letters)


SPELLINGS = {
    letters.casefold(): letters for letters in (*(k.abbreviation for k in PaperKind if k.abbreviation), *VARIANTS)
}
"""How the letters are written, by how they may be typed: ``ctr`` is ``CTr``."""
