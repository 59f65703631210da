"""The register of papers: what is taken in, what is refused and who reads it (seed S0-04)."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chibo.papers.actions import register_paper
from chibo.papers.models import Paper
from chibo.papers.rules.register import (
    ARTICLE,
    LARGEST,
    Content,
    FileKind,
    kind_of,
    objections_to_file,
    objections_to_registering,
)
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
        {"subject": "Về nhân sự (MẬT)"},
        {"symbol": "[Tối mật] 05"},
        {"subject": "Tuyệt mật: về …"},
    ],
)
def test_nothing_secret_is_registered(more: dict[str, str]) -> None:
    found = list(objections_to_registering(**{"secrecy": "open", **OPEN, **more}))
    assert [(o.field, o.article) for o in found] == [("secrecy", ARTICLE)]


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
    data = {**OPEN, "secrecy": "open", "issued_on": "1/2/2020"}
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
