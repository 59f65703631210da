"""Words and rules of duties: what must be said when one is given, and what may happen to it later.

Rulebook §2.2 (assign tasks with person and deadline); seeds S2-15, S2-16, S3-05, S3-14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, Word, gettext_noop
from chibo.papers.rules import PaperKind

ARTICLE = "HD 12-HD/BTCTW 2018; HD 42-HD/BTCTW 2025"


class TaskOrigin(Word):
    """What gave the duty."""

    RESOLUTION = "resolution", gettext_noop("Nghị quyết chi bộ")
    DIRECTION = "direction", gettext_noop("Chỉ đạo")
    REMEDY = "remedy", gettext_noop("Khắc phục khuyết điểm")
    COMMITMENT = "commitment", gettext_noop("Cam kết")
    BRIEFING = "briefing", gettext_noop("Giao ban")
    OTHER = "other", gettext_noop("Việc khác")


class TaskState(Word):
    """How far the duty is."""

    OPEN = "open", gettext_noop("Đang thực hiện")
    DONE = "done", gettext_noop("Hoàn thành")
    DROPPED = "dropped", gettext_noop("Thôi giao")


DIRECTING = (PaperKind.RESOLUTION, PaperKind.DIRECTIVE, PaperKind.PLAN, PaperKind.PROGRAMME)
"""Papers from above that ask for deeds, not only to be known (seed S3-04)."""

VAGUE = (
    "tăng cường", "đẩy mạnh", "tiếp tục", "nâng cao", "quan tâm", "chú trọng", "phát huy", "quán triệt", "đổi mới",
    "từng bước", "cơ bản", "thường xuyên", "làm tốt", "thực hiện tốt",
)  # fmt: skip
"""Words that alone say no deed: who reads them cannot tell whether it was done (seed S2-16)."""

_ACCENTED = tuple((word, re.compile(rf"\b{word}\b", re.IGNORECASE)) for word in VAGUE)
_CONCRETE = re.compile(
    r"\d|“|\"|\b(?:danh sách|kế hoạch|báo cáo|biên bản|tổ chức|lập|vận động|hoàn thành|kết nạp)\b", re.I
)
"""A number, a quoted name, or a product that can be shown."""
LEAST_WORDS = 4


def objections_to_vagueness(what: str, doer: object, due_on: date | None, measure: str) -> Iterator[Objection]:
    """A duty says what, who, by when, and how it is measured; each reason says how to mend it (seed S2-16).

    ``doer`` is anything true where a person or an organisation is named.
    """
    if not doer:
        yield Objection(
            gettext_noop("Chưa giao cho ai: hãy chọn một đồng chí hoặc một tổ chức."), ARTICLE, field="doer"
        )
    if due_on is None:
        yield Objection(gettext_noop("Chưa có thời hạn: hãy ghi ngày phải xong."), ARTICLE, field="due_on")
    if not measure.strip():
        yield Objection(
            gettext_noop("Chưa nói đo kết quả bằng gì: ghi con số, sản phẩm hoặc người xác nhận."),
            ARTICLE,
            field="measure",
        )
    if len(what.split()) < LEAST_WORDS:
        yield Objection(
            gettext_noop("Nội dung quá ngắn: hãy nói rõ làm việc gì, ở đâu, cho ai."), ARTICLE, field="what"
        )
    elif not _CONCRETE.search(what):
        vague = next((word for word, pattern in _ACCENTED if pattern.search(what)), "")
        if vague:
            yield Objection(
                gettext_noop("“%(word)s” chưa nói là việc gì: thêm con số, địa điểm hoặc sản phẩm cụ thể."),
                ARTICLE,
                {"word": vague},
                "what",
            )


@dataclass(frozen=True, slots=True)
class Assigning:
    """A duty as it is to be given."""

    title: str
    measure: str
    assigned_on: date
    due_on: date | None
    has_person: bool
    has_unit: bool
    belongs: bool
    """Whether the doer stands in the unit (or below it) on the day."""
    override_reason: str = ""


def objections_to_assigning(asked: Assigning) -> Iterator[Objection]:
    """A duty is given to one doer of the unit, in clear words, or in vague ones with a reason that is kept."""
    if asked.has_person and asked.has_unit:
        yield Objection(
            gettext_noop("Giao cho một đồng chí hoặc một tổ chức, không giao cả hai."), ARTICLE, field="doer"
        )
    if not asked.title.strip():
        yield Objection(gettext_noop("Hãy ghi nội dung nhiệm vụ."), field="title")
    elif not asked.override_reason.strip():
        for objection in objections_to_vagueness(
            asked.title, asked.has_person or asked.has_unit, asked.due_on, asked.measure
        ):
            field = "title" if objection.field == "what" else objection.field
            yield Objection(objection.text, objection.article, objection.params, field)
    if (asked.has_person or asked.has_unit) and not asked.belongs:
        yield Objection(
            gettext_noop("Người hoặc tổ chức được giao không thuộc đơn vị này vào ngày giao."), field="doer"
        )
    if asked.due_on is not None and asked.due_on < asked.assigned_on:
        yield Objection(gettext_noop("Thời hạn ở trước ngày giao."), field="due_on")


def objections_to_changing(state: str) -> Iterator[Objection]:
    """What is done or dropped stays as it is; it can be opened again with a reason."""
    if state != TaskState.OPEN:
        yield Objection(gettext_noop("Nhiệm vụ đã kết thúc; muốn làm tiếp, hãy mở lại và ghi lý do."))


def objections_to_noting(
    state: str, *, text: str, percent: int | None, noted_on: date, assigned_on: date
) -> Iterator[Objection]:
    """Progress is told in words, of a duty that is open, on a day after it was given."""
    yield from objections_to_changing(state)
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi đã làm được gì."), field="text")
    if percent is not None and not 0 <= percent <= 100:
        yield Objection(gettext_noop("Mức hoàn thành từ 0 đến 100."), field="percent")
    yield from _not_before(noted_on, assigned_on, "noted_on")


def objections_to_extending(state: str, *, due_on: date | None, new_due_on: date, reason: str) -> Iterator[Objection]:
    """A later day, and why; the first deadline stays on record."""
    yield from objections_to_changing(state)
    if due_on is not None and new_due_on <= due_on:
        yield Objection(
            gettext_noop("Hạn mới phải sau hạn đang có %(day)s."),
            params={"day": f"{due_on:%d/%m/%Y}"},
            field="new_due_on",
        )
    if not reason.strip():
        yield Objection(gettext_noop("Hãy ghi lý do."), field="reason")


def objections_to_handing_over(
    state: str, *, has_person: bool, has_unit: bool, belongs: bool, same: bool, on: date, since: date
) -> Iterator[Objection]:
    """To one other doer of the unit, from a day after the last one took it over."""
    yield from objections_to_changing(state)
    if has_person == has_unit:
        yield Objection(gettext_noop("Giao cho một đồng chí hoặc một tổ chức."), field="doer")
    elif same:
        yield Objection(gettext_noop("Nhiệm vụ đang do chính người này thực hiện."), field="doer")
    elif not belongs:
        yield Objection(
            gettext_noop("Người hoặc tổ chức được giao không thuộc đơn vị này vào ngày giao."), field="doer"
        )
    yield from _not_before(on, since, "on")


def objections_to_escalating(state: str, *, has_above: bool, already: bool) -> Iterator[Objection]:
    """Told once to the level above, where there is one."""
    yield from objections_to_changing(state)
    if not has_above:
        yield Objection(gettext_noop("Không có cấp trên trong hệ thống để báo cáo."))
    if already:
        yield Objection(gettext_noop("Nhiệm vụ đã được báo cáo lên cấp trên."))


def objections_to_finishing(state: str, *, result: str, done_on: date, assigned_on: date) -> Iterator[Objection]:
    """It ends with a result in words, on a day after it was given."""
    yield from objections_to_changing(state)
    if not result.strip():
        yield Objection(gettext_noop("Hãy ghi kết quả đạt được so với cách đo đã đề ra."), ARTICLE, field="result")
    yield from _not_before(done_on, assigned_on, "done_on")


def objections_to_dropping(state: str, *, reason: str) -> Iterator[Objection]:
    yield from objections_to_changing(state)
    if not reason.strip():
        yield Objection(gettext_noop("Hãy ghi lý do."), field="reason")


def objections_to_reopening(state: str, *, reason: str) -> Iterator[Objection]:
    if state == TaskState.OPEN:
        yield Objection(gettext_noop("Nhiệm vụ đang thực hiện, không cần mở lại."))
    if not reason.strip():
        yield Objection(gettext_noop("Hãy ghi lý do."), field="reason")


def _not_before(day: date, first: date, field: str) -> Iterator[Objection]:
    if day < first:
        yield Objection(
            gettext_noop("Ngày ghi ở trước ngày giao %(day)s."), params={"day": f"{first:%d/%m/%Y}"}, field=field
        )
