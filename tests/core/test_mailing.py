"""Letters over a real SMTP conversation: accents arrive, a refused address and a broken line harm nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.mail import EmailMessage

from chibo.core.mailing import Ending, may_mail, post_each
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
