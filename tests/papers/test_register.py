"""The register of papers: what is taken in, what is refused and who reads it (seed S0-04)."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chibo.core.importing import SourceTable
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.journal.models import Change
from chibo.papers.actions import (
    correct_paper,
    enclose_file,
    enter_papers,
    link_papers,
    register_paper,
    take_back_papers,
    unlink_papers,
)
from chibo.papers.models import Number, Paper, PaperLink
from chibo.papers.rules.register import (
    ARTICLE,
    LARGEST,
    Content,
    FileKind,
    Force,
    force_on,
    kind_of,
    objections_to_dates,
    objections_to_file,
    objections_to_registering,
)
from chibo.papers.selectors.checks import stale_basis
from chibo.papers.selectors.importing import plan_papers
from chibo.papers.selectors.register import force_of, narrowed, papers_in, with_force, written
from chibo.units.selectors import scope_of
from tests.world import World

PDF = b"%PDF-1.7\n..."
OPEN = {"symbol": "23-HD/QU", "subject": "Xây dựng kế hoạch", "kind": "Hướng dẫn", "issuer": "Quận ủy"}


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


def entered(world: World, **more: object) -> Paper:
    return register_paper(world.ward, **{"actor": world.clerk, **OPEN, **more})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (Content(9, PDF), FileKind.PDF),
        (Content(9, b"\x89PNG\r\n\x1a\n"), FileKind.PNG),
        (Content(9, b"\xff\xd8\xff\xe0"), FileKind.JPG),
        (Content(9, b"PK", ["word/document.xml"]), FileKind.DOCX),
        (Content(9, b"PK", ["word/document.xml", "word/vbaProject.bin"]), None),
        (Content(9, b"PK", ["xl/workbook.xml"]), None),
        (Content(9, b"MZ\x90"), None),
        (Content(9, b"<html>"), None),
    ],
)
def test_a_file_is_what_it_holds_not_what_it_is_called(content: Content, kind: FileKind | None) -> None:
    assert kind_of(content) is kind


def test_a_file_too_large_or_empty_is_refused() -> None:
    assert [o.params for o in objections_to_file(Content(LARGEST + 1, PDF))] == [{"size": 21}]
    assert len(list(objections_to_file(Content(0, b"")))) == 1
    assert not list(objections_to_file(Content(LARGEST, PDF)))


@pytest.mark.parametrize(
    "more",
    [
        {"secrecy": "secret"},
        {"secrecy": "top"},
        {"secrecy": "secret", "subject": "", "told": "Nguyễn Văn An"},
        {"secrecy": "secret", "subject": "", "content": Content(9, PDF)},
        {"subject": "Về nhân sự (MẬT)"},
        {"symbol": "[Tối mật] 05"},
        {"subject": "Tuyệt mật: về …"},
    ],
)
def test_nothing_of_a_secret_paper_but_its_number_is_registered(more: dict[str, object]) -> None:
    found = list(objections_to_registering(**{"secrecy": "open", **OPEN, **more}))
    assert [(o.field, o.article) for o in found] == [("secrecy", ARTICLE)]


def test_a_secret_paper_is_its_number(world: World) -> None:
    assert [
        o.field for o in objections_to_registering(**{**OPEN, "secrecy": "secret", "subject": "", "symbol": ""})
    ] == ["symbol"]
    paper = entered(world, secrecy="secret", subject="")
    assert (paper.symbol, paper.subject, bool(paper.file)) == ("23-HD/QU", "", False)


def test_a_paper_that_turns_out_secret_loses_all_but_its_number(
    world: World, settings, django_capture_on_commit_callbacks
) -> None:
    paper = entered(world, file=SimpleUploadedFile("a.pdf", PDF))
    enclose_file(paper, actor=world.clerk, file=SimpleUploadedFile("b.pdf", PDF))
    assert len(list((settings.MEDIA_ROOT / "papers").iterdir())) == 2
    with django_capture_on_commit_callbacks(execute=True):
        correct_paper(paper, actor=world.clerk, secrecy="secret", subject="")
    paper.refresh_from_db()
    assert (paper.subject, paper.file.name, paper.enclosures.count()) == ("", "", 0)
    assert list((settings.MEDIA_ROOT / "papers").iterdir()) == []
    with pytest.raises(ValidationError):
        enclose_file(paper, actor=world.clerk, file=SimpleUploadedFile("b.pdf", PDF))
    assert not paper.enclosures.exists()


def test_a_paper_about_keeping_secrets_is_not_itself_secret() -> None:
    asked = {**OPEN, "subject": "Tăng cường công tác bảo vệ bí mật nhà nước"}
    assert not list(objections_to_registering(secrecy="open", **asked))


def test_a_secret_paper_leaves_no_row_and_no_file(world: World, settings) -> None:
    with pytest.raises(ValidationError) as refused:
        entered(world, secrecy="secret", file=SimpleUploadedFile("a.pdf", PDF))
    assert refused.value.error_dict["secrecy"][0].code == ARTICLE
    assert not Paper.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_s0_04_guidance_is_entered_with_its_file_under_a_name_of_our_own(world: World) -> None:
    paper = entered(world, file=SimpleUploadedFile("../../hướng dẫn 23.exe", PDF))
    assert paper.file.name.startswith("papers/")
    assert paper.file.name.endswith(".pdf")
    assert paper.file.read() == PDF


def test_a_word_document_is_taken_and_one_with_macros_is_not(world: World) -> None:
    assert entered(world, file=SimpleUploadedFile("a.docx", zipped("word/document.xml"))).file.name.endswith(".docx")
    with pytest.raises(ValidationError) as refused:
        entered(
            world, symbol="24", file=SimpleUploadedFile("a.docx", zipped("word/document.xml", "word/vbaProject.bin"))
        )
    assert list(refused.value.error_dict) == ["file"]


def test_the_same_symbol_of_the_same_issuer_is_entered_once(world: World) -> None:
    entered(world)
    with pytest.raises(ValidationError) as refused:
        entered(world)
    assert list(refused.value.error_dict) == ["symbol"]
    assert Paper.objects.count() == 1
    entered(world, issuer="Thành ủy")


def test_a_secretary_registers_nothing_for_the_ward(world: World) -> None:
    with pytest.raises(PermissionDenied):
        entered(world, actor=world.secretary)


def test_the_clerk_enters_a_paper_and_downloads_it_as_a_file(world: World, client: Client) -> None:
    client.force_login(world.clerk.user)
    to = reverse("papers:register", args=[world.ward.pk])
    data = {**OPEN, "secrecy": "open", "direction": "incoming", "issued_on": "1/2/2020"}
    wrong = client.post(to, {**data, "file": SimpleUploadedFile("a.pdf", b"MZ virus")})
    assert wrong.status_code == 422
    assert "Chỉ nhận tệp PDF" in wrong.content.decode()
    assert "23-HD/QU" in wrong.content.decode()
    client.post(to, {**data, "file": SimpleUploadedFile("a.pdf", PDF)})
    paper = Paper.objects.get()
    answer = client.get(reverse("papers:file", args=[paper.pk]))
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "23-HD/QU" in client.get(reverse("papers:paper", args=[paper.pk])).content.decode()
    assert "23-HD/QU" in client.get(reverse("papers:index", args=[world.ward.pk]), {"q": "23-HD"}).content.decode()


def test_papers_are_unseen_beside_and_below(world: World, client: Client) -> None:
    paper = entered(world, file=SimpleUploadedFile("a.pdf", PDF))
    member = world.own(world.member(world.cell5, account=True))
    for actor in (world.stranger, member, world.secretary):
        client.force_login(actor.user)
        for name, arg in (
            ("paper", paper.pk),
            ("file", paper.pk),
            ("index", world.ward.pk),
            ("register", world.ward.pk),
        ):
            assert client.get(reverse(f"papers:{name}", args=[arg])).status_code == 404
    client.force_login(world.inspector.user)
    assert client.get(reverse("papers:register", args=[world.ward.pk])).status_code == 403


def test_the_register_costs_the_same_queries_for_1_3_and_30_papers(world: World, client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world.clerk.user)
    costs, count = set(), 0
    for size in (1, 3, 30):
        while count < size:
            count += 1
            entered(world, symbol=f"{count}-HD/ĐU")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("papers:index", args=[world.ward.pk]))
        costs.add(len(asked))
    assert len(costs) == 1


# ------------------------------------------------------------------------------------------ force and links


@pytest.mark.parametrize(
    ("since", "until", "replaced", "force"),
    [
        (None, None, None, Force.IN_FORCE),
        (date(2022, 1, 2), None, None, Force.NOT_YET),
        (None, date(2021, 12, 31), None, Force.EXPIRED),
        (None, date(2022, 1, 1), None, Force.IN_FORCE),
        (None, None, date(2022, 1, 1), Force.REPLACED),
        (None, date(2021, 1, 1), date(2021, 1, 1), Force.REPLACED),
        (None, None, date(2022, 1, 2), Force.IN_FORCE),
    ],
)
def test_a_paper_stands_on_a_day(since, until, replaced, force: Force) -> None:
    assert force_on(date(2022, 1, 1), since, until, replaced) is force


def test_a_paper_does_not_end_before_it_begins() -> None:
    assert [o.field for o in objections_to_dates(None, date(2022, 1, 2), date(2022, 1, 1))] == ["in_force_to"]
    assert [o.field for o in objections_to_dates(date(2022, 1, 2), None, date(2022, 1, 1))] == ["in_force_to"]
    assert not list(objections_to_dates(date(2022, 1, 1), date(2022, 1, 1), date(2022, 1, 1)))


def test_the_filters_and_the_column_agree_about_force(world: World) -> None:
    day = date(2022, 1, 1)
    old = entered(world, symbol="1-HD/QU", issued_on=date(2016, 1, 1))
    new = entered(world, symbol="2-HD/QU", issued_on=date(2021, 1, 1))
    entered(world, symbol="3-HD/QU", in_force_from=date(2023, 1, 1))
    entered(world, symbol="4-HD/QU", in_force_to=date(2020, 1, 1))
    link_papers(new, actor=world.clerk, to=old, relation="replaces")
    rows = with_force(papers_in(world.ward))
    for force in Force:
        assert {p.pk for p in rows if force_of(p, day) is force} == {
            p.pk for p in narrowed(rows, {"force": force}, day)
        }
    assert [p.symbol for p in narrowed(rows, {"force": "replaced"}, day)] == ["1-HD/QU"]


def test_s2_02_a_paper_whose_basis_no_longer_held_on_its_day_is_found(world: World) -> None:
    basis = entered(world, issued_on=date(2016, 1, 1))
    renewed = entered(world, symbol="30-HD/QU", issued_on=date(2020, 1, 1))
    link_papers(renewed, actor=world.clerk, to=basis, relation="replaces")
    own = {"kind": "Kế hoạch", "direction": "outgoing", "issuer": "Đảng ủy"}
    before = entered(world, symbol="01-KH/ĐU", issued_on=date(2019, 1, 1), **own)
    after = entered(world, symbol="02-KH/ĐU", issued_on=date(2021, 1, 1), **own)
    for paper in (before, after):
        link_papers(paper, actor=world.clerk, to=basis, relation="based_on")
    scope = scope_of(world.ward, Period.of_year(2021), date(2021, 12, 31))
    assert [s.subject for s in stale_basis(scope)] == [str(after)]


def test_a_link_is_made_once_never_to_itself_or_in_a_circle_and_taken_away(world: World) -> None:
    one, other = entered(world), entered(world, symbol="24-HD/QU")
    link = link_papers(one, actor=world.clerk, to=other, relation="based_on", since=date(2020, 1, 1))
    for paper, to in ((one, other), (one, one), (other, one)):
        with pytest.raises(ValidationError):
            link_papers(paper, actor=world.clerk, to=to, relation="based_on")
    assert PaperLink.objects.count() == 1
    unlink_papers(link, actor=world.clerk)
    assert not PaperLink.objects.exists()


# ---------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    "asked", ["hướng dẫn", "huong dan", "HUONG", "23", "23-HD/QU", "xây dựng kế hoạch", "ke hoach quan uy"]
)
def test_a_paper_is_found_with_and_without_accents(world: World, asked: str) -> None:
    paper = entered(world)
    entered(world, symbol="05-CT/TW", subject="Làm theo Bác", kind="Chỉ thị", issuer="Bộ Chính trị")
    assert list(papers_in(world.ward).filter(written(asked))) == [paper]


def test_what_is_found_follows_what_is_corrected(world: World) -> None:
    paper = entered(world)
    correct_paper(paper, actor=world.clerk, subject="Tổng kết công tác dân vận")
    assert list(papers_in(world.ward).filter(written("dan van"))) == [paper]
    assert not papers_in(world.ward).filter(written("xay dung")).exists()
    assert papers_in(world.ward).filter(written("!?")).exists()
    assert not papers_in(world.ward).filter(written("' OR 1=1 --")).exists()


# ------------------------------------------------------------------------------------ correcting, figures, books


def test_a_correction_keeps_what_it_does_not_name_and_tells_the_second_editor(world: World) -> None:
    paper = entered(world, issued_on=date(2020, 1, 15))
    correct_paper(paper, actor=world.clerk, seen_version=0, signer="Lê Văn Bình")
    paper.refresh_from_db()
    assert (paper.signer, paper.subject, paper.issued_on) == ("Lê Văn Bình", OPEN["subject"], date(2020, 1, 15))
    with pytest.raises(ValidationError):
        correct_paper(paper, actor=world.clerk, seen_version=0, signer="Khác")
    paper.refresh_from_db()
    assert paper.signer == "Lê Văn Bình"


def test_s1_03_thirteen_papers_in_five_years_by_type_and_issuer(world: World) -> None:
    for year in range(2016, 2021):
        for kind, letters in (("Kế hoạch", "KH"), ("Hướng dẫn", "HD"), ("Công văn", "CV")):
            if letters != "CV" or year in (2016, 2018, 2020):
                entered(
                    world, kind=kind, symbol=f"01-{letters}/ĐU", issuer="Đảng ủy", direction="outgoing",
                    issued_on=date(year, 3, 1),
                )  # fmt: skip
    entered(world, issued_on=date(2018, 1, 1))
    figure = registry.named("figures", "papers.issued")
    rows = figure.rows(scope_of(world.ward, Period.parse("2016..2020"), date(2021, 1, 1)))
    assert rows.count() == 13
    assert rows.filter(kind="Công văn").count() == 3
    received = registry.named("figures", "papers.received")
    assert received.rows(scope_of(world.ward, Period.of_year(2018), date(2021, 1, 1))).count() == 1


BOOK = [
    ["05-CT/TW", "15/5/2016", "", "Làm theo Bác", "Bộ Chính trị", "", ""],
    ["01-KH/ĐU", date(2021, 1, 20), "", "Kiểm tra năm 2021", "", "", "Đi"],
    ["07-BC/ĐU", "20/2/2021", "", "", "Đảng ủy", "Mật", "Đi"],
    ["08-BC/ĐU", "20/2/2021", "", "Nội dung kín", "Đảng ủy", "Tối mật", "Đi"],
    ["02-KH/ĐU", "32/1/2021", "Kế hoạch", "Ngày sai", "Đảng ủy", "", "Đi"],
    ["05-CT/TW", "15/5/2016", "Chỉ thị", "Làm theo Bác", "Bộ Chính trị", "", ""],
]


def test_an_older_book_is_brought_in_row_by_row_and_taken_back(world: World) -> None:
    codes = ("symbol", "issued_on", "kind", "subject", "issuer", "secrecy", "direction")
    table = SourceTable("Sổ", 2, {code: n for n, code in enumerate(codes)}, {}, BOOK)
    plans = plan_papers(world.ward, [table], actor=world.clerk, today=date(2026, 1, 1))
    assert [plan.state for plan in plans] == ["added", "added", "added", "refused", "refused", "unchanged"]
    assert plans[0].values["kind"] == "Chỉ thị"
    done: list = []
    enter_papers(world.ward, plans, done, lambda _done, _all: None, actor=world.clerk, today=date(2026, 1, 1))
    assert sorted(Paper.objects.values_list("symbol", "subject")) == [
        ("01-KH/ĐU", "Kiểm tra năm 2021"), ("05-CT/TW", "Làm theo Bác"), ("07-BC/ĐU", ""),
    ]  # fmt: skip
    basis, plan = Paper.objects.get(symbol="05-CT/TW"), Paper.objects.get(symbol="01-KH/ĐU")
    link_papers(plan, actor=world.clerk, to=basis, relation="based_on")
    kept: list = []
    take_back_papers(world.ward, done, kept, lambda _done, _all: None, actor=world.clerk)
    assert list(Paper.objects.values_list("symbol", flat=True)) == []
    assert kept == []


def test_a_file_enclosed_by_mistake_is_taken_out_until_something_rests_on_the_paper(world: World, browser_of) -> None:
    paper = entered(world)
    wrong, kept = (
        enclose_file(paper, actor=world.clerk, file=SimpleUploadedFile(name, PDF))
        for name in ("nham.pdf", "dung.pdf")
    )
    where = reverse("papers:take_out", args=[wrong.pk])
    assert browser_of(world.secretary).post(where).status_code == 404
    assert browser_of(world.inspector).post(where).status_code == 403
    assert wrong in paper.enclosures.all()
    clerk = browser_of(world.clerk)
    clerk.post(where)
    assert list(paper.enclosures.all()) == [kept]
    assert Change.objects.filter(table_name="papers_enclosure", op="D", row_id=str(wrong.pk)).exists()
    link_papers(entered(world, symbol="77-KH/ĐU"), actor=world.clerk, to=paper, relation="based_on")
    page = clerk.post(reverse("papers:take_out", args=[kept.pk]), follow=True).content.decode()
    assert "giữ nguyên" in page
    assert list(paper.enclosures.all()) == [kept]


def test_a_paper_of_a_congress_bears_its_number_in_the_common_series_whatever_its_type(world: World) -> None:
    own = {"direction": "outgoing", "issuer": "Đại hội Đảng bộ", "issued_on": date(2020, 6, 1)}
    entered(world, symbol="01-NQ/ĐH", kind="Nghị quyết", **own)
    entered(world, symbol="02-BB/ĐH", kind="Biên bản", **own)
    entered(world, symbol="01-NQ/ĐU", kind="Nghị quyết", **{**own, "issuer": "Đảng ủy"})
    numbers = Number.objects.order_by("pk").values_list("series__kind", "number")
    assert list(numbers) == [("all", 1), ("all", 2), ("resolution", 1)]
    with pytest.raises(ValidationError, match="đã cấp"):
        entered(world, symbol="02-NQ/ĐH", kind="Nghị quyết", **own)
