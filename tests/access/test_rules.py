"""Rules of accounts, with literals and no database."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.access.rules import objections_to_claiming, objections_to_granting, username_of

DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Nguyễn Văn An", "an.nguyenvan"),
        ("Đỗ Thị Ngọc Ánh", "anh.dothingoc"),
        ("An", "an"),
        ("H'Hen Niê", "nie.hhen"),
        ("—", "dangvien"),
    ],
)
def test_a_log_in_name_is_the_given_name_and_the_rest_in_plain_letters(name: str, username: str) -> None:
    assert username_of(name) == username


@pytest.mark.parametrize(
    ("known", "used", "expired", "words"),
    [
        (False, False, False, "Không có phiếu mời"),
        (True, True, True, "đã dùng rồi"),
        (True, False, True, "hết hạn"),
    ],
)
def test_a_slip_says_in_one_sentence_why_it_opens_nothing(known: bool, used: bool, expired: bool, words: str) -> None:
    (objection,) = objections_to_claiming(known=known, used=used, expired=expired)
    assert words in objection.text
    assert objection.field == "code"


def test_a_good_slip_meets_no_objection() -> None:
    assert not list(objections_to_claiming(known=True, used=False, expired=False))


@pytest.mark.parametrize(
    ("post", "level", "last", "fields"),
    [
        ("cell_secretary", "cell", None, []),
        ("clerk", "ward", DAY, []),
        ("clerk", "cell", None, ["post"]),
        ("follower", "ward", None, ["post"]),
        ("setup", "ward", None, ["post"]),
        ("clerk", "ward", date(2025, 1, 1), ["valid_to"]),
    ],
)
def test_a_post_belongs_to_a_level(post: str, level: str, last: date | None, fields: list[str]) -> None:
    assert [o.field for o in objections_to_granting(post, level, DAY, last)] == fields
