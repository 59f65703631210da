"""The summary of a programme over years (seed S1-17): every number a figure, every annex the rows behind it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document as Word

from chibo.access.charter import Post
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer
from chibo.members.actions import appoint
from chibo.outreach.actions.items import enter_items
from chibo.outreach.rules import Entry, ItemKind
from chibo.papers.actions import register_paper
from chibo.papers.rules import Align, Chart, Paragraph, Table
from chibo.papers.selectors import docx_of, pdf_of
from chibo.programmes.actions import attach_paper, launch_programme, set_theme
from chibo.reports.rules.programme import Told, annex_of
from chibo.reports.selectors import draft_of, kind_named
from chibo.units.selectors import scope_of
from tests.reports.cast import issued_report
from tests.world import World

PERIOD = Period.parse("2024..2025")
ON = date(2026, 1, 15)


@pytest.fixture
def told(world: World) -> World:
    """Two papers, three news and two broadcasts over two years."""
    clerk = {"actor": world.clerk}
    programme = launch_programme(
        world.ward, code="ct05", name="Chỉ thị 05-CT/TW", valid_from=date(2016, 5, 15), **clerk
    )
    set_theme(programme, year=2024, title="Nêu gương", **clerk)
    for year in (2024, 2025):
        paper = register_paper(
            world.ward, kind="Kế hoạch", symbol=f"0{year - 2023}-KH/ĐU", issuer="Đảng ủy phường Sao Mai",
            subject=f"Học tập năm {year}", issued_on=date(year, 2, 1), **clerk,
        )  # fmt: skip
        attach_paper(programme, paper=paper, **clerk)
    entries = [
        *(Entry(ItemKind.PORTAL, date(2024, n, 5), f"Tin {n}", f"https://phuong.example/{n}") for n in (1, 2, 3)),
        *(Entry(ItemKind.LOUDSPEAKER, date(2025, n, 5), f"Phát thanh {n}", minutes=4 + n) for n in (1, 2)),
    ]
    enter_items(world.ward, entries=entries, programme=programme, today=ON, **clerk)
    return world


def test_s1_17_the_summary_states_what_the_figures_say_and_its_annexes_are_their_rows(told: World) -> None:
    kind = kind_named("programme-summary")
    assert kind is not None
    scope = scope_of(told.ward, PERIOD, ON)
    document = draft_of(kind, scope, ON, None, PERIOD).document
    stated = {figure.code: figure.text for figure in document.figures}
    for code in kind.figures:
        assert stated[code] == answer(registry.named("figures", code), scope).text, code
    assert stated["programmes.papers"] == "2"
    assert stated["outreach.broadcasts"] == "2 (11 phút; 5–6 phút)"
    annexes = {
        annex.title: len(annex.body[-1].rows) for annex in document.annexes if isinstance(annex.body[-1], Table)
    }
    assert annexes["Tin, bài trên cổng thông tin"] == 3
    assert annexes["Buổi phát thanh"] == 2
    years = next(
        b for b in document.body if isinstance(b, Table) and b.columns[0].title == "Năm" and len(b.columns) > 2
    )
    assert [row[0] for row in years.rows] == ["2024", "2025"]
    assert [row[3] for row in years.rows] == ["3", "0"]
    assert "Nêu gương" in str(document.body)
    charts = [block for block in document.body if isinstance(block, Chart)]
    assert [panel.heading for panel in charts[-1].panels][-2:] == [
        "Tin, bài trên cổng thông tin (tin, bài)",
        "Buổi phát thanh (buổi)",
    ]
    assert [mark.text for mark in charts[-1].panels[-1].marks] == ["0", "2"]
    told_once = next(annex for annex in document.annexes if annex.title == "Buổi phát thanh").body[0]
    assert isinstance(told_once, Paragraph)
    assert "Đơn vị: Phường Sao Mai" in str(told_once.text)


def test_s1_17_it_is_an_official_paper_in_both_forms_and_opens_from_the_list(told: World, browser_of) -> None:
    kind = kind_named("programme-summary")
    assert kind is not None
    document = draft_of(kind, scope_of(told.ward, PERIOD, ON), ON, None, PERIOD).document
    words = "\n".join(
        cell.text for table in Word(BytesIO(docx_of(document))).tables for row in table.rows for cell in row.cells
    )
    assert "Tin 1" in words
    assert pdf_of(document).startswith(b"%PDF")
    client = browser_of(told.ward_secretary)
    listed = client.get(reverse("reports:index", args=[told.ward.pk, PERIOD])).content.decode()
    address = reverse("reports:draft", args=["programme-summary", told.ward.pk, PERIOD])
    assert address in listed
    assert client.get(address).status_code == 200
    assert browser_of(told.secretary7).get(address).status_code == 404


def test_s1_17_issued_it_is_frozen(told: World) -> None:
    boss = told.member(told.cell7, "Lê Văn Đứng Đầu")
    appoint(told.ward, actor=told.clerk, member=boss, post=Post.WARD_SECRETARY, valid_from=date(2020, 1, 1))
    report = issued_report(told.ward, told.ward_secretary, "programme-summary", PERIOD, ON)
    assert report.figures["outreach.portal"]["text"] == "3"
    assert len(report.figures["outreach.portal"]["rows"]) == 3


def test_an_annex_of_few_columns_keeps_its_running_number_narrow_and_its_days_in_the_middle() -> None:
    told = Told("Lớp", (("Nội dung", 44, "text"), ("Ngày", 12, "date")), (("Một", "1/2/2024"), ("Một", "1/3/2024")))
    said, table = annex_of(told).body
    assert isinstance(said, Paragraph)
    assert said.text == "Các dòng đều có Nội dung: Một."
    assert isinstance(table, Table)
    assert [(c.title, c.align) for c in table.columns] == [("TT", Align.CENTER), ("Ngày", Align.CENTER)]
    assert table.columns[0].width / sum(c.width for c in table.columns) < 0.08


def test_the_wide_columns_of_an_annex_give_way_and_days_and_running_numbers_do_not() -> None:
    heads = (("Tiêu đề", 60, "text"), ("Ngày", 12, "date"), ("Đường dẫn", 60, "text"))
    told = Told("Tin", heads, (("a", "1", "x"), ("b", "2", "y")))
    table = annex_of(told).body[-1]
    assert isinstance(table, Table)
    assert [round(column.width) for column in table.columns] == [6, 34, 17, 34]
