"""Words and rules of membership. Charter of the Party; Quy định 208-QĐ/TW (2026) and its predecessors; rulebook §7."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, Word, gettext_noop, same_day_after


class Standing(Word):
    """Whether the member votes: official members do, probationary ones do not (Charter, art. 3)."""

    OFFICIAL = "official", gettext_noop("Chính thức")
    PROBATIONARY = "probationary", gettext_noop("Dự bị")


class Condition(Word):
    """How the member takes part in the cell's life in a time."""

    ACTIVE = "active", gettext_noop("Đang sinh hoạt")
    EXEMPT = "exempt", gettext_noop("Miễn công tác và sinh hoạt")
    TEMPORARY_ELSEWHERE = "elsewhere", gettext_noop("Sinh hoạt tạm thời nơi khác")
    TEMPORARY_HERE = "here", gettext_noop("Sinh hoạt tạm thời tại đây")
    SUSPENDED = "suspended", gettext_noop("Đình chỉ sinh hoạt")


COUNTED = (Condition.ACTIVE, Condition.EXEMPT, Condition.TEMPORARY_ELSEWHERE, Condition.SUSPENDED)
"""A member counts where they officially belong; "temporary here" is counted at home (208-QĐ/TW, rulebook §7.2)."""

EXPECTED = (Condition.ACTIVE, Condition.TEMPORARY_HERE)
"""Who is expected at a meeting: all but the exempt, the temporarily elsewhere and the suspended (rulebook §2.6)."""


class Leaving(Word):
    """Why a membership in a cell ended."""

    TRANSFERRED = "transferred", gettext_noop("Chuyển sinh hoạt")
    REMOVED = "removed", gettext_noop("Xóa tên")
    EXPELLED = "expelled", gettext_noop("Khai trừ")
    RESIGNED = "resigned", gettext_noop("Xin ra khỏi Đảng")
    DECEASED = "deceased", gettext_noop("Từ trần")
    CHANGED = "changed", gettext_noop("Thay đổi tình trạng")


class Sex(Word):
    MALE = "male", gettext_noop("Nam")
    FEMALE = "female", gettext_noop("Nữ")


class Qualification(Word):
    """Professional qualification (rulebook §7.4, item 6)."""

    DOCTOR = "doctor", gettext_noop("Tiến sĩ")
    MASTER = "master", gettext_noop("Thạc sĩ")
    BACHELOR = "bachelor", gettext_noop("Đại học")
    COLLEGE = "college", gettext_noop("Cao đẳng")
    INTERMEDIATE = "intermediate", gettext_noop("Trung cấp")
    ELEMENTARY = "elementary", gettext_noop("Sơ cấp")
    NONE = "none", gettext_noop("Chưa qua đào tạo")


class Theory(Word):
    """Political theory level (rulebook §7.4, item 8)."""

    ADVANCED = "advanced", gettext_noop("Cao cấp, cử nhân")
    INTERMEDIATE = "intermediate", gettext_noop("Trung cấp")
    ELEMENTARY = "elementary", gettext_noop("Sơ cấp")
    NONE = "none", gettext_noop("Chưa qua đào tạo")


class StaffKind(Word):
    """How somebody works for the ward's offices, if they do (seed S3: 8 + 12 + 1)."""

    CADRE = "cadre", gettext_noop("Cán bộ")
    CIVIL_SERVANT = "civil_servant", gettext_noop("Công chức")
    PUBLIC_EMPLOYEE = "public_employee", gettext_noop("Viên chức")
    CONTRACT = "contract", gettext_noop("Hợp đồng")
    NON_SPECIALISED = "non_specialised", gettext_noop("Không chuyên trách")
    RETIRED = "retired", gettext_noop("Nghỉ hưu")
    OTHER = "other", gettext_noop("Khác")


STAFF = (StaffKind.CADRE, StaffKind.CIVIL_SERVANT, StaffKind.CONTRACT)
"""The establishment of a ward's offices, whose structure is reported with sums that must agree."""


class DatePrecision(Word):
    """How exactly a date is known: registers often hold only a year."""

    DAY = "day", gettext_noop("Ngày")
    MONTH = "month", gettext_noop("Tháng")
    YEAR = "year", gettext_noop("Năm")


DEFAULT_GROUPS = (
    gettext_noop("Cấp ủy viên"),
    gettext_noop("Phụ trách đoàn thể"),
    gettext_noop("Cán bộ, công chức, viên chức"),
    gettext_noop("Nghỉ hưu"),
    gettext_noop("Đảng viên trẻ"),
    gettext_noop("Đi làm ăn xa"),
)
"""The groups for guidance that seed S0-15 asks for; an office may add its own."""


# ------------------------------------------------------------------------------------ what must hold

CHARTER = "Điều lệ Đảng"
OF_AGE = 18
"""Years of age at admission (Charter, art. 1)."""
SINGLE_POSTS = ("ward_secretary", "cell_secretary")
"""Posts that one person at a time holds in a unit."""
CELL_POSTS = ("cell_secretary", "cell_deputy", "cell_committee")
"""Posts held by a member of the same cell; a follower comes from outside."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A membership as the rules see it: in which cell, how, and since when; ``valid_to`` None while it lasts."""

    unit_id: int
    standing: str
    condition: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of somebody's life in the Party, as far as they are known."""

    birth_date: date | None = None
    birth_precision: str = DatePrecision.DAY
    admitted_on: date | None = None
    official_on: date | None = None


def written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def objections_to_dating(on: date, *, today: date, field: str = "on") -> Iterator[Objection]:
    """What is written in the register has happened."""
    if on > today:
        yield Objection(gettext_noop("Ngày này ở sau hôm nay."), field=field)


def objections_to_dates(dates: Dates, *, today: date) -> Iterator[Objection]:
    """Born, of age when admitted (art. 1), official no earlier than admitted; nothing after today."""
    for field in ("birth_date", "admitted_on", "official_on"):
        if (day := getattr(dates, field)) is not None:
            yield from objections_to_dating(day, today=today, field=field)
    born, admitted, official = dates.birth_date, dates.admitted_on, dates.official_on
    if born and admitted:
        latest = date(born.year, 12, 31) if dates.birth_precision == DatePrecision.YEAR else born
        of_age = same_day_after(latest, OF_AGE * 12) if latest == born else date(born.year + OF_AGE, 1, 1)
        if admitted < of_age:
            yield Objection(gettext_noop("Vào Đảng khi chưa đủ 18 tuổi."), f"{CHARTER}, Điều 1", field="admitted_on")
    if admitted and official and official < admitted:
        yield Objection(
            gettext_noop("Ngày chính thức trước ngày vào Đảng (%(admitted)s)."),
            f"{CHARTER}, Điều 5",
            {"admitted": written(admitted)},
            "official_on",
        )


def objections_to_identity(
    *, citizen_id: str, phone: str, citizen_taken: bool, card_taken: bool
) -> Iterator[Objection]:
    """A personal number has twelve digits; it and the card's number belong to one person."""
    if citizen_id and not re.fullmatch(r"\d{12}", citizen_id):
        yield Objection(gettext_noop("Số định danh cá nhân gồm 12 chữ số."), field="citizen_id")
    if citizen_taken:
        yield Objection(gettext_noop("Số định danh này đã có trong sổ, của một đảng viên khác."), field="citizen_id")
    if card_taken:
        yield Objection(gettext_noop("Số thẻ này đã có trong sổ, của một đảng viên khác."), field="card_number")
    if phone and not re.fullmatch(r"\+?[\d .()-]{8,20}", phone):
        yield Objection(gettext_noop("Số điện thoại chỉ gồm chữ số, ví dụ 0912 345 678."), field="phone")


def objections_to_joining(
    *, since: date, field: str, standing: str, dates: Dates, is_cell: bool, unit_open: bool, today: date
) -> Iterator[Objection]:
    """Standing in a cell from a day: the cell is open then, and the person has been admitted."""
    yield from objections_to_dating(since, today=today, field=field)
    yield from objections_to_dates(dates, today=today)
    yield from objections_to_place(is_cell=is_cell, unit_open=unit_open, field=field)
    if dates.admitted_on and dates.admitted_on > since:
        yield Objection(
            gettext_noop("Ngày vào Đảng (%(admitted)s) ở sau ngày này."),
            params={"admitted": written(dates.admitted_on)},
            field=field,
        )
    if standing == Standing.OFFICIAL and dates.official_on and dates.official_on > since:
        yield Objection(
            gettext_noop("Đến ngày %(official)s mới là đảng viên chính thức; vào ngày này còn dự bị."),
            params={"official": written(dates.official_on)},
            field="standing",
        )
    if standing == Standing.PROBATIONARY and dates.official_on and dates.official_on <= since:
        yield Objection(gettext_noop("Đã là đảng viên chính thức từ trước ngày này."), field="standing")


def objections_to_place(*, is_cell: bool, unit_open: bool, field: str) -> Iterator[Objection]:
    """Members stand in cells, and only while these exist."""
    if not is_cell:
        yield Objection(gettext_noop("Đảng viên sinh hoạt ở chi bộ; hãy chọn một chi bộ."), f"{CHARTER}, Điều 24")
    elif not unit_open:
        yield Objection(gettext_noop("Vào ngày này chi bộ chưa thành lập hoặc đã kết thúc."), field=field)


def objections_to_changing(stays: Iterable[Stay], *, on: date, today: date, field: str = "on") -> Iterator[Objection]:
    """A change comes after the last one, to somebody who still stands in a cell. ``stays`` are all memberships."""
    stays = tuple(stays)
    yield from objections_to_dating(on, today=today, field=field)
    if not any(stay.valid_to is None for stay in stays):
        yield Objection(gettext_noop("Đồng chí này không còn sinh hoạt ở chi bộ nào trong sổ."))
    since = max((stay.valid_from for stay in stays), default=None)
    if since is not None and on <= since:
        yield Objection(
            gettext_noop("Ngày thay đổi phải sau ngày %(since)s, là lần thay đổi trước."),
            params={"since": written(since)},
            field=field,
        )


def objections_to_taking_over(*, source_open: bool, people: int) -> Iterator[Objection]:
    """Only what has ended is taken over, and only if somebody is left there."""
    if source_open:
        yield Objection(gettext_noop("Vào ngày này chi bộ đó còn hoạt động; hãy chuyển từng đồng chí."), field="on")
    if not people:
        yield Objection(gettext_noop("Không còn đảng viên nào ghi ở chi bộ đó."), field="source")


def objections_to_leaving(stays: Iterable[Stay], *, last_day: date, today: date) -> Iterator[Objection]:
    """Whoever stands in a cell leaves with a day that has come, no earlier than the last change."""
    stays = tuple(stays)
    yield from objections_to_dating(last_day, today=today, field="last_day")
    if not any(stay.valid_to is None for stay in stays):
        yield Objection(gettext_noop("Đồng chí này không còn sinh hoạt ở chi bộ nào trong sổ."))
    since = max((stay.valid_from for stay in stays), default=last_day)
    if last_day < since:
        yield Objection(
            gettext_noop("Ngày cuối không thể trước ngày %(since)s, là lần thay đổi trước."),
            params={"since": written(since)},
            field="last_day",
        )


def objections_to_coming_back(stays: Iterable[Stay], *, since: date, field: str) -> Iterator[Objection]:
    """Whoever left comes back after the day they left."""
    left = max((stay.valid_to for stay in stays if stay.valid_to), default=None)
    if left is not None and since <= left:
        yield Objection(
            gettext_noop("Đồng chí này còn sinh hoạt ở nơi cũ đến hết ngày %(left)s."),
            params={"left": written(left)},
            field=field,
        )


def objections_to_history(dates: Dates, stays: Iterable[Stay]) -> Iterator[Objection]:
    """The dates of a file agree with the memberships: admitted before the first, official before one as official."""
    stays = sorted(stays, key=lambda stay: stay.valid_from)
    if not stays:
        return
    if dates.admitted_on and dates.admitted_on > stays[0].valid_from:
        yield Objection(
            gettext_noop("Sổ ghi đồng chí này sinh hoạt từ ngày %(since)s, trước ngày vào Đảng."),
            params={"since": written(stays[0].valid_from)},
            field="admitted_on",
        )
    official = next((stay for stay in stays if stay.standing == Standing.OFFICIAL), None)
    if dates.official_on is None:
        return
    if official is None:
        yield Objection(
            gettext_noop("Đồng chí này đang là đảng viên dự bị; hãy dùng “Công nhận chính thức”."),
            field="official_on",
        )
    elif dates.official_on > official.valid_from:
        yield Objection(
            gettext_noop("Sổ ghi đồng chí này là đảng viên chính thức từ ngày %(since)s."),
            params={"since": written(official.valid_from)},
            field="official_on",
        )


def objections_to_condition(
    stay: Stay | None, *, condition: str, host_id: int | None, host_open: bool
) -> Iterator[Objection]:
    """Another condition than the present one; a host cell only for who goes there for a time."""
    if stay is None:
        return
    if stay.condition == condition:
        yield Objection(gettext_noop("Đồng chí này đang ở tình trạng đó rồi."), field="condition")
    if Condition.TEMPORARY_HERE in (stay.condition, condition):
        yield Objection(
            gettext_noop(
                "Sinh hoạt tạm thời tại đây do nơi sinh hoạt chính thức quyết định; hãy ghi ở hồ sơ nơi đó."
            ),
            "Quy định 208-QĐ/TW",
            field="condition",
        )
    if host_id is None:
        return
    if condition != Condition.TEMPORARY_ELSEWHERE:
        yield Objection(gettext_noop("Chỉ chọn chi bộ tiếp nhận khi sinh hoạt tạm thời nơi khác."), field="host")
    if host_id == stay.unit_id:
        yield Objection(gettext_noop("Đây chính là chi bộ đang sinh hoạt."), field="host")
    elif not host_open:
        yield Objection(gettext_noop("Vào ngày này chi bộ chưa thành lập hoặc đã kết thúc."), field="host")


def objections_to_recognising(
    stay: Stay | None, *, admitted_on: date | None, on: date, months: int
) -> Iterator[Objection]:
    """Official from the day the probation ends, even if the decision comes later, never before."""
    if stay is not None and stay.standing != Standing.PROBATIONARY:
        yield Objection(gettext_noop("Đồng chí này không phải đảng viên dự bị."))
    if admitted_on is None:
        yield Objection(gettext_noop("Hồ sơ chưa có ngày vào Đảng; hãy bổ sung trước."))
    elif on < (ready := same_day_after(admitted_on, months)):
        yield Objection(
            gettext_noop("Chưa đủ %(months)s tháng dự bị: sớm nhất là ngày %(ready)s."),
            f"{CHARTER}, Điều 5; Quy định 208-QĐ/TW",
            {"months": months, "ready": written(ready)},
            "on",
        )


def objections_to_transferring(stay: Stay | None, *, to_id: int, is_cell: bool, to_open: bool) -> Iterator[Objection]:
    """To another cell, open on that day; a guest is transferred from where they officially belong."""
    if stay is not None and stay.unit_id == to_id:
        yield Objection(gettext_noop("Đồng chí này đang sinh hoạt ở chi bộ đó rồi."), field="to")
    if stay is not None and stay.condition == Condition.TEMPORARY_HERE:
        yield Objection(
            gettext_noop("Đồng chí này chỉ sinh hoạt tạm thời; chuyển ở nơi sinh hoạt chính thức."),
            "Quy định 208-QĐ/TW",
        )
    yield from objections_to_place(is_cell=is_cell, unit_open=to_open, field="to")


def objections_to_inviting(*, is_member: bool, may_hold: bool, name: str) -> Iterator[Objection]:
    """A slip goes to members of the cell; who holds a post above is invited from above."""
    if not is_member:
        yield Objection(
            gettext_noop("Đồng chí %(name)s không sinh hoạt ở đây."), params={"name": name}, field="members"
        )
    elif not may_hold:
        yield Objection(
            gettext_noop("Đồng chí %(name)s giữ chức vụ ở cấp trên; Văn phòng Đảng ủy mời đồng chí này."),
            params={"name": name},
            field="members",
        )


def objections_to_opening(*, open_already: bool) -> Iterator[Objection]:
    """The first set-up happens once."""
    if open_already:
        yield Objection(gettext_noop("Sổ này đã được cài đặt; hãy đăng nhập."))
