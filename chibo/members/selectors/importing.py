"""What a list of members from a workbook would change in the register, row by row. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import POST_NAMES, Can, Post
from chibo.access.selectors import in_force
from chibo.core.importing import RowPlan, RowState, SourceTable
from chibo.core.vietnamese import fold, sort_key
from chibo.core.workbooks import Precision
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import DEFAULT_GROUPS, Condition, DatePrecision, Sex, Standing
from chibo.members.selectors.columns import FIELDS, WORDS, MaybeShort, Odd, read_cell, read_name
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import open_units, ward_of

OF_AGE = 18
"""Years of age at admission (Charter of the Party, art. 1)."""
PLAIN = (
    "full_name", "birth_date", "birth_precision", "sex", "citizen_id", "card_number", "phone", "address", "occupation",
    "admitted_on", "official_on", "qualification", "theory", "staff_kind",
)  # fmt: skip
"""The fields of a member that a row may fill."""
_KNOWN = frozenset(entry.code for entry in FIELDS if not entry.ignored) | {"remark"}
_END = re.compile(r"^\(?(nguoi lap|nguoi tong hop|t\W?m\b|tm\.|noi nhan|xac nhan|ky ten|ky, |ngay .*thang .*nam|.*, ngay .*thang)")
_TOTAL = re.compile(r"^(tong|cong|tong cong|tong so)\b")
_CHUNK = 5_000


class Refused(Exception):  # noqa: N818 - not an error: the row is not taken, and this says why
    """This row is not taken: the column to blame, and why."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(slots=True)
class Line:
    """One row as it was read: the values of its cells, and what is to be said of them."""

    table: SourceTable
    number: int
    values: dict[str, Any]
    notes: list[str]
    cell: Unit | None = None
    bad: Refused | None = None


@dataclass(slots=True)
class Known:
    """A member in the register: their fields, and how they stand today."""

    pk: int
    unit_id: int
    fields: dict[str, Any]
    standing: str = ""
    condition: str = ""
    membership: Membership | None = None
    groups: set[str] = field(default_factory=set)
    posts: set[str] = field(default_factory=set)


def plan_members(
    unit: Unit, tables: Sequence[SourceTable], *, actor: Actor, today: date
) -> list[RowPlan]:
    """What each row would do to the register of the unit's cells: a fixed number of queries, whatever the rows."""
    cells = Cells(unit, actor, today)
    lines = [line for table in tables for line in _lines(table, cells)]
    register = Register(unit, lines, actor, today)
    return [register.plan(line) for line in lines]


# ------------------------------------------------------------------------------------------- the rows


def _lines(table: SourceTable, cells: Cells) -> Iterator[Line]:
    """The rows of people; headings between them name the cell of those that follow, totals and signatures are passed over."""
    columns = [(code, col, {}) for code, col in table.columns.items() if code in _KNOWN]  # type: list[tuple[str, int, dict[Any, Any]]]
    if beside := _given_names_beside(table):
        columns.append(("given_name", beside, {}))
    here = cells.default or cells.called(table.sheet)
    for number, row in enumerate(table.rows, table.first):
        filled = len(row) - row.count(None)
        if not filled:
            continue
        if filled <= 3:
            texts = [cell for cell in row if isinstance(cell, str)]
            if any(_END.match(fold(text)) for text in texts):
                return
            if filled <= 2 and (named := next(filter(None, map(cells.called, texts)), None)):
                here = named
                continue
        line = _read(table, number, row, columns)
        if not _is_total(line):
            line.cell = here
            cells.settle(line)
            yield line


def _read(table: SourceTable, number: int, row: list[Any], columns: list[tuple[str, int, dict[Any, Any]]]) -> Line:
    line = Line(table, number, {}, [])
    values = line.values
    for code, col, seen in columns:
        raw = row[col]
        if raw is None:
            continue
        key = raw if raw.__class__ is str else (raw.__class__, raw)
        value = seen.get(key, seen)
        if value is seen:
            value = seen[key] = read_cell(code, raw)
        if value.__class__ is Odd:
            if value.refused:
                line.bad = line.bad or Refused(code, value.note)
            else:
                line.notes.append(value.note)
            value = value.value
        if value is not None:
            values[code] = value
    _join_name(line)
    _join_birth(line)
    return line


def _join_name(line: Line) -> None:
    values = line.values
    parts = [values.pop(code) for code in ("family_name", "given_name") if code in values]
    full = values.get("full_name", "")
    name: Any = " ".join([full, *parts] if full else parts) if parts else full
    if not name:
        line.bad = line.bad or Refused("full_name", _("Dòng này không có họ và tên."))
        return
    name = read_name(name)
    if name.__class__ is Odd:
        if name.refused:
            line.bad = line.bad or Refused("full_name", name.note)
            name = Odd("", full)
        else:
            line.notes.append(name.note)
        name = name.value
    values["full_name"] = name


_SEX_COLUMNS = (("birth_male", Sex.MALE), ("birth_female", Sex.FEMALE))


def _join_birth(line: Line) -> None:
    """One birth date and one sex out of the columns "Ngày sinh", "Nam", "Nữ" and "Giới tính"."""
    values = line.values
    birth = values.pop("birth", None)
    for code, sex in _SEX_COLUMNS:
        mark = values.pop(code, None)
        if mark is not None:
            if values.get("sex", sex) is not sex:
                line.bad = line.bad or Refused(code, _("Ghi cả nam và nữ."))
            values["sex"] = sex
            birth = birth if mark is True else mark
    if birth is not None:
        values["birth_date"], precision = birth
        if precision is not Precision.DAY:
            values["birth_precision"] = DatePrecision(precision.value)


def _given_names_beside(table: SourceTable) -> int | None:
    """The column of given names where "Họ và tên" is one heading over two columns."""
    col = table.columns.get("full_name")
    if col is None or "given_name" in table.columns or not table.rows:
        return None
    beside = col + 1
    if beside in table.columns.values() or beside in table.unknown or beside >= len(table.rows[0]):
        return None
    cells = [row[beside] for row in table.rows if row[beside] is not None]
    is_names = cells and all(isinstance(cell, str) and cell.isalpha() for cell in cells)
    return beside if is_names else None


def _is_total(line: Line) -> bool:
    """A line such as "Tổng cộng: 25 đồng chí"."""
    return bool(_TOTAL.match(fold(line.values.get("full_name", "")))) and len(line.values) <= 2


# ------------------------------------------------------------------------------------------- the cells


class Cells:
    """The open cells below the unit, by every word they go by."""

    def __init__(self, unit: Unit, actor: Actor, today: date) -> None:
        self.unit = unit
        below = open_units(Unit.objects.filter(path__startswith=unit.path, level=Level.CELL), today)
        self.open = [cell for cell in below if actor.may(Can.KEEP_MEMBERS, cell)]
        self.default = unit if unit.level == Level.CELL else None
        self._by_word: dict[str, Unit | None] = {}
        for cell in self.open:
            for word in {_cell_word(cell.name), fold(cell.key), cell.code}:
                if word:
                    self._by_word[word] = None if word in self._by_word else cell
        self._seen: dict[str, Unit | None] = {}

    def called(self, text: str) -> Unit | None:
        if text not in self._seen:
            plain = fold(re.sub(r"\(.*?\)", " ", text))
            found = self._by_word.get(plain) or self._by_word.get(plain.replace(".", ""))
            self._seen[text] = found or self._by_word.get(_cell_word(text))
        return self._seen[text]

    def settle(self, line: Line) -> None:
        """Find the cell that the row names; without one, that of the list."""
        text = line.values.pop("cell", None)
        if text is not None:
            line.cell = self.called(text)
            if line.cell is None:
                said = {"cell": text, "unit": self.unit.name}
                line.bad = line.bad or Refused("cell", _("Không có “%(cell)s” đang hoạt động trong %(unit)s.") % said)
        elif line.cell is None:
            line.bad = line.bad or Refused("cell", _("Dòng này không ghi chi bộ."))


def _cell_word(text: str) -> str:
    """ "Chi bộ số 05 (23 đồng chí)" is "5"; a name without a number is itself, without the words for a cell."""
    plain = fold(re.sub(r"\(.*?\)", " ", text))
    plain = re.sub(r"^(?:[ivx]+|\d+)\s*[.)\-:]\s+", "", plain)
    plain = re.sub(r"^(?:cb|chi bo)\b\W*(?:so\s+)?", "", plain).strip(" .:-")
    return re.sub(r"\b0+(?=\d)", "", plain)


# ---------------------------------------------------------------------------------------- the register


class Register:
    """The members of the ward as they stand today, and what the rows before have already claimed."""

    def __init__(self, unit: Unit, lines: Sequence[Line], actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today
        self.ward = ward_of(unit)
        self.names = dict(Unit.objects.filter(path__startswith=self.ward.path).values_list("pk", "name"))
        self.paths = dict(Unit.objects.filter(path__startswith=self.ward.path).values_list("pk", "path"))
        self.known = _known_members(self.ward, today)
        self.by_citizen = {k.fields["citizen_id"]: k for k in self.known.values() if k.fields["citizen_id"]}
        self.by_card = {k.fields["card_number"]: k for k in self.known.values() if k.fields["card_number"]}
        self.by_birth: dict[date | None, list[Known]] = {}
        for known in self.known.values():
            self.by_birth.setdefault(known.fields["birth_date"], []).append(known)
        self.elsewhere = {
            code: _held_elsewhere(code, (line.values.get(code) for line in lines), by)
            for code, by in (("citizen_id", self.by_citizen), ("card_number", self.by_card))
        }
        self.groups = _groups_of(self.ward)
        self.leads = {(unit_id, post) for k in self.known.values() for unit_id, post in k.posts if post in LEADS}  # type: ignore[misc]
        self.taken: dict[int, int] = {}
        self.claimed: dict[tuple[str, str], int] = {}
        self.rows: dict[date, list[tuple[int, str, int, str]]] = {}

    def plan(self, line: Line) -> RowPlan:
        label = line.values.get("full_name", "")
        plan = RowPlan(line.table.sheet, line.number, label, RowState.ADDED, notes=line.notes)
        try:
            if line.bad:
                raise line.bad
            self._decide(line, plan)
        except Refused as bad:
            plan.state, plan.code, plan.reason = RowState.REFUSED, bad.code, bad.reason
            plan.values, plan.changes, plan.extra = {}, {}, None
        return plan

    def _decide(self, line: Line, plan: RowPlan) -> None:
        values, cell = line.values, line.cell
        assert cell is not None
        _settle_identity(line)
        remark = values.pop("remark", None)
        if remark is not None:
            values.setdefault("standing" if isinstance(remark, Standing) else "condition", remark)
        self._check_dates(values)
        self._check_twins(line, cell)
        known = self._match(line, cell)
        self._settle_groups(line)
        self._settle_posts(line, cell, known)
        if known is None:
            self._settle_standing(line)
            values["unit"], values["since"] = cell.name, self._since(values, cell)
            plan.values, plan.extra = values, cell.pk
            return
        if known.pk in self.taken:
            raise Refused("full_name", _("Trùng với dòng %(row)s của tệp.") % {"row": self.taken[known.pk]})
        self.taken[known.pk] = line.number
        plan.target, plan.extra = known.pk, known
        plan.changes = self._changes(known, values)
        plan.state = RowState.CHANGED if plan.changes else RowState.UNCHANGED

    # ------------------------------------------------------------------------------------- checks

    def _check_dates(self, values: dict[str, Any]) -> None:
        birth, admitted, official = (values.get(code) for code in ("birth_date", "admitted_on", "official_on"))
        for code in ("birth_date", "admitted_on", "official_on", "arrived_on"):
            day = values.get(code)
            if day is not None and day > self.today:
                column = "birth" if code == "birth_date" else code
                raise Refused(column, _("Ngày %(day)s ở sau hôm nay.") % {"day": f"{day:%d/%m/%Y}"})
        if admitted and birth and _years_between(birth, admitted, "birth_precision" in values) < OF_AGE:
            raise Refused("admitted_on", _("Vào Đảng khi chưa đủ 18 tuổi (Điều lệ Đảng, Điều 1)."))
        if official and admitted and official < admitted:
            raise Refused("official_on", _("Ngày chính thức trước ngày vào Đảng."))
        if official and values.get("standing") == Standing.PROBATIONARY:
            raise Refused("standing", _("Ghi là đảng viên dự bị nhưng có ngày chính thức."))

    def _check_twins(self, line: Line, cell: Unit) -> None:
        """Two rows of the file that speak of one person: the later one is refused."""
        values = line.values
        for code in ("citizen_id", "card_number"):
            if value := values.get(code):
                earlier = self.claimed.setdefault((code, value), line.number)
                if earlier != line.number:
                    raise Refused(code, _("Trùng với dòng %(row)s của tệp.") % {"row": earlier})
        if (birth := values.get("birth_date")) is None:
            return
        name, citizen = values["full_name"], values.get("citizen_id", "")
        alike = self.rows.setdefault(birth, [])
        for number, other, cell_id, other_citizen in alike:
            if len(other) == len(name) and fold(other) == fold(name) and not _differ(citizen, other_citizen):
                if cell_id == cell.pk:
                    raise Refused("full_name", _("Trùng với dòng %(row)s của tệp.") % {"row": number})
                line.notes.append(_("Có thể trùng với dòng %(row)s của tệp, ở chi bộ khác; không gộp.") % {"row": number})
        alike.append((line.number, name, cell.pk, citizen))

    # ----------------------------------------------------------------------------------- matching

    def _match(self, line: Line, cell: Unit) -> Known | None:
        values = line.values
        for code, by in (("citizen_id", self.by_citizen), ("card_number", self.by_card)):
            value = values.get(code)
            if not value:
                continue
            if value in self.elsewhere[code]:
                raise Refused(code, _("Số này đã có trong hồ sơ của một tổ chức ngoài phạm vi của đồng chí."))
            if (known := by.get(value)) is not None:
                self._check_same_person(code, known, values, cell)
                return known
        return self._match_by_name(line, cell)

    def _check_same_person(self, code: str, known: Known, values: dict[str, Any], cell: Unit) -> None:
        name = known.fields["full_name"]
        if fold(name) != fold(values["full_name"]):
            raise Refused(code, _("Số này đang thuộc về đồng chí %(name)s.") % {"name": name})
        if known.unit_id != cell.pk:
            said = {"cell": self._cell_name(known.unit_id)}
            raise Refused("cell", _("Đồng chí đang sinh hoạt ở %(cell)s; hãy làm thủ tục chuyển sinh hoạt.") % said)

    def _match_by_name(self, line: Line, cell: Unit) -> Known | None:
        """Same name and birth date in the cell; the same elsewhere in the ward, or nearly the same name, is said."""
        values = line.values
        name, birth = values["full_name"], values.get("birth_date")
        alike = [k for k in self._born(birth, values) if fold(k.fields["full_name"]) == fold(name)]
        alike = [k for k in alike if not _differ(k.fields["citizen_id"], values.get("citizen_id", ""))]
        here = [k for k in alike if k.unit_id == cell.pk]
        exact = [k for k in here if sort_key(k.fields["full_name"]) == sort_key(name)]
        if len(exact) == 1:
            if birth != exact[0].fields["birth_date"]:
                line.notes.append(_("Khớp theo họ tên trong chi bộ, vì chỉ một bên có đủ ngày sinh."))
            return exact[0]
        if exact:
            reason = _("Chi bộ có %(count)s đồng chí cùng họ tên; hãy ghi thêm ngày sinh, số thẻ hoặc số định danh.")
            raise Refused("full_name", reason % {"count": len(exact)})
        if here:
            reason = _("Gần giống đồng chí %(name)s đã có, chỉ khác dấu; hãy sửa họ tên cho khớp hoặc ghi số định danh.")
            raise Refused("full_name", reason % {"name": here[0].fields["full_name"]})
        for other in alike if birth else ():
            said = {"name": other.fields["full_name"], "cell": self._cell_name(other.unit_id)}
            line.notes.append(_("Có thể trùng với đồng chí %(name)s ở %(cell)s; không gộp.") % said)
        return None

    def _born(self, birth: date | None, values: dict[str, Any]) -> Iterable[Known]:
        """Those who may have been born on that day, as far as either side knows it."""
        if birth is None:
            return self.known.values() if self.known else ()
        if not self.known:
            return ()
        found = [*self.by_birth.get(birth, ()), *self.by_birth.get(None, ())]
        by_year = "birth_precision" in values
        for known in self._vague if not by_year else self.known.values():
            day = known.fields["birth_date"]
            if day is not None and day.year == birth.year and day != birth:
                found.append(known)
        return found

    @property
    def _vague(self) -> list[Known]:
        return [k for k in self.known.values() if k.fields["birth_precision"] != DatePrecision.DAY]

    def _cell_name(self, unit_id: int) -> str:
        """What the cell is called, if the actor may see who is in it."""
        seen = any(self.paths[unit_id].startswith(prefix) for prefix in self.actor.reach(Can.SEE_MEMBERS))
        return self.names[unit_id] if seen else _("chi bộ khác")

    # ------------------------------------------------------------------------------------ settling

    def _settle_groups(self, line: Line) -> None:
        if "groups" not in line.values:
            return
        found = []
        for name in line.values.pop("groups"):
            group = self.groups.get(fold(name))
            if group is None:
                line.notes.append(_("Chưa có nhóm “%(name)s” nên không ghi.") % {"name": name})
            else:
                found.append(group)
        if found:
            line.values["groups"] = found

    def _settle_posts(self, line: Line, cell: Unit, known: Known | None) -> None:
        """Keep the posts that may be given here; nobody becomes a second secretary by a workbook."""
        posts = line.values.pop("posts", ())
        kept = []
        for post in posts:
            place = self.ward if post in WARD_POSTS else cell
            if known is not None and (place.pk, post) in known.posts:
                kept.append(post)
                continue
            if not self.actor.may(Can.APPOINT, place):
                line.notes.append(_("Đồng chí không có quyền bổ nhiệm nên chức vụ không được ghi."))
            elif post in LEADS and (place.pk, post) in self.leads:
                said = {"unit": place.name, "post": _(POST_NAMES[post])}
                line.notes.append(_("%(unit)s đã có %(post)s nên chức vụ không được ghi.") % said)
            else:
                kept.append(post)
                self.leads.add((place.pk, post))
        if kept:
            line.values["posts"] = kept

    def _settle_standing(self, line: Line) -> None:
        """A new member without an official date is on probation, unless the list knows no such date at all."""
        values = line.values
        if "standing" in values:
            return
        admitted = values.get("admitted_on")
        recent = admitted is not None and (self.today - admitted).days <= 366
        asked = "official_on" in line.table.columns
        if "official_on" in values or not (asked or recent):
            values["standing"] = Standing.OFFICIAL
            return
        values["standing"] = Standing.PROBATIONARY
        if not recent:
            line.notes.append(_("Không có ngày chính thức nên tính là đảng viên dự bị; hãy kiểm tra."))

    def _since(self, values: dict[str, Any], cell: Unit) -> date:
        """From when the member counts in the cell: as told, else since admission, else since this year began."""
        told = values.pop("arrived_on", None) or values.get("admitted_on") or self.today.replace(month=1, day=1)
        return min(max(told, cell.valid_from), self.today)

    def _changes(self, known: Known, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        old = known.fields
        changes = {
            code: (old[code], values[code])
            for code in PLAIN
            if code in values and values[code] != old[code] and not _says_the_same(code, old, values)
        }
        if "birth_date" in changes and "birth_precision" not in values and old["birth_precision"] != DatePrecision.DAY:
            changes["birth_precision"] = (old["birth_precision"], DatePrecision.DAY)
        standing = values.get("standing") or ("official_on" in changes and Standing.OFFICIAL) or known.standing
        for code, now, before in (("standing", standing, known.standing), ("condition", values.get("condition"), known.condition)):
            if known.membership is not None and now and now != before:
                changes[code] = (before, now)
        new_groups = [name for name in values.get("groups", ()) if name not in known.groups]
        if new_groups:
            changes["groups"] = (sorted(known.groups), [*sorted(known.groups), *new_groups])
        held = {post for _unit, post in known.posts}  # type: ignore[misc]
        new_posts = [post for post in values.get("posts", ()) if post not in held]
        if new_posts:
            changes["posts"] = (sorted(held), [*sorted(held), *new_posts])
        return changes


LEADS = (Post.CELL_SECRETARY, Post.WARD_SECRETARY)
"""Posts that one person holds in a unit."""
WARD_POSTS = (Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.WARD_COMMITTEE)


def _known_members(ward: Unit, today: date) -> dict[int, Known]:
    """The members of the ward's cells with how they stand today: four queries."""
    rows = Member.objects.filter(unit__path__startswith=ward.path).values("pk", "unit_id", *PLAIN)
    known = {row["pk"]: Known(row.pop("pk"), row.pop("unit_id"), row) for row in rows}
    if not known:
        return known
    within = Q(member__unit__path__startswith=ward.path)
    for membership in Membership.objects.filter(within, in_force(today)):
        one = known[membership.member_id]
        if membership.unit_id == one.unit_id:
            one.standing, one.condition, one.membership = membership.standing, membership.condition, membership
    for pk, unit_id, post in PostTerm.objects.filter(within, in_force(today)).values_list("member_id", "unit_id", "post"):
        known[pk].posts.add((unit_id, post))  # type: ignore[arg-type]
    through = Member.groups.through.objects.filter(within)
    for pk, name in through.values_list("member_id", "group__name"):
        known[pk].groups.add(name)
    return known
