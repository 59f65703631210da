"""What a ballot counts for, and which papers must reconcile. 244-QĐ/TW Đ17, 190-QĐ/TW Đ15 and Đ8; rulebook §1.4–1.7.

The reader and two people say what stands on the paper; here is what follows. An invalid ballot is always a proposal: the
counting committee concludes (190-QĐ/TW Đ8).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chibo.ballots.style import Form, gettext_noop


class Choice(StrEnum):
    """What one row says."""

    FOR = "for"
    """The name is left standing, or marked Đồng ý."""
    AGAINST = "against"
    NEITHER = "neither"
    BOTH = "both"
    DOUBTFUL = "doubtful"


class Concern(StrEnum):
    """Why a whole ballot goes to the counting committee, whatever its rows say."""

    WRITING = "writing"
    UNSTAMPED = "unstamped"
    OTHER_STYLE = "other-style"
    OTHER_ELECTION = "other-election"
    FORGED = "forged"
    NO_CODE = "no-code"
    WRITTEN_BACK = "written-back"
    TWICE = "twice"
    """The very same sheet seems to have been scanned before."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason, with the article it rests on and what fills its gaps."""

    text: str
    article: str = ""
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Policy:
    """Readings that the rulebook marks [R]: the office may see and change them."""

    single_needs_one_box: bool = True
    """A list of one: both boxes or none make the ballot invalid (the converse of what Đ15 says)."""
    writing_voids: bool = True
    """Signature, mark of recognition or any other writing makes it invalid."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a ballot counts for: one vote or none per name. Invalid ballots give no votes and say why."""

    is_valid: bool
    votes: tuple[bool, ...]
    findings: tuple[Finding, ...] = ()


_SINCE_190 = date(2024, 10, 10)


def ballot_article(on: date) -> str:
    """The article on ballots in force on the day of the congress."""
    return "Quy định 190-QĐ/TW, Điều 15" if on >= _SINCE_190 else "Quy chế 244-QĐ/TW, Điều 17"


def counting_article(on: date) -> str:
    return "Quy định 190-QĐ/TW, Điều 8" if on >= _SINCE_190 else "Quy chế 244-QĐ/TW, Điều 8"


_CONCERNS = {
    Concern.WRITING: gettext_noop("Phiếu có viết, vẽ hoặc ký thêm."),
    Concern.WRITTEN_BACK: gettext_noop("Mặt sau của phiếu có viết hoặc vẽ."),
    Concern.UNSTAMPED: gettext_noop("Phiếu không có dấu của cấp ủy triệu tập ở góc trái phía trên."),
    Concern.OTHER_STYLE: gettext_noop("Phiếu của lần bầu hoặc danh sách khác."),
    Concern.OTHER_ELECTION: gettext_noop("Phiếu của cuộc bầu cử khác."),
    Concern.FORGED: gettext_noop("Mã trên phiếu không do cuộc bầu cử này in ra."),
}


def ruling_on(
    form: Form,
    seats: int,
    choices: Sequence[Choice],
    *,
    on: date,
    concerns: Collection[Concern] = (),
    policy: Policy | None = None,
) -> Ruling:
    """The ballot by the article of its day; ``choices`` must all be known (``ValueError`` for a doubtful one)."""
    if Choice.DOUBTFUL in choices:
        raise ValueError("a doubtful row must be settled by people first")
    policy = policy or Policy()
    findings = [
        *_findings_of(concerns, ballot_article(on), policy),
        *_findings_in(form, seats, choices, ballot_article(on), policy),
    ]
    valid = not findings
    return Ruling(valid, tuple(valid and choice is Choice.FOR for choice in choices), tuple(findings))


def _findings_of(concerns: Collection[Concern], article: str, policy: Policy) -> list[Finding]:
    harmless = set() if policy.writing_voids else {Concern.WRITING, Concern.WRITTEN_BACK}
    return [Finding(_CONCERNS[c], article) for c in sorted(concerns) if c in _CONCERNS and c not in harmless]


def _findings_in(form: Form, seats: int, choices: Sequence[Choice], article: str, policy: Policy) -> list[Finding]:
    chosen = sum(choice is Choice.FOR for choice in choices)
    if form is Form.STRIKE:
        if chosen > seats:
            text = gettext_noop("Phiếu để lại %(chosen)s người, nhiều hơn số cần bầu %(seats)s.")
            return [Finding(text, article, {"chosen": chosen, "seats": seats})]
        if not chosen:
            return [Finding(gettext_noop("Phiếu không bầu cho ai trong danh sách có số dư."), article)]
    elif len(choices) == 1 and policy.single_needs_one_box and choices[0] in {Choice.BOTH, Choice.NEITHER}:
        text = gettext_noop("Danh sách một người mà đánh dấu cả hai ô.")
        if choices[0] is Choice.NEITHER:
            text = gettext_noop("Danh sách một người mà không đánh dấu ô nào.")
        return [Finding(text, article)]
    return []


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of one vote, counted by hand."""

    printed: int
    present: int
    """Voters present."""
    issued: int
    collected: int
    exchanged: int = 0
    """Spoiled by the voter before the vote and given back for a new one."""
    left_over: int = 0

    @property
    def missing(self) -> int:
        """Issued and not collected: recorded as "không thu về", the count goes on."""
        return max(0, self.issued - self.collected)


def is_void(papers: Papers) -> bool:
    """More ballots came back than went out: the congress declares the vote void and votes again (Q&A on 244, 2020)."""
    return papers.collected > papers.issued


def objections_to_papers(papers: Papers, valid: int, invalid: int, *, on: date) -> list[Finding]:
    """Why the count may not be certified yet; every number stands beside the one it must equal."""
    found, article = [], counting_article(on)
    if is_void(papers):
        text = gettext_noop(
            "Thu về %(collected)s phiếu, nhiều hơn %(issued)s phiếu phát ra: hủy kết quả và bầu lại, không được bốc bớt phiếu."
        )
        return [Finding(text, article, {"collected": papers.collected, "issued": papers.issued})]
    if papers.issued > papers.present:
        text = gettext_noop("Phát ra %(issued)s phiếu cho %(present)s người có mặt.")
        found.append(Finding(text, article, {"issued": papers.issued, "present": papers.present}))
    used = papers.issued + papers.exchanged + papers.left_over
    if papers.printed != used:
        text = gettext_noop("In %(printed)s phiếu nhưng phát ra, đổi và còn lại cộng là %(used)s.")
        found.append(Finding(text, article, {"printed": papers.printed, "used": used}))
    if valid + invalid != papers.collected:
        text = gettext_noop("Thu về %(collected)s phiếu nhưng hợp lệ và không hợp lệ cộng là %(told)s.")
        found.append(Finding(text, article, {"collected": papers.collected, "told": valid + invalid}))
    return found


def objections_to_votes(form: Form, seats: int, votes: Sequence[int], valid: int, *, on: date) -> list[Finding]:
    """No name has more votes than valid ballots; with surplus all votes together fit the seats (rulebook §1.7)."""
    found, article = [], counting_article(on)
    for at, count in enumerate(votes, 1):
        if not 0 <= count <= valid:
            text = gettext_noop("Người số %(at)s có %(count)s phiếu, ngoài khoảng 0 đến %(valid)s phiếu hợp lệ.")
            found.append(Finding(text, article, {"at": at, "count": count, "valid": valid}))
    if form is Form.STRIKE and not valid <= sum(votes) <= seats * valid:
        text = gettext_noop(
            "Tổng số phiếu bầu %(sum)s phải từ %(valid)s đến %(most)s (số phiếu hợp lệ nhân số cần bầu)."
        )
        found.append(Finding(text, article, {"sum": sum(votes), "valid": valid, "most": seats * valid}))
    return found
