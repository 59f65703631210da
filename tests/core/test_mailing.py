"""Letters over a real SMTP conversation: accents arrive, a refused address and a broken line harm nobody else."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from smtplib import SMTPAuthenticationError
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.mail import EmailMessage

from chibo.core.mailing import Ending, may_mail, post_each, said_of
from tests.core.post_office import PostOffice, open_post_office, settle

pytestmark = pytest.mark.once
SUBJECT = "Việc còn thiếu: 3 việc đồng chí khắc phục được, Chi bộ Đường Nguyễn Huệ – phường Thủy Vân Thượng"


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with open_post_office() as office:
        settle(settings, office)
        yield office


def letter(to: str, text: str = "Kính gửi đồng chí.\n.\nHết.") -> tuple[str, EmailMessage]:
    return to, EmailMessage(SUBJECT, text, to=[f"{to}@thu.example"])


def endings(*names: str) -> dict[str, Ending]:
    return dict(post_each(map(letter, names)))


def test_accents_and_dots_arrive_as_they_were_written(office: PostOffice) -> None:
    assert may_mail()
    assert endings("an", "binh") == {"an": Ending.TAKEN, "binh": Ending.TAKEN}
    assert office.calls == 1
    found = office.letter("binh@thu.example")
    assert found["Subject"].strip() == SUBJECT
    assert found.get_content().splitlines() == ["Kính gửi đồng chí.", ".", "Hết."]
    assert office.kept[1][1].partition(b"\r\n\r\n")[0].isascii()


def test_a_refused_address_keeps_nobody_elses_letter_back(office: PostOffice) -> None:
    office.answers = {"sai@thu.example": 550, "cham@thu.example": 451}
    found = endings("an", "sai", "cham", "binh")
    assert found == {"an": Ending.TAKEN, "sai": Ending.REFUSED, "cham": Ending.LATER, "binh": Ending.TAKEN}
    assert office.reached == ["an@thu.example", "binh@thu.example"]
    assert office.calls == 1


def test_after_silence_or_a_broken_line_the_next_goes_over_a_new_one(office: PostOffice) -> None:
    office.silent, office.cut = {"lang@thu.example"}, {"dut@thu.example"}
    assert endings("lang", "dut", "an") == {"lang": Ending.UNSURE, "dut": Ending.UNSURE, "an": Ending.TAKEN}
    assert office.reached == ["lang@thu.example", "an@thu.example"]
    assert office.calls == 3


def test_no_letter_is_drawn_while_the_server_cannot_be_reached(settings: Any) -> None:
    with open_post_office() as closed:
        settle(settings, closed)
    drawn: list[str] = []
    with pytest.raises(OSError, match="refused"):
        list(post_each((drawn.append(name) or name, letter(name)[1]) for name in ("an", "binh")))
    assert drawn == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the post office, signed by itself, with its key: of this hour only."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "thu.example")])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("post") / "office.pem"
    plain = serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture(params=[False, True], ids=["starttls", "tls"])
def sealed(request: Any, settings: Any, certificate: Path) -> Iterator[PostOffice]:
    """An office that speaks TLS, after STARTTLS or at once, and takes letters only from who logs in."""
    seal = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    seal.load_cert_chain(certificate)
    with open_post_office(seal, at_once=request.param) as office:
        settle(settings, office)
        settings.EMAIL_TIMEOUT = 5
        office.log_in = ("vanphong", "dung")
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = office.log_in
        yield office


def test_letters_and_password_go_under_tls_only(
    sealed: PostOffice, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert endings("an", "binh") == {"an": Ending.TAKEN, "binh": Ending.TAKEN}
    assert sealed.letter("an@thu.example")["Subject"].strip() == SUBJECT
    assert {verb for verb in sealed.spoken if not verb.endswith("*")} <= {"EHLO", "STAR"}
    assert "AUTH*" in sealed.spoken


@pytest.mark.parametrize("password", ["sai", "mật khẩu"])
def test_a_wrong_password_is_one_clear_sentence_and_no_letter_is_drawn(
    sealed: PostOffice, settings: Any, certificate: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.EMAIL_HOST_PASSWORD = password
    drawn: list[str] = []
    with pytest.raises(SMTPAuthenticationError) as refused:
        list(post_each((drawn.append(name) or name, letter(name)[1]) for name in ("an", "binh")))
    assert drawn == sealed.reached == []
    assert said_of(refused.value) == (
        f"Máy chủ thư 127.0.0.1:{sealed.port} không nhận tên đăng nhập hoặc mật khẩu: "
        "xem lại CHIBO_MAIL_USER và CHIBO_MAIL_PASSWORD."
    )


def test_a_server_whose_certificate_nobody_vouches_for_is_told_neither_password_nor_letter(
    sealed: PostOffice,
) -> None:
    with pytest.raises(ssl.SSLCertVerificationError) as refused:
        endings("an")
    assert "không được tin cậy" in said_of(refused.value)
    assert "AUTH*" not in sealed.spoken
    assert sealed.reached == []
