"""What a ballot is: its form, its names in order, the election it belongs to. 244-QĐ/TW Đ17, 190-QĐ/TW Đ15."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from unicodedata import normalize


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return text


class Refused(ValueError):  # noqa: N818
    """What the library will not do, as a sentence of its own with the gaps it names."""

    def __init__(self, text: str, **params: object) -> None:
        super().__init__(text % params if params else text)
        self.text, self.params = text, params


class Form(StrEnum):
    """The two kinds of ballot (Đ15): the list with surplus is struck through, the one without is marked with X."""

    STRIKE = "strike"
    AGREE = "agree"


class Paper(StrEnum):
    A5 = "a5"
    A4 = "a4"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in mm, upright."""
        return (148, 210) if self is Paper.A5 else (210, 297)


MOST_NAMES = {Paper.A5: {Form.AGREE: 12, Form.STRIKE: 11}, Paper.A4: {Form.AGREE: 42, Form.STRIKE: 42}}
"""How many names one sheet carries; a ballot is never two sheets."""

_ELECTION = re.compile(r"[0-9A-Z]{4,14}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """``text`` composed and on one line, without characters that cannot be printed."""
    return " ".join(_UNPRINTABLE.sub(" ", normalize("NFC", text)).split())


@dataclass(frozen=True, slots=True)
class Style:
    """One ballot as all voters of an election get it. ``letter`` tells the rounds of one election apart (A, B, …)."""

    election: str
    """4 to 14 capital letters and digits, the same for all ballots of the election."""
    form: Form
    seats: int
    names: tuple[str, ...]
    office: str
    """What is elected: "Ban Chi ủy Chi bộ Tổ dân phố số 5, nhiệm kỳ 2025 – 2027"."""
    superior: str = ""
    issuer: str = ""
    letter: str = "A"
    paper: Paper = Paper.A5
    key: str = field(default="", repr=False)
    """The election's secret (hex): proves that a sheet is of this form. Kept by the counting committee."""

    def __post_init__(self) -> None:
        for name in ("office", "superior", "issuer"):
            object.__setattr__(self, name, printable(getattr(self, name)))
        object.__setattr__(self, "names", tuple(map(printable, self.names)))
        _check(self)

    @property
    def surplus(self) -> int:
        return len(self.names) - self.seats

    @property
    def digest(self) -> str:
        """What is printed, as a hash: two styles that differ in one letter differ here."""
        facts = {name: value for name, value in asdict(self).items() if name != "key"}
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "names": list(self.names)}

    @classmethod
    def of_json(cls, facts: dict[str, object]) -> Style:
        """The style that ``as_json`` wrote, or that a person wrote by hand; refuses what it cannot understand."""
        try:
            known = {name: facts[name] for name in cls.__dataclass_fields__ if name in facts}
            names = known.pop("names")
            assert isinstance(names, list)
            return cls(
                names=tuple(map(str, names)),
                form=Form(str(known.pop("form"))),
                paper=Paper(str(known.pop("paper", "a5"))),
                seats=int(str(known.pop("seats"))),
                **{name: str(value) for name, value in known.items()},
            )
        except Refused:
            raise
        except (AssertionError, KeyError, TypeError, ValueError) as error:
            raise Refused(gettext_noop("Tệp mẫu phiếu không đọc được: %(why)s."), why=error) from error


def _check(style: Style) -> None:
    most = MOST_NAMES[style.paper][style.form]
    if not _ELECTION.fullmatch(style.election) or not re.fullmatch("[A-Z]", style.letter):
        raise Refused(
            gettext_noop(
                "Mã cuộc bầu cử phải có 4 đến 14 chữ hoa không dấu hoặc chữ số; ký hiệu phiếu là một chữ cái."
            )
        )
    if not style.names or not all(style.names):
        raise Refused(gettext_noop("Danh sách bầu cử phải có ít nhất một người và không có dòng trống."))
    if len(set(style.names)) < len(style.names):
        raise Refused(
            gettext_noop(
                "Hai người trong danh sách ghi giống hệt nhau; hãy ghi thêm năm sinh hoặc nơi công tác để phân biệt."
            )
        )
    if len(style.names) > most:
        raise Refused(
            gettext_noop("Khổ %(paper)s chỉ in được %(most)s người; hãy dùng khổ lớn hơn hoặc chia danh sách."),
            paper=style.paper.upper(), most=most,
        )  # fmt: skip
    if style.seats < 1 or (style.surplus <= 0) == (style.form is Form.STRIKE) or style.surplus < 0:
        raise Refused(
            gettext_noop(
                "Danh sách có số dư thì dùng phiếu gạch tên, không có số dư thì dùng phiếu đồng ý / không đồng ý "
                "(Quy định 190-QĐ/TW, Điều 15): cần bầu %(seats)s, danh sách có %(listed)s người."
            ),
            seats=style.seats, listed=len(style.names),
        )  # fmt: skip
