"""What a list of members from a workbook would change in the register, row by row. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import POST_NAMES, Can, Post
from chibo.core.importing import RowPlan, RowState, SourceTable
from chibo.core.vietnamese import fold, sort_key
from chibo.members.rules import DatePrecision, Standing
from chibo.members.selectors.importing.columns import FIELDS, LABELS, WORDS
from chibo.members.selectors.importing.register import PLAIN, Known, groups_of, held_elsewhere, known_members
from chibo.members.selectors.importing.rows import Cells, Line, Refused, lines_of, settle_identity
from chibo.members.selectors.record import masked
from chibo.units.models import Unit
from chibo.units.selectors import ward_of

__all__ = ["DATES", "FIELDS", "LABELS", "PLAIN", "WARD_POSTS", "Known", "in_words", "plan_members"]

OF_AGE = 18
"""Years of age at admission (Charter of the Party, art. 1)."""
DATES = ("birth_date", "admitted_on", "official_on", "since")
LEADS = (Post.CELL_SECRETARY, Post.WARD_SECRETARY)
"""Posts that one person holds in a unit."""
WARD_POSTS = (Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.WARD_COMMITTEE)


def plan_members(unit: Unit, tables: Sequence[SourceTable], *, actor: Actor, today: date) -> list[RowPlan]:
    """What each row would do to the register of the unit's cells: a fixed number of queries, whatever the rows."""
    cells = Cells(unit, actor, today)
    lines = [line for table in tables for line in lines_of(table, cells)]
    register = Register(unit, lines, actor, today)
    return [register.plan(line) for line in lines]


class _Folded(dict[str, str]):
    """Words without accents, each folded once: names share a few hundred syllables."""

    def __missing__(self, word: str) -> str:
        self[word] = plain = fold(word)
        return plain


class Register:
    """The members of the ward as they stand today, and what the rows before have already claimed."""

    def __init__(self, unit: Unit, lines: Sequence[Line], actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today
        self.ward = ward_of(unit)
        self.names = dict(Unit.objects.filter(path__startswith=self.ward.path).values_list("pk", "name"))
        self.paths = dict(Unit.objects.filter(path__startswith=self.ward.path).values_list("pk", "path"))
        self.known = known_members(self.ward, today)
        self.by_citizen = {k.fields["citizen_id"]: k for k in self.known.values() if k.fields["citizen_id"]}
        self.by_card = {k.fields["card_number"]: k for k in self.known.values() if k.fields["card_number"]}
        self.by_name: dict[str, list[Known]] = {}
        for known in self.known.values():
            self.by_name.setdefault(fold(known.fields["full_name"]), []).append(known)
        self.elsewhere = {
            code: held_elsewhere(self.ward, code, (line.values.get(code) for line in lines), by)
            for code, by in (("citizen_id", self.by_citizen), ("card_number", self.by_card))
        }
        self.groups = groups_of(self.ward)
        self.leads = {(unit_id, post) for k in self.known.values() for unit_id, post in k.posts if post in LEADS}
        self.folded = _Folded()
        self.mismatch = _("Số định danh không khớp với năm sinh hoặc giới tính; hãy kiểm tra.")
        self.taken: dict[int, int] = {}
        self.claimed: dict[tuple[str, str], int] = {}
        self.rows: dict[tuple[str, date], list[tuple[int, int, str]]] = {}

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
        settle_identity(line, self.mismatch)
        remark = values.pop("remark", None)
        if remark is not None:
            values.setdefault("standing" if isinstance(remark, Standing) else "condition", remark)
        line.plain = " ".join(map(self.folded.__getitem__, values["full_name"].split(" ")))
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
        if known.membership is None:
            raise Refused(
                "full_name", _("Đồng chí đã thôi sinh hoạt ở chi bộ; hãy tiếp nhận lại ở trang của đồng chí.")
            )
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
        citizen = values.get("citizen_id", "")
        alike = self.rows.setdefault((line.plain, birth), [])
        for number, cell_id, other in alike:
            if _differ(citizen, other):
                continue
            if cell_id == cell.pk:
                raise Refused("full_name", _("Trùng với dòng %(row)s của tệp.") % {"row": number})
            line.notes.append(_("Có thể trùng với dòng %(row)s của tệp, ở chi bộ khác; không gộp.") % {"row": number})
        alike.append((line.number, cell.pk, citizen))

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
                self._check_same_person(code, known, line, cell)
                return known
        return self._match_by_name(line, cell)

    def _check_same_person(self, code: str, known: Known, line: Line, cell: Unit) -> None:
        name = known.fields["full_name"]
        if known not in self.by_name.get(line.plain, ()):
            raise Refused(code, _("Số này đang thuộc về đồng chí %(name)s.") % {"name": name})
        if known.unit_id != cell.pk:
            said = {"cell": self._cell_name(known.unit_id)}
            raise Refused("cell", _("Đồng chí đang sinh hoạt ở %(cell)s; hãy làm thủ tục chuyển sinh hoạt.") % said)

    def _match_by_name(self, line: Line, cell: Unit) -> Known | None:
        """Same name and birth date in the cell; the same elsewhere in the ward, or nearly the same name, is said."""
        values = line.values
        name, birth = values["full_name"], values.get("birth_date")
        alike = [
            k
            for k in self.by_name.get(line.plain, ())
            if _may_be_born(k.fields, values) and not _differ(k.fields["citizen_id"], values.get("citizen_id", ""))
        ]
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
            reason = _(
                "Gần giống đồng chí %(name)s đã có, chỉ khác dấu; hãy sửa họ tên cho khớp hoặc ghi số định danh."
            )
            raise Refused("full_name", reason % {"name": here[0].fields["full_name"]})
        for other in alike if birth else ():
            said = {"name": other.fields["full_name"], "cell": self._cell_name(other.unit_id)}
            line.notes.append(_("Có thể trùng với đồng chí %(name)s ở %(cell)s; không gộp.") % said)
        return None

    def _cell_name(self, unit_id: int) -> str:
        """What the cell is called, if the actor may see who is in it."""
        seen = any(self.paths[unit_id].startswith(prefix) for prefix in self.actor.reach(Can.SEE_MEMBERS))
        return self.names[unit_id] if seen else _("chi bộ khác")

    # ------------------------------------------------------------------------------------ settling

    def _settle_groups(self, line: Line) -> None:
        if "groups" not in line.values:
            return
        found = []
        for name in self._names_of_groups(line.values.pop("groups")):
            group = self.groups.get(fold(name))
            if group is None:
                line.notes.append(_("Chưa có nhóm “%(name)s” nên không ghi.") % {"name": name})
            else:
                found.append(group)
        if found:
            line.values["groups"] = found

    def _names_of_groups(self, told: Iterable[str]) -> Iterator[str]:
        """A name as it is known; what is no group's name may be several, with commas between them."""
        for name in told:
            parts = [name] if fold(name) in self.groups else name.split(",")
            yield from (part.strip() for part in parts if part.strip())

    def _settle_posts(self, line: Line, cell: Unit, known: Known | None) -> None:
        """Keep the posts that may be given here; nobody becomes a second secretary by a workbook."""
        posts = line.values.pop("posts", ())
        kept = []
        for post in posts:
            place = self.ward if post in WARD_POSTS else cell
            if known is not None and (place.pk, post) in known.posts:
                kept.append(post)
                continue
            if known is not None and known.has_account:
                line.notes.append(
                    _("Đồng chí đã có tài khoản; hãy ghi chức vụ ở trang của đồng chí để quyền đi theo.")
                )
            elif not self.actor.may(Can.APPOINT, place):
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
        if (
            "birth_date" in changes
            and "birth_precision" not in values
            and old["birth_precision"] != DatePrecision.DAY
        ):
            changes["birth_precision"] = (old["birth_precision"], DatePrecision.DAY)
        standing = values.get("standing") or ("official_on" in changes and Standing.OFFICIAL) or known.standing
        for code, now, before in (
            ("standing", standing, known.standing),
            ("condition", values.get("condition"), known.condition),
        ):
            if now and now != before:
                changes[code] = (before, now)
        new_groups = [name for name in values.get("groups", ()) if name not in known.groups]
        if new_groups:
            changes["groups"] = (sorted(known.groups), [*sorted(known.groups), *new_groups])
        held = {post for _place, post in known.posts}
        new_posts = [post for post in values.get("posts", ()) if post not in held]
        if new_posts:
            changes["posts"] = (sorted(held), [*sorted(held), *new_posts])
        return changes


def _differ(one: str, other: str) -> bool:
    """Whether both are known and not the same."""
    return bool(one and other and one != other)


def _may_be_born(known: dict[str, Any], values: dict[str, Any]) -> bool:
    """Whether the two birth dates may be of one person, as far as each is known."""
    one, other = known["birth_date"], values.get("birth_date")
    if one is None or other is None or one == other:
        return True
    by_day = known["birth_precision"] == DatePrecision.DAY and "birth_precision" not in values
    return not by_day and one.year == other.year


def _years_between(birth: date, day: date, by_year: bool) -> int:
    """Full years of age on the day; where only the year of birth is known, the most they can be."""
    whole = by_year or (birth.month, birth.day) <= (day.month, day.day)
    return day.year - birth.year - (0 if whole else 1)


def _says_the_same(code: str, old: dict[str, Any], values: dict[str, Any]) -> bool:
    """Whether what the row says differs from the register in nothing but how, or how exactly, it is written."""
    if code == "full_name":
        return sort_key(old[code]) == sort_key(values[code])
    if code == "phone":
        return re.sub(r"\D", "", old[code]) == re.sub(r"\D", "", values[code])
    if code in ("birth_date", "birth_precision") and "birth_precision" in values:
        return old["birth_date"] is not None and old["birth_date"].year == values["birth_date"].year
    return False


def in_words(code: str, value: Any) -> str:
    """How people read a planned value; an identity number is masked as in the record."""
    if value is None or value == "":
        return ""
    if code == "citizen_id":
        return masked(str(value))
    if code in WORDS:
        return _(WORDS[code](value).label)
    if code == "posts":
        return ", ".join(_(POST_NAMES[Post(post)]) for post in value)
    if isinstance(value, list | tuple):
        return ", ".join(value)
    if code in DATES:
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return f"{day:%d/%m/%Y}"
    return str(value)
