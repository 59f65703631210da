"""Two editors of one record, without a script: whoever comes second keeps what they typed, beside what stands now.

Pages of several apps, because the way back is one and the same (docs/adr/0146)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from chibo.congresses.actions import assign_preparation
from chibo.inspections.actions import seat_team
from chibo.inspections.actions.answers import write_self_report
from chibo.inspections.actions.verifying import mark_criterion
from chibo.inspections.models import Mark
from chibo.inspections.selectors.answers import self_report
from tests.conftest import told_once
from tests.congresses.cast import fresh, scheduled
from tests.inspections.cast import Cast, announced, decided
from tests.world import World


@told_once
def running(world: World) -> Cast:
    cast = decided(world)
    announced(cast)
    return cast


def typed(form: Any, **changes: object) -> dict[str, object]:
    """What a browser sends back of the form as it stands on the page, with what this person typed."""
    names = {name: form.add_prefix(name) for name in form.fields}
    said = {names[name]: value for name in names if (value := form[name].value()) not in (None, "")}
    return {**said, **{names[name]: value for name, value in changes.items()}}


def refused(client: Client, address: str, data: dict[str, object], *, keeps: str, stands: str) -> Any:
    """Sent second: refused with what was typed and what stands; gives the form as it came back."""
    answer = client.post(address, data)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert keeps in said
    assert "Bản đang lưu" in said.partition(keeps)[2]
    assert stands in said.partition("Bản đang lưu")[2]
    return answer.context["form"]


def test_a_criterion_that_a_colleague_marked_comes_back_with_both_words_and_is_sent_again(
    running: Cast, browser_of
) -> None:
    subject, criterion = running.subject, running.inspection.criteria.first()
    address = reverse("inspections:mark", args=[subject.pk, criterion.pk])
    client = browser_of(running.scribe)
    mark_criterion(
        subject, actor=running.world.inspector, criterion=criterion, result="met", note="Sổ đủ 12 tháng", seen=0
    )
    mine = {"result": "unmet", "note": "Thiếu biên bản tháng 3", "seen": "0"}
    form = refused(client, address, mine, keeps="Thiếu biên bản tháng 3", stands="Sổ đủ 12 tháng")
    assert Mark.objects.get().note == "Sổ đủ 12 tháng"
    assert client.post(address, typed(form)).status_code == 302
    assert Mark.objects.get().note == "Thiếu biên bản tháng 3"


def test_a_team_that_was_seated_meanwhile_is_named_beside_the_one_that_was_chosen(running: Cast, browser_of) -> None:
    here, client = running.inspection, browser_of(running.world.inspector)
    address = reverse("inspections:team", args=[here.pk])
    page = client.get(address).context["form"]
    seat_team(here, roles={running.scribe_member: "head"}, **running.by)
    mine = typed(page, duties="Vũ Trưởng Đoàn: xem sổ")
    form = refused(client, address, mine, keeps="Vũ Trưởng Đoàn: xem sổ", stands=running.scribe_member.full_name)
    assert [one.member for one in here.team.all()] == [running.scribe_member]
    assert client.post(address, typed(form)).status_code == 302
    assert here.team.get(role="head").member == running.head


def test_a_self_report_that_was_saved_meanwhile_stands_beside_ones_own(running: Cast, browser_of) -> None:
    subject, client = running.subject, browser_of(running.world.secretary)
    address = reverse("inspections:self_report", args=[subject.pk])
    page = client.get(address).context["form"]
    item = self_report(subject)[-1].item
    write_self_report(subject, answers={item.pk: ("Bản của phó bí thư", "")}, actor=running.world.secretary)
    mine = typed(page) | {f"declared-{item.pk}": "Bản của bí thư"}
    form = refused(client, address, mine, keeps="Bản của bí thư", stands="Bản của phó bí thư")
    assert client.post(address, typed(form)).status_code == 302
    assert self_report(subject)[-1].declared == "Bản của bí thư"


def test_a_form_without_a_page_of_its_own_comes_back_on_one(world: World, browser_of) -> None:
    """A line of the preparation is given on the page of the congress; its refusal used to keep nothing."""
    line = scheduled(world).preparations.first()
    seen = fresh(line).version
    assign_preparation(fresh(line), actor=world.secretary, owner_name="Đồng chí Hoa", due_on=date(2020, 2, 1))
    address, client = reverse("congresses:owner", args=[line.pk]), browser_of(world.clerk)
    mine = {"owner_name": "Đồng chí Minh", "due_on": "1/2/2020", "seen_version": seen}
    form = refused(client, address, mine, keeps="Đồng chí Minh", stands="Đồng chí Hoa")
    assert fresh(line).owner_name == "Đồng chí Hoa"
    assert client.post(address, typed(form)).status_code == 302
    assert fresh(line).owner_name == "Đồng chí Minh"


def test_a_button_that_is_refused_says_why_where_it_stands(running: Cast, browser_of) -> None:
    address = reverse("inspections:finish", args=[running.subject.pk])
    answer = browser_of(running.scribe).post(address, follow=True)
    assert answer.redirect_chain == [(reverse("inspections:verify", args=[running.subject.pk]), 302)]
    assert "chưa được xem" in answer.content.decode()
