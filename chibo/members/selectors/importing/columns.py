"""What the columns of a list of members hold, and how each cell is read: the words and spellings of Vietnamese offices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chibo.access.charter import Post
from chibo.core.registry import ImportField
from chibo.core.values import Word
from chibo.core.vietnamese import fold, nfc
from chibo.core.workbooks import Precision, as_date
from chibo.members.models import Member
from chibo.members.rules import Condition, DatePrecision, Qualification, Sex, StaffKind, Standing, Theory

F = ImportField
FIELDS = (
    F("number", gettext_noop("STT"), ("STT", "TT", "Số TT", "Số thứ tự", "No"), ignored=True),
    F("full_name", gettext_noop("Họ và tên"),
      ("Họ và tên", "Họ tên", "Họ, tên", "Họ và tên đảng viên", "Họ tên đảng viên", "Họ và tên khai sinh", "Tên đảng viên",
       "Đảng viên", "Họ và tên đồng chí", "Đồng chí", "Họ và tên Nam Nữ"),
      required=True, instead=("family_name", "given_name")),
    F("family_name", gettext_noop("Họ và tên đệm"),
      ("Họ và tên đệm", "Họ đệm", "Họ và đệm", "Họ", "Họ lót", "Họ và chữ đệm", "Họ chữ đệm", "Họ tên đệm",
       "Họ và tên Họ đệm", "Họ và tên Họ")),
    F("given_name", gettext_noop("Tên"), ("Tên", "Họ và tên Tên")),
    F("birth", gettext_noop("Ngày sinh"),
      ("Ngày sinh", "Năm sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Sinh ngày", "NTNS", "Ngày/tháng/năm sinh",
       "Ngày sinh năm sinh")),
    F("birth_male", gettext_noop("Ngày sinh (nam)"),
      ("Nam", "Ngày sinh Nam", "Năm sinh Nam", "Ngày tháng năm sinh Nam", "Giới tính Nam", "Sinh ngày Nam")),
    F("birth_female", gettext_noop("Ngày sinh (nữ)"),
      ("Nữ", "Ngày sinh Nữ", "Năm sinh Nữ", "Ngày tháng năm sinh Nữ", "Giới tính Nữ", "Sinh ngày Nữ")),
    F("sex", gettext_noop("Giới tính"), ("Giới tính", "Giới", "Nam Nữ", "Nam/Nữ", "Phái", "Phái tính")),
    F("cell", gettext_noop("Chi bộ"),
      ("Chi bộ", "Tên chi bộ", "Chi bộ sinh hoạt", "Thuộc chi bộ", "Đang sinh hoạt tại chi bộ", "Nơi sinh hoạt",
       "Sinh hoạt tại chi bộ", "Mã chi bộ", "Tổ chức đảng", "Mã tổ chức")),
    F("admitted_on", gettext_noop("Ngày vào Đảng"),
      ("Ngày vào Đảng", "Ngày kết nạp", "Ngày kết nạp Đảng", "Ngày vào Đảng dự bị", "Ngày dự bị", "Năm vào Đảng", "Vào Đảng",
       "Ngày tháng năm vào Đảng", "Ngày, tháng, năm kết nạp", "Ngày vào ĐCSVN", "Kết nạp", "Ngày vào Đảng Kết nạp",
       "Ngày vào Đảng Dự bị", "Ngày vào Đảng Ngày dự bị", "Ngày vào Đảng Ngày kết nạp")),
    F("official_on", gettext_noop("Ngày chính thức"),
      ("Ngày chính thức", "Ngày công nhận chính thức", "Ngày vào Đảng chính thức", "Ngày công nhận đảng viên chính thức",
       "Ngày chuyển chính thức", "Ngày vào Đảng Ngày chính thức", "Năm chính thức", "Ngày CT")),
    F("arrived_on", gettext_noop("Ngày về chi bộ"),
      ("Ngày về chi bộ", "Ngày chuyển đến", "Ngày chuyển sinh hoạt đến", "Sinh hoạt tại chi bộ từ", "Ngày tiếp nhận",
       "Ngày về sinh hoạt")),
    F("card_number", gettext_noop("Số thẻ đảng viên"),
      ("Số thẻ", "Số thẻ Đảng", "Số thẻ đảng viên", "Thẻ Đảng", "Số TĐV", "Thẻ đảng viên", "Số thẻ ĐV", "Số hiệu thẻ")),
    F("citizen_id", gettext_noop("Số định danh cá nhân"),
      ("CCCD", "Số CCCD", "Số định danh", "Số định danh cá nhân", "Căn cước công dân", "Căn cước", "Số căn cước",
       "Số căn cước công dân", "Mã định danh", "CCCD/CMND", "CMND/CCCD", "Số CMND", "CMND", "Số CMND/CCCD", "Số CCCD/CMND",
       "Số CCCD/Số định danh", "CCCD/Số định danh", "Số ĐDCN"), masked=True),
    F("phone", gettext_noop("Điện thoại"),
      ("Điện thoại", "Số điện thoại", "SĐT", "ĐT", "Điện thoại di động", "Di động", "Số ĐT", "Số điện thoại liên hệ",
       "Điện thoại liên hệ")),
    F("address", gettext_noop("Nơi ở"),
      ("Nơi ở", "Địa chỉ", "Nơi ở hiện nay", "Chỗ ở hiện nay", "Địa chỉ thường trú", "Thường trú", "Nơi cư trú", "Nơi thường trú",
       "Địa chỉ nơi ở", "Chỗ ở", "Hộ khẩu thường trú", "Nơi ở, địa chỉ")),
    F("occupation", gettext_noop("Nghề nghiệp, chức vụ"),
      ("Nghề nghiệp", "Nghề nghiệp, chức vụ", "Nghề nghiệp hiện nay", "Chức vụ, nghề nghiệp", "Chức vụ, đơn vị công tác",
       "Chức vụ, nơi công tác", "Chức vụ chính quyền", "Chức vụ chính quyền, đoàn thể", "Chức vụ", "Đơn vị công tác",
       "Nơi công tác", "Công việc", "Nghề nghiệp, nơi công tác", "Chức danh")),
    F("posts", gettext_noop("Chức vụ Đảng"),
      ("Chức vụ Đảng", "Chức vụ trong Đảng", "Chức danh trong Đảng", "Chức vụ Đảng hiện nay", "Chức vụ chi bộ",
       "Chức danh Đảng", "Chức vụ Đảng Chi bộ", "Cấp ủy", "Chức vụ cấp ủy")),
    F("qualification", gettext_noop("Trình độ chuyên môn"),
      ("Trình độ chuyên môn", "Chuyên môn", "Trình độ", "Trình độ CM", "Trình độ chuyên môn nghiệp vụ", "Bằng cấp",
       "TĐ chuyên môn", "TĐCM", "Trình độ học vấn chuyên môn", "Trình độ CMNV", "Học vị")),
    F("theory", gettext_noop("Lý luận chính trị"),
      ("Lý luận chính trị", "Trình độ lý luận chính trị", "LLCT", "Lý luận", "Trình độ LLCT", "Trình độ chính trị", "Chính trị",
       "Trình độ Lý luận", "TĐ LLCT", "Trình độ Chính trị", "Lý luận CT")),
    F("staff_kind", gettext_noop("Đối tượng"),
      ("Đối tượng", "Thành phần", "Diện", "Loại cán bộ", "Đối tượng đảng viên", "Cán bộ công chức")),
    F("standing", gettext_noop("Đảng viên chính thức, dự bị"),
      ("Đảng viên chính thức/dự bị", "Chính thức/dự bị", "Loại đảng viên", "Chính thức, dự bị", "CT/DB", "Đảng tịch",
       "Diện đảng viên", "Đảng viên chính thức, dự bị", "Tư cách đảng viên")),
    F("condition", gettext_noop("Tình trạng"),
      ("Tình trạng", "Tình trạng sinh hoạt", "Trạng thái", "Hiện trạng", "Tình trạng sinh hoạt Đảng", "Tình hình sinh hoạt",
       "Miễn sinh hoạt", "Trạng thái sinh hoạt")),
    F("groups", gettext_noop("Nhóm"), ("Nhóm", "Nhóm đối tượng", "Nhóm đảng viên")),
    F("remark", gettext_noop("Ghi chú"), ("Ghi chú", "Chú thích"), ignored=True),
)  # fmt: skip

LABELS = {
    "birth_date": gettext_noop("Ngày sinh"),
    "birth_precision": gettext_noop("Ngày sinh biết đến"),
    "unit": gettext_noop("Chi bộ"),
    "since": gettext_noop("Tính vào chi bộ từ"),
}
"""What else a row tells, besides its columns."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that was not read plainly: ``note`` says why; the row is refused, or goes on with ``value``."""

    note: str
    value: Any = None
    refused: bool = False


def refused(note: str) -> Odd:
    return Odd(note, refused=True)


class MaybeShort(str):
    """An identity number that stood as a number, whose leading zeros Excel may have dropped."""

    __slots__ = ()


_EXCEL_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
_LONGEST: dict[str, int] = {f.name: f.max_length for f in Member._meta.fields if f.max_length}


def _as_text(raw: Any) -> str:
    if isinstance(raw, str):
        return nfc(raw) if "\n" in raw else raw  # a workbook's lines are in one spelling already
    if isinstance(raw, date):
        return f"{raw:%d/%m/%Y}"
    return str(raw)


def _text(code: str) -> Callable[[Any], Any]:
    longest = _LONGEST[code]

    def read(raw: Any) -> Any:
        text = _as_text(raw)
        if len(text) <= longest:
            return text
        return refused(
            _("Nội dung dài %(count)s ký tự, nhiều nhất là %(most)s.") % {"count": len(text), "most": longest}
        )

    return read


_NO_NAME = re.compile(r"\d|^[\W_]*$")


def read_name(raw: Any) -> Any:
    """A person's name with a capital at each word; names in capitals or small letters are put right, and said so."""
    name = _as_text(raw)
    if len(name) > _LONGEST["full_name"]:
        return refused(_("Họ và tên dài quá %(most)s ký tự.") % {"most": _LONGEST["full_name"]})
    if _NO_NAME.search(name):
        return refused(_("“%(name)s” không phải là họ và tên.") % {"name": name})
    if name.istitle() or (not name.isupper() and all(word[0].isupper() for word in name.split())):
        return name
    words = name.title() if name.isupper() or name.islower() else " ".join(w[0].upper() + w[1:] for w in name.split())
    return Odd(_("Họ tên “%(old)s” được viết lại là “%(new)s”.") % {"old": name, "new": words}, words)


def read_day(raw: Any) -> Any:
    """A date; where only the year or month stands, its first day, and said so."""
    day, precision = read_birth(raw) if not isinstance(raw, date) else (raw, Precision.DAY)
    if precision is Precision.DAY:
        return day
    note = _("“%(raw)s” không có ngày; ghi là %(day)s.") % {"raw": raw, "day": f"{day:%d/%m/%Y}"}
    return Odd(note, day)


def read_birth(raw: Any) -> tuple[date, Precision]:
    """A date with its precision; ``ValueError`` says what could not be read."""
    if isinstance(raw, str) and len(raw) == 10 and raw[2] == raw[5] == "/":  # the usual spelling, ten times as fast
        try:
            return date(int(raw[6:]), int(raw[3:5]), int(raw[:2])), Precision.DAY
        except ValueError:
            pass
    return as_date(raw)


def read_mark(raw: Any) -> Any:
    """The cell of a "Nam" or "Nữ" column: a date of birth, or a mark (True)."""
    if isinstance(raw, str) and fold(raw) in {"x", "nam", "nu", "v", "+", "✓", "co"}:
        return True
    if raw in (1, True) and not isinstance(raw, float):
        return True
    return read_birth(raw)


def read_citizen_id(raw: Any) -> Any:
    """Twelve digits. A number that Excel may have shortened is ``MaybeShort``; the old card of nine is not taken over."""
    if raw.__class__ is str and len(raw) == 12 and raw.isascii() and raw.isdigit():
        return raw
    is_number = not isinstance(raw, str)
    digits = re.sub(r"[\s.\-']", "", _as_text(raw))
    if digits.isascii() and digits.isdigit():
        if len(digits) == 12:
            return digits
        if len(digits) == 9:
            return Odd(_("Số có 9 chữ số là số chứng minh nhân dân cũ nên không ghi."), "")
        if is_number and len(digits) in (10, 11):
            return MaybeShort(digits)
    return refused(_("Số định danh cá nhân phải có 12 chữ số."))


def read_phone(raw: Any) -> Any:
    """A telephone number; one that Excel turned into a number gets its 0 back, and it is said so."""
    text = _as_text(raw)
    if len(text) > _LONGEST["phone"]:
        return refused(_("Số điện thoại dài quá %(most)s ký tự.") % {"most": _LONGEST["phone"]})
    if not isinstance(raw, str) and len(text) == 9:
        return Odd(_("Số điện thoại mất số 0 ở đầu; đã thêm lại."), f"0{text}")
    return text


Words = Mapping[str, Word]


def _by_words(label: str, words: Words, *, strict: bool = False) -> Callable[[Any], Any]:
    """A reader of a fixed set of words: the text equals one of them or begins with it; longer ones are tried first."""
    ordered = sorted(words, key=len, reverse=True)

    def read(raw: Any) -> Any:
        text = " ".join(re.findall(r"[a-z0-9]+", fold(_as_text(raw))))
        if not text:
            return None
        found = next((words[w] for w in ordered if text == w or text.startswith(f"{w} ")), None)
        if found is not None:
            return found
        said = {"label": _(label), "raw": _as_text(raw)}
        if strict:
            return refused(_("%(label)s: không hiểu “%(raw)s”.") % said)
        return Odd(_("%(label)s: “%(raw)s” không có trong danh mục nên không ghi.") % said)

    return read


def _spelled(*pairs: tuple[Word, str]) -> Words:
    return {word: code for code, words in pairs for word in words.split("|")}


QUALIFICATIONS = _spelled(
    (Qualification.DOCTOR, "tien si|tien sy|ts|pgs|gs|pho giao su|giao su"),
    (Qualification.MASTER, "thac si|thac sy|ths|cao hoc|bac si chuyen khoa|bsck1|bscki"),
    (Qualification.BACHELOR, "dai hoc|dh|cu nhan|ky su|ki su|bac si|bac sy|kien truc su|luat su|duoc si|sau dai hoc"),
    (Qualification.COLLEGE, "cao dang|cd|cao dang nghe"),
    (Qualification.INTERMEDIATE, "trung cap|tc|trung hoc chuyen nghiep|thcn|trung cap nghe|y si"),
    (Qualification.ELEMENTARY, "so cap|sc|cong nhan ky thuat|cnkt"),
    (Qualification.NONE, "khong|chua|chua qua dao tao|chua dao tao"),
)
THEORIES = _spelled(
    (Theory.ADVANCED, "cao cap|cc|cu nhan|cn|cao cap ly luan"),
    (Theory.INTERMEDIATE, "trung cap|tc"),
    (Theory.ELEMENTARY, "so cap|sc"),
    (Theory.NONE, "khong|chua|chua qua dao tao"),
)
STAFF_KINDS = _spelled(
    (StaffKind.RETIRED, "huu tri|nghi huu|huu|can bo huu|cb huu|can bo nghi huu|cong chuc nghi huu|cong chuc huu|vien chuc huu|vien chuc nghi huu|mat suc"),
    (StaffKind.NON_SPECIALISED, "khong chuyen trach|kct|ban chuyen trach|can bo khong chuyen trach|cb khong chuyen trach|nguoi hoat dong khong chuyen trach|hoat dong khong chuyen trach"),
    (StaffKind.CADRE, "can bo|cb|can bo chuyen trach"),
    (StaffKind.CIVIL_SERVANT, "cong chuc|cc"),
    (StaffKind.PUBLIC_EMPLOYEE, "vien chuc|vc|giao vien"),
    (StaffKind.CONTRACT, "hop dong|hd|lao dong hop dong|hdld|can bo hop dong"),
    (StaffKind.OTHER, "khac|lao dong tu do|tu do|kinh doanh|noi tro|sinh vien|hoc sinh|nong dan|cong nhan"),
)  # fmt: skip
STANDINGS = _spelled(
    (Standing.OFFICIAL, "chinh thuc|ct|dvct|dang vien chinh thuc|dv chinh thuc"),
    (Standing.PROBATIONARY, "du bi|db|dvdb|dang vien du bi|dv du bi"),
)
SEXES = _spelled((Sex.MALE, "nam|trai|m"), (Sex.FEMALE, "nu|gai|f"))

CONDITIONS: tuple[tuple[str, Condition], ...] = (
    (r"dinh chi", Condition.SUSPENDED),
    (r"\bmien\b", Condition.EXEMPT),
    (r"tam thoi.*(tai day|den\b|o day)|noi khac.*den\b", Condition.TEMPORARY_HERE),
    (r"tam thoi.*(noi khac|di\b)|tam chuyen|sinh hoat noi khac", Condition.TEMPORARY_ELSEWHERE),
    (r"^(dang|van|co)? ?(sinh hoat|shd)( dang| thuong xuyen| binh thuong| day du)?$|^binh thuong$|^dang hoat dong$",
     Condition.ACTIVE),
)  # fmt: skip


def read_condition(raw: Any) -> Any:
    text = fold(_as_text(raw))
    if found := next((code for pattern, code in CONDITIONS if re.search(pattern, text)), None):
        return found
    if "tam thoi" in text:
        return refused(_("Hãy ghi rõ “sinh hoạt tạm thời nơi khác” hay “sinh hoạt tạm thời tại đây”."))
    return refused(_("Không hiểu tình trạng “%(raw)s”.") % {"raw": _as_text(raw)})


def read_remark(raw: Any) -> Any:
    """A remark counts only where it plainly says a condition or a standing; whatever else it says stays in the file."""
    text = fold(_as_text(raw))
    found = STANDINGS.get(text) or next((code for pattern, code in CONDITIONS[:4] if re.search(pattern, text)), None)
    return found if len(text) <= 60 else None


POSTS: tuple[tuple[str, Post | None], ...] = (
    (r"pho bi thu.*dang (uy|bo)|pbt ?du", Post.WARD_DEPUTY),
    (r"bi thu.*dang (uy|bo)|bt ?du", Post.WARD_SECRETARY),
    (r"dang uy vien|(uy vien|uv).*(ban chap hanh|bch|btv|dang uy|dang bo)", Post.WARD_COMMITTEE),
    (r"^(pho bi thu|pbt|pho bi thu thuong truc)( chi bo| cb| chi uy)?\b", Post.CELL_DEPUTY),
    (r"^(bi thu|bt)( chi bo| cb| chi uy)?\b(?! doan)", Post.CELL_SECRETARY),
    (r"^(chi uy vien|uy vien chi uy|uv chi uy|chi uy|cuv|uy vien|uv|cap uy vien)( chi bo)?$", Post.CELL_COMMITTEE),
    (r"^(dang vien|dv|khong|-)$", None),
)


def read_posts(raw: Any) -> Any:
    """The posts in a cell such as "Bí thư chi bộ, Đảng ủy viên"."""
    posts: list[Post] = []
    for part in re.split(r"[,;/\n+]|\bkiêm\b", _as_text(raw)):
        text = fold(part)
        if not text:
            continue
        found = next((entry for entry in POSTS if re.search(entry[0], text)), None)
        if found is None:
            note = _("Chức vụ Đảng “%(post)s” không có trong danh mục nên không ghi.") % {"post": part.strip()}
            return Odd(note, tuple(posts))
        if found[1] is not None and found[1] not in posts:
            posts.append(found[1])
    return tuple(posts)


def read_groups(raw: Any) -> tuple[str, ...]:
    """The names between semicolons; a comma may stand within one ("Cán bộ, công chức, viên chức")."""
    return tuple(dict.fromkeys(nfc(part) for part in re.split(r"[;\n]", _as_text(raw)) if part.strip()))


READERS: dict[str, Callable[[Any], Any]] = {
    "full_name": _as_text,
    "family_name": _as_text,
    "given_name": _as_text,
    "birth": read_birth,
    "birth_male": read_mark,
    "birth_female": read_mark,
    "sex": _by_words("Giới tính", SEXES),
    "cell": _as_text,
    "admitted_on": read_day,
    "official_on": read_day,
    "arrived_on": read_day,
    "card_number": _text("card_number"),
    "citizen_id": read_citizen_id,
    "phone": read_phone,
    "address": _text("address"),
    "occupation": _text("occupation"),
    "posts": read_posts,
    "qualification": _by_words("Trình độ chuyên môn", QUALIFICATIONS),
    "theory": _by_words("Lý luận chính trị", THEORIES),
    "staff_kind": _by_words("Đối tượng", STAFF_KINDS),
    "standing": _by_words("Đảng viên chính thức, dự bị", STANDINGS, strict=True),
    "condition": read_condition,
    "groups": read_groups,
    "remark": read_remark,
}


def read_cell(read: Callable[[Any], Any], raw: Any) -> Any:
    """What a cell means to the reader of its column: a value, or ``Odd`` where it was not read plainly."""
    if raw.__class__ is str and raw[0] == "#" and raw.upper() in _EXCEL_ERRORS:
        return refused(_("Ô này đang báo lỗi %(error)s trong Excel.") % {"error": raw})
    try:
        return read(raw)
    except (ValueError, OverflowError) as unread:
        return refused(str(unread))


WORDS: dict[str, type[Word]] = {
    "sex": Sex, "qualification": Qualification, "theory": Theory, "staff_kind": StaffKind, "standing": Standing,
    "condition": Condition, "birth_precision": DatePrecision,
}  # fmt: skip
