"""The suggestion box: in without an account, handled by topic, answered, published, erased (seed S3-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from chibo.access.actor import NOBODY
from chibo.consultations.actions.suggestions import (
    answer_suggestion,
    assign_suggestion,
    drop_suggestion,
    erase_suggestions,
    note_suggestion,
    publish_answer,
    withdraw_answer,
)
from chibo.consultations.models import Suggestion
from chibo.consultations.selectors.figures import CHECKS
from chibo.consultations.selectors.suggestions import followed_with
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer
from chibo.journal.models import Change, Entry
from chibo.units.actions import decide_setting
from chibo.units.selectors import scope_of
from tests.world import World

DAY = date(2026, 3, 2)
TEXT = "Đèn ngõ bimat7391 hỏng đã lâu"


def noted(world: World, **more: Any) -> Suggestion:
    asked = {"channel": "paper", "text": TEXT, "received_on": DAY, "sender": "Bà Hàng Xóm", **more}
    return note_suggestion(world.ward, actor=world.clerk, **asked)


def opened(world: World) -> str:
    """The ward opens its box on the network."""
    decide_setting(world.ward, actor=world.clerk, code="suggestions.open", value=1, effective_from=date(2020, 1, 1), source="Quyết định")  # fmt: skip
    cache.clear()
    return reverse("consultations:box", args=[world.ward.pk])


def handled(world: World, **more: Any) -> Suggestion:
    letter = assign_suggestion(
        noted(world, **more), actor=world.clerk, topic="Chiếu sáng", due_on=DAY + timedelta(days=10), on=DAY,
        handler=world.cell5,
    )  # fmt: skip
    return answer_suggestion(letter, actor=world.clerk, answer="Đã thay 3 bóng", answered_on=DAY + timedelta(days=5))


def test_s3_06_a_letter_becomes_a_duty_that_names_no_writer_and_is_answered(world: World) -> None:
    letter = handled(world)
    assert (letter.state, letter.task.doer_unit, letter.task.due_on) == (
        "answered",
        world.cell5,
        DAY + timedelta(days=10),
    )
    told = f"{letter.task.title} {letter.task.origin_text} {letter.task.measure}"
    assert "Chiếu sáng" in told
    assert "Hàng Xóm" not in told
    assert "bimat" not in told


def test_the_journal_says_that_it_came_and_never_what_it_says(world: World) -> None:
    handled(world)
    everything = str(list(Change.objects.values_list("old", "new"))) + str(
        list(Entry.objects.values_list("details", "subject_label"))
    )
    assert Entry.objects.filter(verb="consultations.note_suggestion").count() == 1
    assert "bimat7391" not in everything
    assert "Hàng Xóm" not in everything


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"text": " "}, "Hãy ghi nội dung"),
        ({"text": "x" * 4001}, "tối đa 4000"),
        ({"received_on": DAY + timedelta(days=1), "today": DAY}, "sau hôm nay"),
    ],
)
def test_a_letter_that_says_nothing_or_too_much_is_refused(world: World, more: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as error:
        noted(world, **more)
    assert words in " ".join(error.value.messages)
    assert not Suggestion.objects.exists()


def test_it_is_given_to_somebody_with_a_topic_and_a_day(world: World) -> None:
    letter = noted(world)
    with pytest.raises(ValidationError) as error:
        assign_suggestion(letter, actor=world.clerk, topic="", due_on=None, on=DAY)
    assert set(error.value.message_dict) == {"topic", "handler", "due_on"}
    letter.refresh_from_db()
    assert (letter.state, letter.task) == ("received", None)


def test_only_an_answer_is_published_under_a_summary_and_can_be_taken_back(world: World) -> None:
    with pytest.raises(ValidationError, match="Chưa có trả lời"):
        publish_answer(noted(world), actor=world.clerk, summary="Đèn ngõ", published_on=DAY)
    letter = handled(world)
    publish_answer(letter, actor=world.clerk, summary="Đèn ngõ hỏng", published_on=DAY)
    page = Client().get(opened(world) + "answers/").content.decode()
    assert "Đèn ngõ hỏng" in page
    assert "Đã thay 3 bóng" in page
    assert "bimat7391" not in page
    assert "Hàng Xóm" not in page
    withdraw_answer(letter, actor=world.clerk)
    assert "Đèn ngõ hỏng" not in Client().get(reverse("consultations:answers", args=[world.ward.pk])).content.decode()


def test_what_was_handled_long_ago_is_erased_for_good(world: World) -> None:
    letter = handled(world)
    assert letter.answered_on is not None
    last = letter.answered_on + timedelta(days=24 * 30)
    erase_suggestions(world.ward, actor=world.clerk, today=last)
    assert Suggestion.objects.count() == 1
    noted(world)
    erase_suggestions(world.ward, actor=world.clerk, today=last + timedelta(days=1))
    assert [one.state for one in Suggestion.objects.all()] == ["received"]


def test_the_nightly_work_erases_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = handled(world)
    assert letter.answered_on is not None
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: letter.answered_on + timedelta(days=24 * 30 + 1))
    call_command("nightly")
    assert not Suggestion.objects.exists()


def test_a_letter_past_its_day_is_found_and_vanishes_when_answered(world: World) -> None:
    (check,) = [one for one in CHECKS if one.code == "suggestions.waiting"]
    letter = noted(world)

    def short(day: date) -> int:
        return len(list(check.run(scope_of(world.ward, Period.of_year(2026), day))))

    assert short(DAY + timedelta(days=15)) == 0
    assert short(DAY + timedelta(days=16)) == 1
    answer_suggestion(letter, actor=world.clerk, answer="Đã sửa", answered_on=DAY + timedelta(days=16))
    assert short(DAY + timedelta(days=16)) == 0


def test_answered_in_time_is_a_share_of_all_that_came(world: World) -> None:
    handled(world)
    noted(world)
    scope = scope_of(world.ward, Period.of_year(2026), date(2026, 12, 31))
    assert answer(registry.named("figures", "suggestions.answered"), scope).text == "50 % (1/2)"


# ---------------------------------------------------------------------------------------- whoever comes by


def test_a_box_that_is_shut_is_not_there_and_the_office_is_led_to_open_it(world: World, browser_of: Any) -> None:
    shown = browser_of(world.clerk).get(reverse("consultations:suggestions", args=[world.ward.pk])).content.decode()
    assert reverse("units:setting", args=[world.ward.pk, "suggestions.open"]) in shown
    assert reverse("consultations:box", args=[world.ward.pk]) not in shown
    assert Client().get(reverse("consultations:box", args=[world.ward.pk])).status_code == 404
    assert Client().get(reverse("consultations:answers", args=[world.ward.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        drop_suggestion(world.ward, actor=NOBODY, text="x", received_on=DAY)


def test_somebody_writes_without_an_account_and_follows_with_the_code(world: World) -> None:
    box, client = opened(world), Client()
    answer = client.post(box, {"text": TEXT, "sender": "", "contact": ""})
    assert answer.status_code == 200
    assert set(client.cookies) <= {"chibo-csrf"}
    letter = Suggestion.objects.get()
    assert (letter.channel, letter.sender, letter.unit) == ("box", "", world.ward)
    code = answer.context["code"]
    assert followed_with(code.lower()) == letter
    page = Client().post(reverse("consultations:follow"), {"code": code}).content.decode()
    assert "Mới nhận" in page
    assert "bimat7391" not in page
    wrong = Client().post(reverse("consultations:follow"), {"code": "AAAAA AAAAA"})
    assert wrong.status_code == 422
    assert "Không có góp ý nào mang mã này" in wrong.content.decode()


def test_an_empty_letter_is_told_so_and_keeps_what_was_typed(world: World) -> None:
    answer = Client().post(opened(world), {"text": "", "sender": "Ông Ba"})
    assert answer.status_code == 422
    assert "Ông Ba" in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_a_flood_is_stopped_without_knowing_who_sends_it(world: World) -> None:
    box = opened(world)
    answers = [Client(REMOTE_ADDR=f"10.0.0.{n}").post(box, {"text": "Góp ý"}).status_code for n in range(22)]
    assert answers[:20] == [200] * 20
    assert answers[20:] == [429, 429]
    assert Suggestion.objects.count() == 20
    cache.clear()
