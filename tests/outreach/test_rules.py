"""The rules of outreach, literals in and values out."""

from __future__ import annotations

import struct
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.figures.rules import Answer, Measured, added_up
from chibo.outreach.rules import (
    Entry,
    ItemKind,
    is_web_address,
    key_of_link,
    objections_to_entering,
    objections_to_picture,
    objections_to_striking,
    objections_to_theme,
)
from chibo.outreach.rules.articles import (
    ArticleState,
    days_late,
    objections_to_calling_off,
    objections_to_judging,
    objections_to_publishing,
    objections_to_sending,
    week_of,
)
from chibo.outreach.rules.exemplars import (
    Channel,
    Step,
    objections_to_commending,
    objections_to_finding,
    objections_to_presenting,
    objections_to_showing,
)
from chibo.outreach.rules.pictures import without_traces
from tests.outreach.cast import PNG

TODAY = date(2026, 9, 30)
NEWS = Entry(ItemKind.PORTAL, date(2026, 9, 7), "Ngày hội đọc sách", "https://phuong.example/tin/1")


def fields(objections: object) -> list[str]:
    return [one.field for one in objections]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "other",
    [
        "http://www.phuong.example/tin/1",
        "https://m.phuong.example/tin/1/",
        "https://PHUONG.example/tin/1?utm_source=zalo&fbclid=x1#top",
    ],
)
def test_s1_04_one_page_is_known_again_however_its_link_was_copied(other: str) -> None:
    assert key_of_link(other) == key_of_link(NEWS.link) == "phuong.example/tin/1"


def test_another_page_is_another_page() -> None:
    links = ("https://phuong.example/tin/2", "https://phuong.example/tin?id=1", "https://phuong.example/tin?id=2")
    assert len({key_of_link(link) for link in (*links, NEWS.link)}) == 4


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "phuong.example/tin", "https://", "http://localhost",
        "https://a.vn/x y", "https://user:pass@a.vn/", "//a.vn/x", "https://[::1", "\x01https://a.vn",
    ],
)  # fmt: skip
def test_only_a_web_address_is_a_link(link: str) -> None:
    assert not is_web_address(link)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_link(text: str) -> None:
    if is_web_address(text):
        assert text.strip().lower().startswith("http")
        key_of_link(text)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"held_on": date(2026, 10, 1)}, "held_on"),
        ({"link": "ftp://a.vn/x"}, "link"),
        ({"link": f"https://a.vn/{'x' * 500}"}, "link"),
        ({"kind": ItemKind.LOUDSPEAKER}, "minutes"),
        ({"kind": ItemKind.LOUDSPEAKER, "minutes": 0}, "minutes"),
        ({"minutes": 2000}, "minutes"),
        ({"kind": ItemKind.BANNER, "pieces": 0}, "pieces"),
        ({"kind": "thoi-su"}, "kind"),
    ],
)
def test_s1_05_what_is_entered_tells_what_its_kind_needs(change: dict[str, object], field: str) -> None:
    told = {name: getattr(NEWS, name) for name in ("kind", "held_on", "title", "link")}
    assert list(objections_to_entering(NEWS, today=TODAY)) == []
    assert field in fields(objections_to_entering(Entry(**{**told, **change}), today=TODAY))  # type: ignore[arg-type]


def test_small_rules_of_the_ledger() -> None:
    assert fields(objections_to_theme(has_theme=True, of_programme=False)) == ["theme"]
    assert fields(objections_to_theme(has_theme=False, of_programme=False)) == []
    assert fields(objections_to_picture("pdf")) == ["picture"]
    assert fields(objections_to_picture("jpg")) == []
    assert len(list(objections_to_striking("", of_article=True, of_exemplar=True))) == 3
    assert list(objections_to_striking("nhập nhầm", of_article=False, of_exemplar=False)) == []


def test_s1_06_a_week_begins_on_monday() -> None:
    assert {week_of(date(2026, 9, day)) for day in range(7, 14)} == {date(2026, 9, 7)}


def test_s1_06_only_what_waits_is_judged_and_only_what_is_approved_is_published() -> None:
    on = date(2026, 9, 12)
    assert list(objections_to_judging(ArticleState.SENT, sent_on=on, on=on)) == []
    assert list(objections_to_judging(ArticleState.APPROVED, sent_on=on, on=on))
    assert fields(objections_to_judging(ArticleState.SENT, sent_on=on, on=on, reason=" ")) == ["reason"]
    assert fields(objections_to_judging(ArticleState.SENT, sent_on=on, on=date(2026, 9, 1))) == ["on"]
    assert list(objections_to_publishing(ArticleState.APPROVED, judged_on=on, on=on)) == []
    for state in set(ArticleState) - {ArticleState.APPROVED}:
        assert list(objections_to_publishing(state, judged_on=None, on=on)), state
    assert fields(objections_to_publishing(ArticleState.APPROVED, judged_on=on, on=date(2026, 9, 1))) == ["held_on"]


def test_an_article_is_sent_whole_and_not_twice() -> None:
    on = date(2026, 9, 12)
    assert list(objections_to_sending(ArticleState.PUBLISHED, title="a", text="b", on=on, today=on)) == []
    assert list(objections_to_sending(ArticleState.SENT, title="a", text="b", on=on, today=on))
    empty = objections_to_sending(ArticleState.ASKED, title="", text=" ", on=date(2026, 9, 13), today=on)
    assert fields(empty) == ["title", "text", "on"]
    assert list(objections_to_calling_off(ArticleState.ASKED, has_text=False)) == []
    assert list(objections_to_calling_off(ArticleState.ASKED, has_text=True))
    assert days_late(on, None, date(2026, 9, 15)) == 3
    assert days_late(on, on, date(2026, 9, 15)) == days_late(None, None, on) == 0


@pytest.mark.parametrize(("member", "unit", "name"), [(0, 0, ""), (1, 1, ""), (1, 0, "Bà Hiền"), (0, 1, "Tổ 5")])
def test_s1_07_an_exemplar_is_one_person_or_one_organisation(member: int, unit: int, name: str) -> None:
    told = {"title": "a", "story": "b", "found_on": TODAY, "today": TODAY}
    asked = objections_to_finding(has_member=bool(member), has_unit=bool(unit), name=name, **told)  # type: ignore[arg-type]
    assert fields(asked) == ["name"]
    assert fields(objections_to_finding(has_member=True, has_unit=False, name="", **told)) == []  # type: ignore[arg-type]


def test_s1_07_presented_after_it_was_approved_at_a_place_that_fits() -> None:
    told = {"approved_on": date(2026, 9, 10), "on": date(2026, 9, 12), "today": TODAY, "has_meeting": False}
    told |= {"has_item": False, "channel": Channel.TELEVISION}
    assert list(objections_to_presenting(Step.APPROVED, **told)) == []
    for wrong, field in (
        ({"on": date(2026, 9, 9)}, "on"), ({"on": date(2026, 10, 1)}, "on"), ({"channel": "zalo"}, "channel"),
        ({"has_meeting": True}, "meeting"), ({"channel": Channel.MEETING, "has_item": True}, "item"),
    ):  # fmt: skip
        assert fields(objections_to_presenting(Step.PRESENTED, **{**told, **wrong})) == [field]
    assert list(objections_to_presenting(Step.PROPOSED, **told))


def test_s3_13_a_commendation_rests_on_a_decision() -> None:
    on = date(2026, 9, 12)
    assert list(objections_to_commending(Step.APPROVED, approved_on=on, on=on, has_decision=True)) == []
    assert fields(objections_to_commending(Step.APPROVED, approved_on=on, on=on, has_decision=False)) == ["paper"]
    assert list(objections_to_commending(Step.FOUND, approved_on=None, on=on, has_decision=True))


def test_a_person_goes_before_the_public_only_with_their_own_word() -> None:
    assert list(objections_to_showing(approved=True, agreed=True, names_person=True)) == []
    assert list(objections_to_showing(approved=True, agreed=False, names_person=False)) == []
    assert fields(objections_to_showing(approved=True, agreed=False, names_person=True)) == ["agreed"]
    assert list(objections_to_showing(approved=False, agreed=True, names_person=False))


# ---------------------------------------------------------------------------------------------- pictures


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _exif(turn: int) -> bytes:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, turn, 0)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + b"GPS 21.03N 105.85E"


@pytest.mark.parametrize("turn", [1, 6])
def test_a_picture_keeps_how_it_stands_and_not_where_it_was_taken(turn: int) -> None:
    frame, image = _segment(0xDB, b"\0" * 64), b"\xff\xda\0\4abpixels\xff\xd9"
    whole = (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\0")
        + _segment(0xE1, _exif(turn))
        + _segment(0xFE, b"may anh")
        + frame
        + image
    )
    clean = without_traces(whole)
    assert b"GPS" not in clean
    assert b"may anh" not in clean
    assert clean.endswith(frame + image)
    assert (b"Exif" in clean) == (turn == 6)
    assert without_traces(clean) == clean


def test_a_png_loses_its_texts_and_nothing_else() -> None:
    text = b"\0\0\0\4tEXtGPS!\0\0\0\0"
    assert without_traces(PNG[:33] + text + PNG[33:]) == PNG
    assert without_traces(PNG) == PNG


@given(st.binary(max_size=200))
def test_no_bytes_break_the_cleaning(data: bytes) -> None:
    without_traces(b"\xff\xd8\xff" + data)
    without_traces(PNG[:8] + data)


# ---------------------------------------------------------------------------------------------- measures


def test_s1_05_a_measured_answer_says_number_sum_and_range() -> None:
    some, more = Answer(2, measured=Measured(11, 5, 6, "phút")), Answer(289, measured=Measured(1735, 5, 7, "phút"))
    assert added_up([some, None, more]) == Answer(291, measured=Measured(1746, 5, 7, "phút"))
    assert added_up([some, more]).text == "291 (1.746 phút; 5–7 phút)"  # type: ignore[union-attr]
    assert Answer(3, measured=Measured(18, 6, 6, "phút")).text == "3 (18 phút; 6 phút)"
    assert Answer(3).text == "3"
