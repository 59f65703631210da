"""What must hold to decide, extend, announce, conclude and close an inspection. Rulebook §4.1–4.5."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, gettext_noop, same_day_after
from chibo.inspections.rules import SECRECY, Body, InspectionForm, Role, regulation_on


@dataclass(frozen=True, slots=True)
class Deciding:
    """An inspection as it is to be decided."""

    form: str
    body: str
    level_is_cell: bool
    content: str
    begins_on: date
    looked: tuple[date | None, date | None]
    subjects: int
    outside: Collection[str] = ()
    """Names of subjects that do not stand below the unit."""
    persons_only: bool = True
    source: str = ""


def objections_to_deciding(asked: Deciding, *, look_back_months: int) -> Iterator[Objection]:
    """Whom, on what, over which time: within what stands below the unit and within the look-back of the rules."""
    article = regulation_on(asked.begins_on)
    if not asked.content.strip():
        yield Objection(gettext_noop("Hãy ghi nội dung kiểm tra, giám sát."), field="content")
    if not asked.subjects:
        yield Objection(gettext_noop("Hãy chọn ít nhất một tổ chức đảng hoặc đảng viên."), article, field="units")
    for name in asked.outside:
        yield Objection(
            gettext_noop("%(name)s không thuộc phạm vi của cấp này vào ngày bắt đầu."),
            article,
            {"name": name},
            "units",
        )
    if asked.level_is_cell and not asked.persons_only:
        yield Objection(gettext_noop("Chi bộ chỉ kiểm tra, giám sát đảng viên của mình."), article, field="units")
    if (asked.body == Body.CELL) != asked.level_is_cell:
        yield Objection(gettext_noop("Chọn đúng nơi chủ trì: chi bộ, hoặc cấp ủy, ủy ban kiểm tra."), field="body")
    first, last = asked.looked
    if first and last and last < first:
        yield Objection(gettext_noop("Ngày cuối của thời gian được xem ở trước ngày đầu."), field="looked_last")
    if last and last > asked.begins_on:
        yield Objection(
            gettext_noop("Thời gian được xem không kéo dài quá ngày bắt đầu kiểm tra."), field="looked_last"
        )
    oldest = same_day_after(asked.begins_on, -look_back_months)
    if first and first < oldest:
        yield Objection(
            gettext_noop("Chỉ xem lại tối đa %(months)s tháng, tức từ ngày %(day)s."),
            article,
            {"months": look_back_months, "day": f"{oldest:%d/%m/%Y}"},
            "looked_first",
        )
    if asked.form == InspectionForm.SIGNS and not asked.source:
        yield Objection(gettext_noop("Hãy chọn dấu hiệu vi phạm đến từ đâu."), article, field="source")


def objections_to_opening(text: str) -> Iterator[Objection]:
    """What bears a grade of secrecy is kept by the rules of secrecy, never here."""
    if any(mark in text.casefold() for mark in ("(mật)", "[mật]", "tối mật", "tuyệt mật")):
        yield Objection(
            gettext_noop("Nội dung từ mức “Mật” không được nhập vào phần mềm này; hãy quản lý theo chế độ mật."),
            SECRECY,
        )


def objections_to_team(
    roles: Collection[str], *, most: int, own: Collection[tuple[str, str]] = (), day: date
) -> Iterator[Objection]:
    """One head, no more than the rules allow, nobody who is inspected or belongs to the inspected cell: ``own`` are
    their names and roles."""
    article = regulation_on(day)
    if list(roles).count(Role.HEAD) != 1:
        yield Objection(gettext_noop("Đoàn, tổ kiểm tra có đúng một trưởng đoàn."), article, field="head")
    if len(roles) > most:
        yield Objection(
            gettext_noop("Đoàn, tổ kiểm tra có tối đa %(most)s người, đang chọn %(count)s."),
            article,
            {"most": most, "count": len(roles)},
            "members",
        )
    for name, role in own:
        yield Objection(
            gettext_noop("Đồng chí %(name)s thuộc nơi được kiểm tra, không tham gia đoàn."),
            article,
            {"name": name},
            "members" if role == Role.MEMBER else role,
        )


def objections_to_changing(closed_on: date | None) -> Iterator[Objection]:
    """A closed dossier is not written in any more."""
    if closed_on is not None:
        yield Objection(
            gettext_noop("Hồ sơ đã đóng ngày %(day)s, không ghi thêm."), params={"day": f"{closed_on:%d/%m/%Y}"}
        )


def objections_to_looking(announced_on: date | None) -> Iterator[Objection]:
    """The team looks, finds and writes minutes from the day on which the inspected were sent the decision."""
    if announced_on is None:
        yield Objection(gettext_noop("Chưa gửi quyết định cho nơi được kiểm tra; gửi rồi đoàn mới xem và ghi."))


def objections_to_announcing(
    *, team: int, needs_team: bool, already: date | None, on: date, decided_on: date, missing: Collection[str]
) -> Iterator[Objection]:
    """It is sent once, after it was signed, with a team that can begin, and with what the inspected need."""
    if already is not None:
        yield Objection(gettext_noop("Đã gửi ngày %(day)s."), params={"day": f"{already:%d/%m/%Y}"})
    if needs_team and not team:
        yield Objection(gettext_noop("Chưa có đoàn, tổ kiểm tra."), field="on")
    if on < decided_on:
        yield Objection(gettext_noop("Ngày gửi ở trước ngày quyết định."), field="on")
    if missing:
        yield Objection(
            gettext_noop("Còn thiếu trước khi gửi: %(what)s."), params={"what": "; ".join(missing)}, field="on"
        )


def objections_to_extending(
    *,
    days: int,
    duration: int,
    extended: int,
    reason: str,
    part: int,
    day: date,
    on: date,
    ends_on: date,
    concluded_on: date | None = None,
) -> Iterator[Objection]:
    """At most one third more, with a reason, decided before the time is over and nothing is concluded (rulebook §4.4)."""
    most = duration // part
    if concluded_on is not None:
        yield Objection(
            gettext_noop("Đã kết luận ngày %(day)s, không gia hạn."), params={"day": f"{concluded_on:%d/%m/%Y}"}
        )
    elif on > ends_on:
        yield Objection(
            gettext_noop("Thời hạn đã hết ngày %(day)s; gia hạn phải quyết định trước khi hết hạn."), regulation_on(day),
            {"day": f"{ends_on:%d/%m/%Y}"}, "on",
        )  # fmt: skip
    if days <= 0:
        yield Objection(gettext_noop("Ghi số ngày gia hạn."), field="days")
    if extended + days > most:
        yield Objection(
            gettext_noop("Thời hạn %(duration)s ngày chỉ được gia hạn tổng cộng %(most)s ngày."),
            regulation_on(day),
            {"duration": duration, "most": most},
            "days",
        )
    if not reason.strip():
        yield Objection(gettext_noop("Hãy ghi lý do."), field="reason")


def objections_to_step(
    *, done_on: date | None, on: date, today: date, waivable: bool = True, waived: str | None = None
) -> Iterator[Objection]:
    """A step is done or waived once; waived only where the rules allow, and with a reason."""
    if done_on is not None:
        yield Objection(gettext_noop("Bước này đã xong ngày %(day)s."), params={"day": f"{done_on:%d/%m/%Y}"})
    if on > today:
        yield Objection(gettext_noop("Ngày làm ở sau hôm nay."), field="on")
    if waived is not None and not waivable:
        yield Objection(gettext_noop("Bước này không bỏ được."))
    if waived is not None and not waived.strip():
        yield Objection(gettext_noop("Hãy ghi lý do."), field="reason")


def objections_to_concluding(
    *, text: str, on: date, report_back_on: date | None, undone: Collection[str], remedies: int
) -> Iterator[Objection]:
    """After the steps before it, in words, and with a day to report back where something is to be mended."""
    if undone:
        yield Objection(gettext_noop("Chưa kết luận được, còn bước: %(steps)s."), params={"steps": "; ".join(undone)})
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi kết luận."), regulation_on(on), field="conclusion")
    if remedies and report_back_on is None:
        yield Objection(
            gettext_noop("Có nội dung phải khắc phục: hãy ghi ngày báo cáo kết quả khắc phục."),
            regulation_on(on),
            field="report_back_on",
        )
    if report_back_on is not None and report_back_on <= on:
        yield Objection(gettext_noop("Ngày báo cáo khắc phục phải sau ngày kết luận."), field="report_back_on")


def objections_to_publishing(
    *, concluded_on: date | None, has_notice: bool, already: date | None, on: date
) -> Iterator[Objection]:
    """A conclusion is made known once, after its notice was issued; from then on its remedies are duties."""
    if already is not None:
        yield Objection(gettext_noop("Kết luận đã công bố ngày %(day)s."), params={"day": f"{already:%d/%m/%Y}"})
    elif concluded_on is None or not has_notice:
        yield Objection(gettext_noop("Chưa có thông báo kết luận."), regulation_on(on))
    elif on < concluded_on:
        yield Objection(gettext_noop("Ngày công bố ở trước ngày kết luận."), field="on")


def objections_to_closing(
    *, already: date | None, missing: Collection[str], undone: Collection[str], unverified: int, on: date
) -> Iterator[Objection]:
    """A dossier closes without a hole; what is missing is named (seed S0-09)."""
    article = regulation_on(on)
    if already is not None:
        yield Objection(gettext_noop("Hồ sơ đã đóng."))
        return
    if missing:
        yield Objection(
            gettext_noop("Hồ sơ chưa đóng được, còn thiếu: %(what)s. Bổ sung, hoặc ghi lý do không có."),
            article,
            {"what": "; ".join(missing)},
        )
    if undone:
        yield Objection(
            gettext_noop("Hồ sơ chưa đóng được, còn bước: %(steps)s."), article, {"steps": "; ".join(undone)}
        )
    if unverified:
        yield Objection(
            gettext_noop("Còn %(count)s nội dung khắc phục chưa được đoàn xác nhận."), article, {"count": unverified}
        )
