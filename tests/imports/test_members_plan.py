"""What a list of members would do: columns as offices have them, bad rows with their cell, duplicates. Seed X-05."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.actor import SETUP
from chibo.access.charter import Post
from chibo.core.importing import RowPlan, RowState
from chibo.core.registry import registry
from chibo.core.workbooks import read_workbook
from chibo.imports.selectors.previewing import plan
from chibo.imports.selectors.reading import recognise
from chibo.members.actions import appoint, form_group, join_group
from chibo.members.models import Member, Membership, PostTerm
from chibo.members.rules import DEFAULT_GROUPS, Condition, DatePrecision, Qualification, Sex, Standing
from chibo.members.selectors.importing import in_words
from chibo.units.models import Unit
from tests.imports.sheets import HEADINGS, book, person, saved, workbook
from tests.world import World

TODAY = date(2026, 8, 1)


@pytest.fixture
def planned(world: World, tmp_path: Path):
    """Plan a workbook for the ward (or another unit) as its clerk."""

    def run(data: bytes, unit=None) -> list[RowPlan]:
        read = read_workbook(saved(tmp_path / "list.xlsx", data))
        importer = registry.named("importers", "members")
        here = Unit.objects.get(pk=(unit or world.ward).pk)
        specs, _remembered = recognise(read, importer, here)
        return plan(read, specs, importer, here, actor=world.clerk, today=TODAY)

    return run


def only(plans: list[RowPlan]) -> RowPlan:
    assert len(plans) == 1
    return plans[0]


def test_x_05_a_plain_row_becomes_a_member(planned, world: World) -> None:
    row = only(planned(workbook(person(citizen="001070123456"), title="DANH SÁCH ĐẢNG VIÊN")))
    assert row.state == RowState.ADDED
    assert row.number == 4
    assert row.values["full_name"] == "Nguyễn Văn An"
    assert row.values["birth_date"] == date(1970, 5, 19)
    assert row.values["admitted_on"] == date(1995, 2, 3)
    assert row.values["standing"] == Standing.OFFICIAL
    assert row.extra == world.cell5.pk


@pytest.mark.parametrize(
    ("told", "code", "words"),
    [
        ({"name": ""}, "full_name", "không có họ và tên"),
        ({"birth": "31/02/1970"}, "birth", "31/02/1970"),
        ({"birth": "hôm qua"}, "birth", "không phải là ngày"),
        ({"official": "03/02/1994"}, "official_on", "trước ngày vào Đảng"),
        ({"birth": "19/05/1980"}, "admitted_on", "chưa đủ 18 tuổi"),
        ({"birth": "03/02/1977", "admitted": "02/02/1995"}, "admitted_on", "chưa đủ 18 tuổi"),
        ({"cell": "Chi bộ 99"}, "cell", "Chi bộ 99"),
        ({"cell": "Chi bộ 1"}, "cell", "Phường Sao Mai"),
        ({"admitted": "03/02/2030", "official": ""}, "admitted_on", "sau hôm nay"),
        ({"name": "A " * 60}, "full_name", "quá 80"),
        ({"name": "12345"}, "full_name", "không phải là họ và tên"),
        ({"citizen": "12345"}, "citizen_id", "12 chữ số"),
        ({"card": "#REF!"}, "card_number", "#REF!"),
        ({"card": "9" * 21}, "card_number", "nhiều nhất là 20"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_its_cell_and_why(planned, told, code, words) -> None:
    row = only(planned(workbook(person(**told))))
    assert row.state == RowState.REFUSED
    assert row.code == code
    assert words in row.reason
    assert not row.values


def test_names_in_capitals_are_put_right_and_it_is_said(planned) -> None:
    row = only(planned(workbook(person(name="NGUYỄN THỊ ĐÀO"))))
    assert row.values["full_name"] == "Nguyễn Thị Đào"
    assert "được viết lại là “Nguyễn Thị Đào”" in row.notes[0]


def test_decomposed_letters_become_one_spelling(planned) -> None:
    row = only(planned(workbook(person(name="Nguyê\u0303n Va\u0306n Ho\u0300a"))))
    assert row.values["full_name"] == "Nguyễn Văn Hòa"


@pytest.mark.parametrize(
    "headings",
    [("Họ và tên đệm", "Tên", "Năm sinh"), ("Họ và tên", "", "Năm sinh"), ("Họ đệm", "Tên", "Ngày, tháng, năm sinh")],
)
def test_family_and_given_names_in_two_columns_are_joined(planned, world: World, headings) -> None:
    row = only(planned(workbook(["Nguyễn Văn", "An", 1970], headings=headings), world.cell5))
    assert row.values["full_name"] == "Nguyễn Văn An"
    assert row.values["birth_precision"] == DatePrecision.YEAR


def test_birth_dates_under_nam_and_nu_tell_the_sex(planned, world: World) -> None:
    data = book(
        {
            "Sheet1": [
                ["STT", "Họ và tên", "Ngày sinh", "", "Ngày vào Đảng"],
                ["", "", "Nam", "Nữ", ""],
                [1, "Nguyễn Văn An", date(1970, 5, 19), None, "3/2/1995"],
                [2, "Trần Thị Bình", None, "20/10/1971", "3/2/1995"],
                [3, "Lê Văn Cường", "x", None, "3/2/1995"],
            ]
        }
    )
    an, binh, cuong = planned(data, world.cell5)
    assert (an.values["sex"], an.values["birth_date"]) == (Sex.MALE, date(1970, 5, 19))
    assert (binh.values["sex"], binh.values["birth_date"]) == (Sex.FEMALE, date(1971, 10, 20))
    assert cuong.values["sex"] == Sex.MALE
    assert "birth_date" not in cuong.values


def test_headings_between_rows_and_sheet_names_tell_the_cell(planned, world: World) -> None:
    data = book(
        {
            "Chi bộ 7": [["Họ và tên", "Năm sinh"], ["Nguyễn Văn An", 1970], ["Tổng cộng: 1 đồng chí"]],
            "Khác": [
                ["Họ và tên", "Năm sinh"],
                ["I. CHI BỘ 5 (2 đồng chí)"],
                ["Trần Thị Bình", 1971],
                ["Lê Văn Cường", 1972],
                [],
                ["T/M CHI ỦY"],
                ["Đỗ Văn Minh"],
            ],
        }
    )
    plans = planned(data)
    assert [(p.label, p.extra) for p in plans] == [
        ("Nguyễn Văn An", world.cell7.pk),
        ("Trần Thị Bình", world.cell5.pk),
        ("Lê Văn Cường", world.cell5.pk),
    ]


@pytest.mark.parametrize("word", ["Chi bộ 5", "chi bộ số 05", "5", "CB 5", "sm-5", "CHI BỘ 5 "])
def test_a_cell_is_found_by_the_words_it_goes_by(planned, world: World, word: str) -> None:
    assert only(planned(workbook(person(cell=word)))).extra == world.cell5.pk


def test_a_cell_of_another_unit_is_not_taken(planned, world: World) -> None:
    assert only(planned(workbook(person(cell="Chi bộ 7")), world.cell5)).code == "cell"


def test_one_without_an_official_date_is_on_probation(planned) -> None:
    row = only(planned(workbook(person(admitted="03/02/2026", official=""))))
    assert row.values["standing"] == Standing.PROBATIONARY


def test_a_list_that_knows_no_official_dates_has_official_members(planned, world: World) -> None:
    row = only(planned(workbook(["Nguyễn Văn An", "3/2/1995"], headings=("Họ tên", "Ngày vào Đảng")), world.cell5))
    assert row.values["standing"] == Standing.OFFICIAL


def test_words_of_offices_are_understood(planned, world: World) -> None:
    headings = ("Họ và tên", "Trình độ CM", "LLCT", "Chức vụ Đảng", "Tình trạng", "Đối tượng", "Nhóm")
    row = only(
        planned(
            workbook(
                ["Lê Văn Ba", "Thạc sỹ QLKT", "Cao cấp", "Phó Bí thư", "Miễn SH", "Cán bộ hưu trí", "Nghỉ hưu"],
                headings=headings,
            ),
            world.cell5,
        )
    )
    assert row.values["qualification"] == Qualification.MASTER
    assert row.values["theory"] == "advanced"
    assert row.values["posts"] == [Post.CELL_DEPUTY]
    assert row.values["condition"] == Condition.EXEMPT
    assert row.values["staff_kind"] == "retired"
    assert row.values["groups"] == ["Nghỉ hưu"]


def test_an_unknown_word_is_left_out_and_said(planned, world: World) -> None:
    row = only(planned(workbook(["Lê Văn Ba", "12/12"], headings=("Họ và tên", "Trình độ chuyên môn")), world.cell5))
    assert "qualification" not in row.values
    assert "12/12" in row.notes[0]


def test_zeros_lost_in_excel_come_back_only_where_birth_and_sex_prove_it(planned) -> None:
    proved = only(planned(workbook(person(citizen=1070123456))))
    assert proved.values["citizen_id"] == "001070123456"
    assert "khớp với năm sinh" in proved.notes[0]
    doubtful = only(planned(workbook(person(citizen=1065123456))))
    assert "citizen_id" not in doubtful.values
    assert "thiếu chữ số" in doubtful.notes[0]


def test_two_rows_alike_are_told_of_each_other(planned) -> None:
    first, second, third = planned(workbook(person(), person(2), person(3, "Trần Văn Ba", card="1"), title="X"))[:3]
    assert first.state == RowState.ADDED
    assert (second.state, second.reason) == (RowState.REFUSED, "Trùng với dòng 4 của tệp.")
    assert third.state == RowState.ADDED


def test_a_possible_duplicate_in_another_cell_is_said_and_not_merged(planned, world: World) -> None:
    world.member(world.cell7, birth_date=date(1970, 5, 19))
    row = only(planned(workbook(person())))
    assert row.state == RowState.ADDED
    assert row.notes == ["Có thể trùng với đồng chí Nguyễn Văn An ở Chi bộ 7; không gộp."]


@pytest.mark.parametrize("told", [{"card": "0123"}, {"citizen": "001070123456"}, {}])
def test_a_member_is_known_by_card_by_identity_or_by_name_and_birth(planned, world: World, told) -> None:
    member = world.member(
        world.cell5, birth_date=date(1970, 5, 19), card_number="0123", citizen_id="001070123456", phone="0900"
    )
    row = only(planned(workbook(person(**told), headings=(*HEADINGS, "Điện thoại"))))
    assert row.target == member.pk
    assert row.state == RowState.CHANGED
    assert row.changes["admitted_on"] == (None, date(1995, 2, 3))
    assert "phone" not in row.changes


def test_the_same_list_again_changes_nothing(planned, world: World) -> None:
    world.member(
        world.cell5,
        birth_date=date(1970, 5, 19),
        sex="male",
        admitted_on=date(1995, 2, 3),
        official_on=date(1996, 2, 3),
    )
    assert only(planned(workbook(person()))).state == RowState.UNCHANGED


def test_x_05_the_register_as_it_goes_out_comes_back_unchanged(planned, browser_of, world: World) -> None:
    """Posts are no occupation, and a group whose name has commas stays one group."""
    known = {"birth_date": date(1970, 5, 19), "admitted_on": date(1995, 2, 3), "official_on": date(1996, 2, 3)}
    member = world.member(world.cell5, "Đỗ Thị Xuân", occupation="Hưu trí", **known)
    appoint(
        world.cell5, member=member, post=Post.CELL_DEPUTY, valid_from=date(2025, 1, 1), term="2025–2027", actor=SETUP
    )
    for name in DEFAULT_GROUPS[:3]:
        join_group(form_group(world.ward, name=name, actor=world.clerk), members=[member], actor=world.clerk)
    out = browser_of(world.clerk).get(reverse("members:index", args=[world.ward.pk]), {"format": "xlsx"})
    rows = planned(out.getvalue())
    assert "Đỗ Thị Xuân" in [row.label for row in rows]
    assert [(row.label, row.changes, row.notes) for row in rows if row.state != RowState.UNCHANGED] == []


def test_groups_between_commas_are_several(planned, world: World) -> None:
    for name in ("Nghỉ hưu", "Đảng viên trẻ"):
        form_group(world.ward, name=name, actor=world.clerk)
    row = only(planned(workbook([*person(), "nghỉ hưu, Đảng viên trẻ, Nhóm lạ"], headings=[*HEADINGS, "Nhóm"])))
    assert row.values["groups"] == ["Nghỉ hưu", "Đảng viên trẻ"]
    assert any("Nhóm lạ" in note for note in row.notes)


def test_where_a_tone_stands_makes_no_other_person(planned, world: World) -> None:
    world.member(
        world.cell5,
        "Nguyễn Văn Hoà",
        birth_date=date(1970, 5, 19),
        sex="male",
        admitted_on=date(1995, 2, 3),
        official_on=date(1996, 2, 3),
    )
    assert only(planned(workbook(person(name="Nguyễn Văn Hòa")))).state == RowState.UNCHANGED


def test_a_name_that_differs_by_accents_alone_is_asked_about(planned, world: World) -> None:
    world.member(world.cell5, "Nguyễn Văn Hưng", birth_date=date(1970, 5, 19))
    row = only(planned(workbook(person(name="Nguyễn Văn Hùng"))))
    assert "chỉ khác dấu" in row.reason


def test_a_number_held_by_another_person_or_elsewhere_is_refused(planned, world: World) -> None:
    world.member(world.cell5, "Trần Văn Ba", card_number="1")
    world.member(world.other_cell, "Lê Văn Tư", card_number="2")
    world.member(world.cell7, card_number="3")
    ba, tu, moved = planned(
        workbook(
            person(card="1"),
            person(name="Lê Văn Tư", card="2"),
            person(name="Nguyễn Văn An", birth="1/1/1960", admitted="", official="", card="3"),
        )
    )
    assert ba.reason == "Số này đang thuộc về đồng chí Trần Văn Ba."
    assert "ngoài phạm vi" in tu.reason
    assert "Lê Văn Tư" not in tu.reason
    assert "chuyển sinh hoạt" in moved.reason


def test_an_official_date_ends_probation(planned, world: World) -> None:
    world.member(world.cell5, birth_date=date(1970, 5, 19), standing=Standing.PROBATIONARY)
    row = only(planned(workbook(person())))
    assert row.changes["standing"] == (Standing.PROBATIONARY, Standing.OFFICIAL)


def test_a_second_secretary_is_not_made_by_a_workbook(planned, world: World) -> None:
    holder = world.member(world.cell5, "Trần Văn Ba")
    PostTerm.objects.create(member=holder, unit=world.cell5, post=Post.CELL_SECRETARY, valid_from=date(2025, 1, 1))
    row = only(planned(workbook(["Lê Văn Tư", "Bí thư"], headings=("Họ và tên", "Chức vụ Đảng")), world.cell5))
    assert "posts" not in row.values
    assert "đã có" in row.notes[-1]


def test_an_identity_number_is_never_shown_in_full() -> None:
    assert in_words("citizen_id", "001070123456") == "•••• •••• 3456"


def test_planning_asks_as_many_queries_for_one_row_as_for_many(planned, world: World) -> None:
    world.members(world.cell5, 3)
    one = [person(citizen="001070123456", card="77")]
    many = [person(n, f"Nguyễn Văn {chr(65 + n)}", citizen=f"0010701234{n:02}", card=str(n)) for n in range(20)]
    planned(workbook(*one))
    with CaptureQueriesContext(connection) as few:
        planned(workbook(*one))
    with CaptureQueriesContext(connection) as lots:
        planned(workbook(*many))
    assert len(few) == len(lots)
    assert Membership.objects.count() == Member.objects.count() == 3
