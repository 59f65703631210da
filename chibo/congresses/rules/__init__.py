"""Words of congresses and elections, and the dated rule sets: 244-QĐ/TW (9/6/2014), 190-QĐ/TW (10/10/2024); rulebook §1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Word, gettext_noop


class Office(Word):
    """What is elected, in the order of a cell: the committee first, from among it the secretary, then the deputy; last the
    delegates to the congress of the level above, and their alternates."""

    COMMITTEE = "committee", gettext_noop("Chi ủy")
    SECRETARY = "secretary", gettext_noop("Bí thư chi bộ")
    DEPUTY = "deputy", gettext_noop("Phó bí thư chi bộ")
    DELEGATES = "delegates", gettext_noop("Đại biểu dự đại hội cấp trên")
    ALTERNATES = "alternates", gettext_noop("Đại biểu dự khuyết")


UPWARD = (Office.DELEGATES, Office.ALTERNATES)
"""Who represents the cell at the congress of the level above: any official member, and no post of the cell."""


class Occasion(Word):
    """What a round is for: the congresses of a new term, or elections of those who are missing within a term."""

    CONGRESS = "congress", gettext_noop("Đại hội")
    BY_ELECTION = "by", gettext_noop("Bầu bổ sung")


class Matter(Word):
    """What a congress decides on; the kind of matter forces how it is voted on."""

    COMMITTEE = "committee", gettext_noop("Bầu chi ủy")
    SECRETARY = "secretary", gettext_noop("Bầu bí thư")
    DEPUTY = "deputy", gettext_noop("Bầu phó bí thư")
    DELEGATES = "delegates", gettext_noop("Bầu đại biểu dự đại hội cấp trên")
    POLL = "poll", gettext_noop("Lấy phiếu về danh sách bầu cử")
    PRESIDIUM = "presidium", gettext_noop("Bầu đoàn chủ tịch, chủ tọa")
    SECRETARIAT = "secretariat", gettext_noop("Bầu thư ký")
    CREDENTIALS = "credentials", gettext_noop("Bầu ban thẩm tra tư cách")
    COUNTERS = "counters", gettext_noop("Bầu ban kiểm phiếu")
    NUMBER = "number", gettext_noop("Thông qua số lượng bầu")
    LIST = "list", gettext_noop("Thông qua danh sách bầu cử")
    WITHDRAWAL = "withdrawal", gettext_noop("Quyết định cho rút hoặc không cho rút")
    RESOLUTION = "resolution", gettext_noop("Thông qua nghị quyết đại hội")


class VoteMethod(Word):
    SECRET_BALLOT = "secret", gettext_noop("Bỏ phiếu kín")
    SHOW_OF_HANDS = "open", gettext_noop("Biểu quyết giơ tay hoặc thẻ đảng viên")


SECRET = (Matter.COMMITTEE, Matter.SECRETARY, Matter.DEPUTY, Matter.DELEGATES, Matter.POLL)
"""190-QĐ/TW Đ3.1; everything else is voted on openly (Đ3.2)."""


def method_of(matter: Matter) -> VoteMethod:
    """How a matter is voted on; nobody chooses it."""
    return VoteMethod.SECRET_BALLOT if matter in SECRET else VoteMethod.SHOW_OF_HANDS


class ElectionState(Word):
    """How far one election is (rulebook §1.6)."""

    DRAFT = "draft", gettext_noop("Đang lập danh sách")
    LISTED = "listed", gettext_noop("Đã chốt danh sách")
    VOTING = "voting", gettext_noop("Đang bỏ phiếu, kiểm phiếu")
    RUNOFF_TIE = "tie", gettext_noop("Bằng phiếu, bầu lại")
    RUNOFF_SHORT = "short", gettext_noop("Bầu chưa đủ số lượng")
    VOID = "void", gettext_noop("Cuộc bỏ phiếu bị hủy, bầu lại")
    ELECTED = "elected", gettext_noop("Đã bầu xong")
    ENDED = "ended", gettext_noop("Dừng bầu, báo cáo cấp trên")


class CongressState(Word):
    """How far a cell's congress is."""

    PLANNED = "planned", gettext_noop("Đang chuẩn bị")
    OPEN = "open", gettext_noop("Đang tiến hành")
    CLOSED = "closed", gettext_noop("Đã bế mạc")
    REPORTED = "reported", gettext_noop("Đã báo cáo kết quả")
    APPROVED = "approved", gettext_noop("Đã chuẩn y")
    REJECTED = "rejected", gettext_noop("Không chuẩn y")


HELD = (CongressState.CLOSED, CongressState.REPORTED, CongressState.APPROVED, CongressState.REJECTED)


class Source(Word):
    """How a name came onto the list."""

    INTRODUCED = "introduced", gettext_noop("Cấp ủy giới thiệu")
    NOMINATED = "nominated", gettext_noop("Được đề cử tại đại hội")
    SELF = "self", gettext_noop("Tự ứng cử")


class Withdrawal(Word):
    NONE = "none", gettext_noop("Không xin rút")
    ASKED = "asked", gettext_noop("Xin rút")
    ALLOWED = "allowed", gettext_noop("Được rút")
    REFUSED = "refused", gettext_noop("Không cho rút")


class RoundKind(Word):
    """Why this round of voting takes place."""

    FIRST = "first", gettext_noop("Bầu lần đầu")
    SHORT = "short", gettext_noop("Bầu số còn thiếu")
    TIE = "tie", gettext_noop("Bầu giữa những người bằng phiếu")
    VOID = "void", gettext_noop("Bầu lại do cuộc bỏ phiếu bị hủy")


class PollingState(Word):
    """How far one round of voting is."""

    ISSUED = "issued", gettext_noop("Đã phát phiếu")
    COUNTING = "counting", gettext_noop("Đang kiểm phiếu")
    CERTIFIED = "certified", gettext_noop("Đã công bố")
    VOID = "void", gettext_noop("Bị hủy")


class AgeBand(Word):
    YOUNG = "young", gettext_noop("Dưới 40 tuổi")
    MIDDLE = "middle", gettext_noop("Từ 40 đến 60 tuổi")
    OLD = "old", gettext_noop("Trên 60 tuổi")
    UNKNOWN = "unknown", gettext_noop("Chưa rõ tuổi")


def age_band(born: date | None, day: date) -> AgeBand:
    """The age on the day of the congress, in full years."""
    if born is None:
        return AgeBand.UNKNOWN
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return AgeBand.YOUNG if age < 40 else AgeBand.MIDDLE if age <= 60 else AgeBand.OLD


# --------------------------------------------------------------------------------------------- rule sets


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The election regulations in force from a day on; ``articles`` by subject, as its own numbers call them."""

    since: date
    source: str
    articles: Mapping[str, int]

    def article(self, subject: str) -> str:
        return f"{self.source}, Điều {self.articles[subject]}"


RULE_SETS = (
    RuleSet(
        date(2014, 6, 9),
        "Quy chế 244-QĐ/TW",
        {
            "method": 3, "counting": 8, "incumbents": 13, "surplus": 16, "ballot": 17, "order": 19, "again": 20,
            "majority": 32, "complaint": 35, "sealing": 37, "by": 30,
        },
    ),
    RuleSet(
        date(2024, 10, 10),
        "Quy định 190-QĐ/TW",
        {
            "method": 3, "counting": 8, "incumbents": 11, "surplus": 14, "ballot": 15, "order": 17, "again": 18,
            "majority": 30, "complaint": 33, "sealing": 35, "by": 28,
        },
    ),
)  # fmt: skip
"""By the day they began. Seen: 244 Đ13, 17, 19, 20, 32 and 190 Đ3, 8, 11, 14, 15, 28, 30, 33, 35. The other numbers (244 Đ3, 8,
16, 30, 35, 37; 190 Đ17, 18) are recalled [R]."""


def rule_set_on(day: date) -> RuleSet:
    """The regulations of the day of the congress; before the first of them, the first."""
    return next((rules for rules in reversed(RULE_SETS) if rules.since <= day), RULE_SETS[0])


CELL_RULES = ((date(2016, 7, 25), "29-QĐ/TW"), (date(2021, 7, 30), "24-QĐ/TW"), (date(2025, 7, 1), "294-QĐ/TW"), (date(2026, 7, 26), "208-QĐ/TW"))  # fmt: skip
"""The regulations that carry out the Charter, with what they say of cells: when a committee is elected, and how large."""


def cell_article(day: date) -> str:
    source = next((name for since, name in reversed(CELL_RULES) if since <= day), CELL_RULES[0][1])
    return f"Quy định {source}, về chi ủy, bí thư, phó bí thư chi bộ"


def reporting_article(day: date) -> str:
    source = next((name for since, name in reversed(CELL_RULES) if since <= day), CELL_RULES[0][1])
    return f"Quy định {source}, về báo cáo kết quả bầu cử và chuẩn y"


CHARTER_TERM = "Điều lệ Đảng, Điều 24"
CHARTER_QUORUM = "Điều lệ Đảng, Điều 11"
CHARTER_RIGHTS = "Điều lệ Đảng, Điều 3"


def term_months(day: date) -> int:
    """The term of a cell below a grassroots committee that begins on the day: twice in five years (Charter Đ24.3); from
    294-QĐ/TW (1/7/2025) five years, as a pilot."""
    return 60 if day >= date(2025, 7, 1) else 30
