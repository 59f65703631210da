"""Who sees what of an inspection, on every address, paper and export: before it is announced, while it runs, once it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Post
from chibo.inspections.actions import seat_team
from chibo.inspections.actions.papers import issue_piece, record_minutes
from chibo.inspections.actions.pictures import take_photo
from chibo.inspections.actions.programmes import draft_programme
from chibo.inspections.actions.verifying import mark_criterion, plan_visit, record_finding
from chibo.inspections.models import Finding, Inspection, Picture, Subject
from chibo.inspections.rules.flows import PIECES
from chibo.journal.models import Entry
from chibo.units.actions import found_unit
from chibo.units.rules import CellKind, Level
from tests.conftest import told_once
from tests.inspections.cast import decide, decided, start
from tests.world import LONG_AGO, World

SECRET, SIGNS = "bimat8264", "dauhieu8264"
CONTENT = "Nội dung kín trước khi gửi"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 90
ROLES = ("leader", "team", "rival", "cell5", "cell7", "person", "member", "cell9", "clerk", "follower")
CURIOUS = ("rival", "cell5", "cell7", "person", "clerk")
POSTED = {
    "draft", "strike_line", "export", "open", "strike_visit", "attended", "report_back", "mark", "photo",
    "strike_picture", "find", "finish", "strike_finding", "verified",
}  # fmt: skip


@dataclass
class Told:
    """The people, and how each address is filled: for the inspection nobody knows of, and for the one that runs."""

    roles: dict[str, Actor]
    hidden: Inspection
    running: Inspection
    args: dict[str, dict[str, tuple[Any, ...]]]
    keys: dict[str, str]


@told_once
def told(world: World) -> Told:
    cast, today = decided(world), localdate()
    nine = found_unit(
        world.ward, actor=SETUP, name="Chi bộ 9", level=Level.CELL, key="sm-9", on=LONG_AGO, cell_kind=CellKind.RESIDENTIAL
    )  # fmt: skip
    people = {
        name: world.member(unit, f"Người {name}", account=True)
        for name, unit in (("person", world.cell5), ("member", world.cell5), ("rival", cast.agency))
    }
    cells = [world.cell5, world.cell7]
    hidden = decide(world, cells, members=[people["person"]], content=CONTENT)
    seat_team(hidden, roles={cast.head: "head", cast.scribe_member: "secretary"}, **cast.by)
    issue_piece(hidden, kind="decision", text="Nội dung", on=today, **cast.by)
    running = start(cast, decide(world, cells, members=[people["person"]]))
    elsewhere = decide(world, [nine])
    seat_team(elsewhere, roles={people["rival"]: "head"}, **cast.by)
    programme = draft_programme(world.ward, actor=world.inspector, year=today.year, body="commission", day=today)
    roles = {
        "leader": world.inspector, "team": cast.scribe, "cell5": world.secretary, "cell7": world.secretary7,
        "cell9": world.actor(Post.CELL_SECRETARY, nine), "clerk": world.clerk,
        "follower": world.actor(Post.FOLLOWER, world.cell5), **{name: world.own(one) for name, one in people.items()},
    }  # fmt: skip
    of_all = {
        "ward+year": (world.ward.pk, today.year),
        "programme_": (programme.pk,),
        "line": (programme.lines.first().pk,),
    }
    args = {
        name: {**of_all, "-": (), "cell": (world.cell5.pk,), "cell+year": (world.cell5.pk, today.year), **_work_on(one, cast)}
        for name, one in (("hidden", hidden), ("running", running))
    }  # fmt: skip
    keys = {}
    for who, actor in roles.items():
        client = Client()
        client.force_login(actor.user)
        keys[who] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return Told(roles, hidden, running, args, keys)


def _work_on(inspection: Inspection, cast: Any) -> dict[str, tuple[Any, ...]]:
    """Something looked at, found, photographed and written at each place, each with words of its own."""
    inspection.refresh_from_db()
    by, today = cast.by, localdate()
    criterion = inspection.criteria.first()
    for subject in inspection.subjects.all():
        own = f"{SECRET} {_place(subject)}"
        if inspection.announced_on is None:
            where = {"unit": subject.unit, "subject": subject}
            picture = Picture.objects.create(criterion=criterion, photo="inspections/none.png", **where)
            finding = Finding.objects.create(
                kind="shortcoming", text=own, source="inspection", found_on=today, **where
            )
            continue
        mark_criterion(subject, criterion=criterion, result="unmet", note=f"ghi chú {own}", **by)
        picture = take_photo(subject, criterion=criterion, photo=ContentFile(PNG, name="a.png"), **by)
        record_finding(subject, kind="sign", text=f"{SIGNS} {own}", found_on=today, **by)
        finding = record_finding(subject, kind="shortcoming", text=own, found_on=today, **by)
        record_minutes(subject, kind="deploying", text=f"Biên bản {own}", on=today, **by)
    subject = inspection.subjects.get(unit=cast.world.cell7)
    visitor = inspection.team.get(member=cast.scribe_member)
    visit = plan_visit(
        inspection, subject=subject, visitor=visitor, day=today + timedelta(days=inspection.pk % 9), **by
    )
    pk, five = inspection.pk, inspection.subjects.get(unit=cast.world.cell5, member=None).pk
    return {
        "one": (pk,), "one+announce": (pk, "announce"), "one+deploy": (pk, "deploy"), "one+result": (pk, "result"),
        "piece": (inspection.pieces.get(kind="decision").pk, "pdf"), "visit": (visit.pk,), "five": (five,),
        "five+criterion": (five, criterion.pk), "picture": (picture.pk,), "finding": (finding.pk,),
    }  # fmt: skip


def _place(subject: Subject) -> str:
    return "person" if subject.member_id else f"cell{subject.unit.key[-1]}"


@cache
def _device() -> Client:
    """One for all: each device of its own loads the middleware anew, which is two fifths of a question."""
    return Client()


def client_of(told: Told, who: str) -> Client:
    """Logged in already: once for all tests that live in the story."""
    client = _device()
    client.cookies.clear()
    if who:
        client.cookies[settings.SESSION_COOKIE_NAME] = told.keys[who]
    return client


def asked(told: Told, who: str, address: str, args: tuple[Any, ...], query: str = "", data: Any = None) -> Any:
    """The answer; what it did is taken back."""
    client = client_of(told, who)
    where = reverse(f"inspections:{address}", args=args) + query
    with transaction.atomic():
        answer = client.post(where, data or {}) if address in POSTED else client.get(where)
        transaction.set_rollback(True)
    return answer


TABLE = """
# address        of              leader team rival cell5 cell7 person member cell9 clerk follower
start            -                  302  302   200   302   302    200    200   302   200      200
index            cell+year          200  200   404   200   404    404    404   404   404      404
decide           cell               200  403   404   200   404    404    404   404   404      404
programme        ward+year          200  404   404   404   404    404    404   404   404      404
draft            ward+year          302  404   404   404   404    404    404   404   404      404
add_line         programme_         200  404   404   404   404    404    404   404   404      404
adopt            programme_         200  404   404   404   404    404    404   404   404      404
amend            programme_         200  404   404   404   404    404    404   404   404      404
line             line               200  404   404   404   404    404    404   404   404      404
adjust           line               200  404   404   404   404    404    404   404   404      404
strike_line      line               302  404   404   404   404    404    404   404   404      404
inspection       one                200  200   404   200   200    200    404   404   404      404
team             one                200  403   404   404   404    404    404   404   404      404
outline          one                200  403   404   404   404    404    404   404   404      404
criteria         one                200  403   404   404   404    404    404   404   404      404
deed             one+announce       200  403   404   404   404    404    404   404   404      404
waive_step       one+deploy         200  403   404   404   404    404    404   404   404      404
write            one+result         200  403   404   404   404    404    404   404   404      404
waive            one+result         200  403   404   404   404    404    404   404   404      404
bring            one                200  403   404   404   404    404    404   404   404      404
dossier          one                200  200   404   200   200    200    404   404   404      404
export           one                200  403   404   404   404    404    404   404   404      404
open             piece              200  200   404   200   200    200    404   404   404      404
visits           one                200  200   404   404   404    404    404   404   404      404
crosstab         one                200  200   404   404   404    404    404   404   404      404
strike_visit     visit              302  403   404   404   404    404    404   404   404      404
attended         visit              422  422   404   404   404    404    404   404   404      404
self_report      five               200  200   404   200   404    404    404   404   404      404
report_back      five               403  403   404   302   404    404    404   404   404      404
verify           five               200  200   404   404   404    404    404   404   404      404
worker           -                  200  200   200   200   200    200    200   200   200      200
mark             five+criterion     302  302   404   404   404    404    404   404   404      404
photo            five+criterion     422  422   404   404   404    404    404   404   404      404
picture          picture            200  200   404   404   404    404    404   404   404      404
strike_picture   picture            302  302   404   404   404    404    404   404   404      404
find             five               422  422   404   404   404    404    404   404   404      404
finish           five               302  302   404   404   404    404    404   404   404      404
finding          finding            200  200   404   404   404    404    404   404   404      404
strike_finding   finding            302  302   404   404   404    404    404   404   404      404
verified         finding            422  422   404   404   404    404    404   404   404      404
"""
ROWS = [line.split() for line in TABLE.strip().splitlines() if not line.startswith("#")]
OF_ALL = ("-", "cell", "cell+year", "ward+year", "programme_", "line")
"""What is filled by no inspection."""


def test_the_table_names_every_address() -> None:
    assert {row[0] for row in ROWS} == {
        name for name in get_resolver().namespace_dict["inspections"][1].reverse_dict if isinstance(name, str)
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_address_opens_for_whom_the_table_says_once_it_is_announced(told: Told, row: list[str]) -> None:
    name, of, *codes = row
    found = [asked(told, who, name, told.args["running"][of]).status_code for who in ROLES]
    assert found == [int(code) for code in codes]
    assert asked(told, "", name, told.args["running"][of]).status_code == 302, (
        "who is not logged in is sent to log in"
    )


@pytest.mark.parametrize("row", [row for row in ROWS if row[1] not in OF_ALL], ids=lambda row: row[0])
def test_before_the_announcement_no_address_opens_but_for_who_leads_and_the_team(told: Told, row: list[str]) -> None:
    name, of, *_codes = row
    for who in CURIOUS:
        assert asked(told, who, name, told.args["hidden"][of]).status_code == 404, who


def test_before_the_announcement_no_list_no_search_no_book_and_no_journal_speaks_of_it(told: Told) -> None:
    """Nor an export of a list, nor the cell's register of papers."""
    cell, year = told.args["hidden"]["cell+year"]
    pages = [
        "/", f"/search/?q={CONTENT[:11]}", f"/book/{cell}/{year}/", f"/journal/?unit={cell}", "/tasks/", "/warnings/", "/papers/",
        f"/inspections/{cell}/{year}/", f"/inspections/{cell}/{year}/?format=xlsx", "/inspections/",
    ]  # fmt: skip
    for who in CURIOUS:
        client = client_of(told, who)
        for page in pages:
            answer = client.get(page, follow=True)
            said = _words(answer)
            # the ward's own register, and what its journal says of it: number and subject, not the paper
            seen = who == "clerk" and page in ("/papers/", pages[1], pages[3])
            assert (CONTENT.lower() in said.lower()) == seen, (who, page)


def test_the_journal_of_a_cell_names_no_member_who_is_inspected(told: Told) -> None:
    """What is done about a person is told where it is led; what is done about the cell, in its own journal too."""
    cell5 = told.running.subjects.get(member=None, unit__key="sm-5").unit
    labels = Entry.objects.filter(unit_path=cell5.path, verb__startswith="inspections.").values_list(
        "verb", "subject_label"
    )
    assert ("inspections.record_minutes", True) in {(verb, "Chi bộ 5" in label) for verb, label in labels}
    assert not [label for _verb, label in labels if "Người person" in label]


def _words(answer: Any) -> str:
    if answer.get("Content-Type", "").endswith("sheet"):
        return " ".join(str(cell) for row in load_workbook(BytesIO(answer.content)).active.values for cell in row)
    return str(answer.content.decode())


SEES = {"cell5": "cell5", "cell7": "cell7", "person": "person"}


@pytest.mark.parametrize("who", SEES)
@pytest.mark.parametrize("published", [False, True])
def test_the_inspected_read_their_own_part_and_of_it_only_what_is_known(
    told: Told, who: str, published: bool
) -> None:
    """Nothing that was found before the conclusion is made known; then their own, and never a sign of violation, a note
    of the team, or anything of another place."""
    if published:
        today = localdate()
        Inspection.objects.filter(pk=told.running.pk).update(
            concluded_on=today, published_on=today, conclusion="Kết luận chung"
        )
    args = told.args["running"]
    page = asked(told, who, "inspection", args["one"]).content.decode()
    own = told.running.subjects.get(member__account=told.roles[who].user) if who == "person" else _of_cell(told, who)
    report = asked(told, who, "self_report", (own.pk,)).content.decode()
    shown = page + report + asked(told, who, "dossier", args["one"]).content.decode()
    assert (f"{SECRET} {who}" in page) == published
    assert ("Kết luận chung" in page) == published
    for word in (SIGNS, f"ghi chú {SECRET}", *(f"{SECRET} {other}" for other in SEES if other != who)):
        assert word not in shown, word
    for subject in told.running.subjects.exclude(pk=own.pk):
        assert asked(told, who, "self_report", (subject.pk,)).status_code == 404


def _of_cell(told: Told, who: str) -> Subject:
    found: Subject = told.running.subjects.get(member=None, unit__key=f"sm-{who[-1]}")
    return found


@pytest.mark.parametrize("published", [False, True])
def test_every_paper_opens_for_whom_its_kind_is_shown_and_each_opening_is_in_the_journal(
    told: Told, published: bool
) -> None:
    world, today = told.roles["leader"], localdate()
    if published:
        Inspection.objects.filter(pk=told.running.pk).update(
            concluded_on=today, published_on=today, conclusion="Kết luận"
        )
        told.running.refresh_from_db()
        for kind in ("result", "notice", "follow_up"):
            issue_piece(told.running, actor=world, kind=kind, text="Nội dung", on=today)
    known = {"announced", "published"} if published else {"announced"}
    own = {"cell5": _of_cell(told, "cell5").pk, "cell7": _of_cell(told, "cell7").pk,
           "person": told.running.subjects.get(member__isnull=False).pk}  # fmt: skip
    for piece in told.running.pieces.all():
        opened = {who for who in ("team", *CURIOUS) if asked(told, who, "open", (piece.pk, "pdf")).status_code == 200}
        inspected = {who for who, subject in own.items() if piece.subject_id in (None, subject)}
        read = inspected if PIECES[piece.kind].shown in known else set()
        assert opened == {"team"} | read, piece.kind
    assert (
        not told.running.pieces.filter(kind="deploying", subject=own["cell7"])
        .exclude(title__contains="Chi bộ 7")
        .exists()
    )
    client = client_of(told, "cell5")
    client.post(reverse("inspections:open", args=told.args["running"]["piece"]))
    client.post(reverse("inspections:open", args=told.args["running"]["piece"]))
    assert Entry.objects.filter(verb="inspections.open_piece", user=told.roles["cell5"].user).count() == 2
    for piece in told.hidden.pieces.all():
        assert {asked(told, who, "open", (piece.pk, "docx")).status_code for who in CURIOUS} == {404}


OPENS = {"inspection", "write", "dossier", "visits", "crosstab", "self_report", "verify", "finding", "outline", "criteria", "team",
         "deed", "waive_step"}  # fmt: skip


def test_every_opening_is_in_the_journal_and_one_person_opening_one_thing_twice_within_the_hour_is_one_line(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever page it is; of pictures each one. Nothing is taken for changed by it, so nobody who writes is told off."""
    args, leader, team = told.args["running"], told.roles["leader"].user, told.roles["team"].user
    hour = ["2026112809"]
    monkeypatch.setattr("chibo.inspections.selectors.dossiers.localtime", lambda: Hour(hour[0]))
    versions = [*list(Subject.objects.values_list("pk", "version")), told.running.unit.version]

    def lines(verb: str, user: Any) -> int:
        return Entry.objects.filter(verb=f"inspections.{verb}", user=user).count()

    for n, (name, of) in enumerate(sorted((row[0], row[1]) for row in ROWS if row[0] in OPENS), 1):
        hour[0] = f"{n:010}"
        client_of(told, "leader").get(reverse(f"inspections:{name}", args=args[of]))
        assert lines("look_in", leader) == n, name
    client_of(told, "leader").get(reverse("inspections:dossier", args=args["one"]))
    assert lines("look_in", leader) == len(OPENS)
    (other,) = _of_cell(told, "cell7").pictures.values_list("pk", flat=True)
    for picture in (args["picture"][0], args["picture"][0], other):
        assert client_of(told, "team").get(reverse("inspections:picture", args=[picture])).status_code == 200
    assert lines("open_picture", team) == 2
    assert client_of(told, "cell5").get(reverse("inspections:picture", args=[other])).status_code == 404
    assert lines("open_picture", told.roles["cell5"].user) == 0
    told.running.unit.refresh_from_db()
    assert [*list(Subject.objects.values_list("pk", "version")), told.running.unit.version] == versions


class Hour(str):
    """An hour of the clock, as a format writes it."""

    def __format__(self, _spec: str) -> str:
        return str(self)


@pytest.mark.parametrize(
    ("name", "of", "query"),
    [
        ("index", "cell+year", "?format=xlsx"), ("crosstab", "one", "?format=xlsx"), ("programme", "ward+year", "?format=xlsx"),
        ("programme", "ward+year", "?programme=%s&format=docx"), ("programme", "ward+year", "?programme=%s&format=pdf"),
    ],
)  # fmt: skip
def test_an_export_opens_for_nobody_whose_page_does_not(told: Told, name: str, of: str, query: str) -> None:
    (codes,) = [row[2:] for row in ROWS if row[0] == name]
    filled = query % told.args["running"]["programme_"] if "%s" in query else query
    found = [asked(told, who, name, told.args["running"][of], filled).status_code for who in ROLES]
    assert found == [int(code) for code in codes]
