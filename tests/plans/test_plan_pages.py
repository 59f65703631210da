"""The pages of campaigns and plans: whom they show what, and what they keep when something is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chibo.access.charter import Post
from chibo.members.models import PostTerm
from chibo.papers.actions import register_paper
from chibo.plans.actions import suggest_items
from chibo.plans.models import Campaign, Plan
from chibo.plans.rules.planning import Item, SuggestedItem
from chibo.plans.selectors.offers import errands_of_plans, found_by
from chibo.programmes.models import Programme
from tests.plans.cast import GOOD, REGISTERED, campaign, drafted, programme, registered, theme
from tests.plans.test_plans import COPY, transfer
from tests.world import World

TODAY = date(2026, 2, 20)


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are looked at on 20 February 2026, eight days before the deadline."""
    views = [f"chibo.plans.views.{name}" for name in ("plans", "lists", "campaigns")]
    for module in (*views, "chibo.plans.selectors.evaluations"):
        monkeypatch.setattr(f"{module}.localdate", lambda: TODAY)


def at(client: Client, actor, name: str, *args: object, **data: object):
    client.force_login(actor.user)
    return client.get(reverse(name, args=args), data)


def sent(client: Client, actor, name: str, *args: object, **data: object):
    client.force_login(actor.user)
    return client.post(reverse(name, args=args), data)


def text(response) -> str:
    return response.content.decode()


def rows_of(plan: Plan, *rows: dict[str, object], **more: object) -> dict[str, object]:
    """The editor's fields as a browser sends them."""
    data: dict[str, object] = {"count": len(rows), "seen_version": plan.version, **more}
    for number, row in enumerate(rows):
        data |= {f"item-{number}-{name}": value for name, value in {"section": "1", **row}.items()}
    return data


# ---------------------------------------------------------------------------------------- who may see


@pytest.mark.parametrize("name", ["plans:plan", "plans:write", "plans:docx", "plans:pdf"])
def test_a_strangers_plan_does_not_exist(world: World, client: Client, name: str) -> None:
    plan = registered(world, world.member(world.cell5))
    other = world.member(world.cell5, "Trần Thị Bình", account=True)
    for actor in (world.secretary7, world.stranger, world.own(other)):
        assert at(client, actor, name, plan.pk).status_code == 404


@pytest.mark.parametrize("name", ["plans:register", "plans:judge", "plans:conclude", "plans:receive"])
def test_a_stranger_posts_nothing(world: World, client: Client, name: str) -> None:
    plan = registered(world, world.member(world.cell5))
    assert sent(client, world.secretary7, name, plan.pk, step="confirm").status_code == 404
    plan.refresh_from_db()
    assert plan.state == "registered"


def test_without_logging_in_nothing_is_shown(world: World, client: Client) -> None:
    plan = registered(world, world.member(world.cell5))
    for url in (reverse("plans:plan", args=[plan.pk]), reverse("plans:index", args=[world.cell5.pk, "2026"])):
        assert client.get(url).status_code == 302


def test_the_clerk_sees_that_a_plan_stands_and_not_its_text(world: World, client: Client) -> None:
    plan = registered(world, world.member(world.cell5), GOOD, Item("2", "Bí mật riêng tư"))
    shown = at(client, world.clerk, "plans:plan", plan.pk)
    assert shown.status_code == 200
    assert "Bí mật riêng tư" not in text(shown)
    assert at(client, world.clerk, "plans:docx", plan.pk).status_code == 404
    assert sent(client, world.clerk, "plans:judge", plan.pk, step="confirm").status_code == 404


def test_a_member_posts_no_judgement_over_their_own_plan(world: World, client: Client) -> None:
    member = world.member(world.cell5, account=True)
    plan = registered(world, member)
    assert sent(client, world.own(member), "plans:judge", plan.pk, step="confirm").status_code == 403
    plan.refresh_from_db()
    assert plan.state == "registered"


def test_s0_14_names_of_who_is_missing_are_for_the_cell_and_the_count_for_those_above(
    world: World, client: Client
) -> None:
    campaign(world)
    world.member(world.cell5, "Phạm Văn Chậm")
    assert "Phạm Văn Chậm" in text(at(client, world.secretary, "plans:index", world.cell5.pk, "2026"))
    above = text(at(client, world.ward_secretary, "plans:index", world.cell5.pk, "2026"))
    assert "Phạm Văn Chậm" not in above
    assert "1 trên 1 đồng chí" in above
    assert at(client, world.secretary7, "plans:index", world.cell5.pk, "2026").status_code == 404
    sheet = at(client, world.ward_secretary, "plans:index", world.cell5.pk, "2026", format="xlsx").content
    with zipfile.ZipFile(io.BytesIO(sheet)) as book:
        assert all("Phạm Văn Chậm".encode() not in book.read(name) for name in book.namelist())


def test_lists_cost_the_same_queries_for_1_3_and_30_people(world: World, client: Client) -> None:
    costs: dict[str, set[int]] = {"cell": set(), "ward": set()}
    people = 0
    for size in (1, 3, 30):
        while people < size:
            people += 1
            registered(world, world.member(world.cell5, f"Đảng Viên Số {people}"))
        for name, unit, actor in (("cell", world.cell5, world.secretary), ("ward", world.ward, world.ward_secretary)):
            client.force_login(actor.user)
            with _counted() as count:
                assert client.get(reverse("plans:index", args=[unit.pk, "2026"])).status_code == 200
            costs[name].add(len(count))
    assert {name: len(found) for name, found in costs.items()} == {"cell": 1, "ward": 1}, costs


def _counted():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


# --------------------------------------------------------------------------------------- one's own plan


def test_a_member_begins_writes_and_registers_on_the_phone(world: World, client: Client, monkeypatch) -> None:
    monkeypatch.setattr("chibo.plans.views.lists.localdate", lambda: TODAY)
    member = world.member(world.cell5, account=True)
    me, call = world.own(member), campaign(world)
    assert at(client, me, "plans:start").url == reverse("plans:mine")
    assert "Bắt đầu viết kế hoạch" in text(at(client, me, "plans:mine"))
    begun = sent(client, me, "plans:begin", member.pk, call.pk)
    plan = Plan.objects.get()
    assert begun.url == reverse("plans:write", args=[plan.pk])
    row = {
        "statement": "Đọc 12 cuốn sách",
        "measure": "12 cuốn",
        "deadline": "31/12/2026",
        "manifestation": "a3",
        "on_theme": "on",
    }
    assert (
        sent(client, me, "plans:write", plan.pk, **rows_of(plan, row, {"section": "2", "statement": ""})).status_code
        == 302
    )
    item = plan.items.get()
    assert (item.deadline, item.manifestation_id, item.on_theme) == (date(2026, 12, 31), "A3", True)
    assert "Đăng ký với chi bộ" in text(at(client, me, "plans:plan", plan.pk))
    sent(client, me, "plans:register", plan.pk, registered_on="20/02/2026")
    plan.refresh_from_db()
    assert (plan.state, plan.registered_on, plan.on_behalf) == ("registered", TODAY, False)
    assert at(client, me, "plans:mine").url == reverse("plans:plan", args=[plan.pk])


def test_last_years_plan_is_offered_as_a_draft(world: World, client: Client) -> None:
    member = world.member(world.cell5, account=True)
    registered(world, member, year=2025)
    call = campaign(world)
    assert "Chép từ kế hoạch năm 2025" in text(at(client, world.own(member), "plans:mine"))
    sent(client, world.own(member), "plans:begin", member.pk, call.pk, copy="1")
    assert Plan.objects.get(year=2026).items.get().statement == GOOD.statement


def test_a_wrong_line_is_told_beside_its_field_and_typing_is_kept(world: World, client: Client) -> None:
    plan = drafted(world, world.member(world.cell5))
    bad = {"statement": "Điều tôi vừa gõ", "deadline": "31/02/2026"}
    answer = sent(client, world.secretary, "plans:write", plan.pk, **rows_of(plan, bad))
    assert answer.status_code == 422
    assert "Điều tôi vừa gõ" in text(answer)
    assert text(answer).count("Không có ngày 31 tháng 2 năm 2026.") == 2, (
        "at the top, leading there, and by the field"
    )
    assert 'href="#id_item-0-deadline"' in text(answer)
    assert plan.items.get().statement == GOOD.statement


def test_a_row_is_added_without_scripts_and_nothing_typed_is_lost_or_saved(world: World, client: Client) -> None:
    plan = drafted(world, world.member(world.cell5))
    typed = rows_of(plan, {"statement": "Đang gõ dở", "deadline": "tháng sau"}, more="3")
    answer = sent(client, world.secretary, "plans:write", plan.pk, **typed)
    assert answer.status_code == 200
    assert "Đang gõ dở" in text(answer)
    assert "tháng sau" in text(answer)
    assert 'name="item-1-section" value="3"' in text(answer)
    assert plan.items.get().statement == GOOD.statement


def test_with_scripts_only_the_editor_is_sent_back(world: World, client: Client) -> None:
    plan = drafted(world, world.member(world.cell5))
    client.force_login(world.secretary.user)
    typed = rows_of(plan, {"statement": "Đang gõ dở"}, more="3")
    answer = client.post(reverse("plans:write", args=[plan.pk]), typed, headers={"HX-Request": "true"})
    assert text(answer).lstrip().startswith('<form id="editor"')
    assert "Đang gõ dở" in text(answer)


def test_two_editors_the_second_sees_both_texts_and_can_then_save(world: World, client: Client) -> None:
    member = world.member(world.cell5, account=True)
    plan = drafted(world, member)
    stale = rows_of(plan, {"statement": "Bản của tôi"})
    sent(client, world.secretary, "plans:write", plan.pk, **rows_of(plan, {"statement": "Bản của bí thư"}))
    answer = sent(client, world.own(member), "plans:write", plan.pk, **stale)
    assert answer.status_code == 422
    assert "Bản của tôi" in text(answer)
    assert "Bản của bí thư" in text(answer)
    plan.refresh_from_db()
    again = {**stale, "seen_version": plan.version}
    assert sent(client, world.own(member), "plans:write", plan.pk, **again).status_code == 302
    assert plan.items.get().statement == "Bản của tôi"


def test_a_sent_plan_is_not_edited_by_address(world: World, client: Client) -> None:
    plan = registered(world, world.member(world.cell5))
    answer = sent(client, world.secretary, "plans:write", plan.pk, **rows_of(plan, {"statement": "Lén sửa"}))
    assert answer.url == reverse("plans:plan", args=[plan.pk])
    assert plan.items.get().statement == GOOD.statement


def test_a_suggestion_is_taken_once_with_one_tap(world: World, client: Client) -> None:
    young = world.group("Đảng viên trẻ")
    member = world.member(world.cell5, account=True)
    member.groups.add(young)
    suggest_items(campaign(world), actor=world.clerk, group=young, items=[SuggestedItem("5", "Giúp người cao tuổi")])
    plan, offered = drafted(world, member), campaign(world).suggestions.get()
    assert "Giúp người cao tuổi" in text(at(client, world.own(member), "plans:plan", plan.pk))
    for _twice in range(2):
        sent(client, world.own(member), "plans:take", plan.pk, offered.pk)
    assert plan.items.filter(statement="Giúp người cao tuổi").count() == 1


def test_s0_11_a_member_learns_of_a_likeness_without_the_name(world: World, client: Client) -> None:
    registered(world, world.member(world.cell5, "Trần Văn Nhất"), GOOD, COPY)
    member = world.member(world.cell5, "Trần Văn Nhì", account=True)
    mine, theirs = registered(world, member, GOOD, COPY), Plan.objects.get(member__full_name="Trần Văn Nhất")
    shown = text(at(client, world.own(member), "plans:plan", mine.pk))
    assert "Giống nhiều với một kế hoạch khác trong chi bộ" in shown
    assert "Trần Văn Nhất" not in shown
    assert reverse("plans:compare", args=[mine.pk, theirs.pk]) not in shown
    assert at(client, world.own(member), "plans:compare", mine.pk, theirs.pk).status_code == 404
    beside = at(client, world.secretary, "plans:compare", mine.pk, theirs.pk)
    assert "<mark>" in text(beside)
    assert reverse("plans:compare", args=[mine.pk, theirs.pk]) in text(
        at(client, world.secretary, "plans:plan", mine.pk)
    )


# ------------------------------------------------------------------------------------ the cell committee


def test_the_committee_returns_and_confirms_on_the_plans_page(world: World, client: Client) -> None:
    plan = registered(world, world.member(world.cell5))
    answer = sent(client, world.secretary, "plans:judge", plan.pk, step="return", comment="")
    assert answer.status_code == 422
    assert "Hãy ghi rõ cần bổ sung, sửa chỗ nào." in text(answer)
    sent(client, world.secretary, "plans:judge", plan.pk, step="return", comment="Ghi rõ số hộ.")
    plan.refresh_from_db()
    assert plan.state == "returned"
    sent(client, world.secretary, "plans:register", plan.pk, registered_on="20/02/2026")
    sent(client, world.secretary, "plans:judge", plan.pk, step="confirm", comment="Được.")
    plan.refresh_from_db()
    assert (plan.state, plan.committee_comment) == ("confirmed", "Được.")
    assert sent(client, world.secretary, "plans:judge", plan.pk, step="erase").status_code == 404
    sent(client, world.secretary, "plans:conclude", plan.pk, result="good", comment="Tốt", concluded_on="20/12/2026")
    plan.refresh_from_db()
    assert plan.state == "concluded"
    assert "Kết quả cả năm 2026" in text(at(client, world.secretary, "plans:plan", plan.pk))


def test_the_secretary_begins_all_missing_plans_and_confirms_the_ticked_ones(world: World, client: Client) -> None:
    campaign(world)
    people = world.members(world.cell5, 3)
    outsider = world.member(world.cell7)
    sent(client, world.secretary, "plans:draft_several", world.cell5.pk, "2026", members=[m.pk for m in people[:2]])
    assert Plan.objects.count() == 2
    sent(client, world.secretary, "plans:draft_several", world.cell5.pk, "2026", members=[outsider.pk])
    assert Plan.objects.count() == 2
    ready = registered(world, people[2])
    sent(client, world.secretary, "plans:confirm_several", world.cell5.pk, "2026", plans=[ready.pk])
    ready.refresh_from_db()
    assert ready.state == "confirmed"
    assert (
        sent(client, world.clerk, "plans:confirm_several", world.cell5.pk, "2026", plans=[ready.pk]).status_code
        == 403
    )


def test_the_secretary_copies_last_years_plans_of_the_cell_and_is_told_of_the_likeness(
    world: World, client: Client
) -> None:
    member, other = world.members(world.cell5, 2)
    last = registered(world, member, year=2025)
    campaign(world)
    shown = text(at(client, world.secretary, "plans:index", world.cell5.pk, "2026"))
    assert shown.count("Có kế hoạch năm 2025") == 1
    assert 'name="copied"' in shown
    people = [member.pk, other.pk]
    sent(client, world.secretary, "plans:draft_several", world.cell5.pk, "2026", members=people, copied="1")
    plan = Plan.objects.get(member=member, year=2026)
    shown = text(at(client, world.secretary, "plans:plan", plan.pk))
    assert reverse("plans:compare", args=[plan.pk, last.pk]) in shown
    assert 'name="copied"' not in text(at(client, world.secretary, "plans:index", world.cell5.pk, "2026"))


def test_the_year_s_results_of_a_cell_are_given_on_one_page(world: World, client: Client) -> None:
    good, poor, later = (registered(world, member) for member in world.members(world.cell5, 3))
    Plan.objects.update(state="confirmed")
    where = ("plans:conclude_several", world.cell5.pk, "2026")
    chosen = {"concluded_on": "20/12/2026", f"result_{good.pk}": "good", f"result_{poor.pk}": "poor"}
    answer = sent(client, world.secretary, *where, **chosen)
    assert answer.status_code == 422
    assert "Kết quả Kém thì phải ghi rõ nhận xét." in text(answer)
    assert set(Plan.objects.values_list("state", flat=True)) == {"confirmed"}, "all or none"
    answer = sent(client, world.secretary, *where, **chosen, **{f"comment_{poor.pk}": "Chưa làm nội dung nào."})
    assert answer.url == reverse(where[0], args=where[1:]), "one is left"
    assert dict(Plan.objects.values_list("pk", "result")) == {good.pk: "good", poor.pk: "poor", later.pk: ""}
    shown = text(at(client, world.secretary, *where))
    assert f"result_{later.pk}" in shown
    assert f"result_{good.pk}" not in shown
    assert at(client, world.clerk, *where).status_code == 403
    (errand,) = [e for e in errands_of_plans(world.secretary, date(2026, 12, 2)) if "kết quả cả năm" in e.text]
    assert (errand.count, errand.url) == (1, reverse(where[0], args=where[1:]))
    assert not [e for e in errands_of_plans(world.secretary, TODAY) if "kết quả cả năm 2026" in e.text]


def test_what_was_entered_for_a_member_says_so_on_page_list_paper_book_and_report(
    world: World, client: Client
) -> None:
    member = world.member(world.cell5, account=True)
    plan = registered(world, member, actor=world.secretary)
    Plan.objects.update(state="confirmed")
    sent(client, world.secretary, "plans:report", plan.pk, "2026-02", reported="Đã đọc xong")
    pages = (("plans:plan", plan.pk), ("plans:index", world.cell5.pk, "2026"), ("desk:book", world.cell5.pk, "2026"))
    for name, *args in pages:
        assert "nhập thay" in text(at(client, world.secretary, name, *args)).lower(), name
    assert "Đã đọc xong" in text(at(client, world.own(member), "plans:plan", plan.pk))
    word = at(client, world.own(member), "plans:docx", plan.pk).content
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert "Nguyễn Thị Hoa nhập thay theo bản đảng viên nộp" in archive.read("word/document.xml").decode()


def test_a_moved_members_plan_is_received_by_its_new_cell(world: World, client: Client) -> None:
    member = world.member(world.cell5)
    plan = registered(world, member)
    transfer(world, member, date(2026, 2, 1))
    member.memberships.filter(unit=world.cell5).update(valid_to=date(2026, 1, 31))
    assert "Tiếp nhận kế hoạch" in text(at(client, world.secretary7, "plans:plan", plan.pk))
    sent(client, world.secretary7, "plans:receive", plan.pk)
    plan.refresh_from_db()
    assert plan.unit == world.cell7


# ----------------------------------------------------------------------------------------------- on paper


def test_a_plan_is_printed_as_word_and_pdf_with_both_signatures(world: World, client: Client) -> None:
    plan = registered(world, world.member(world.cell5, "Trần Văn Nhất"))
    word = at(client, world.secretary, "plans:docx", plan.pk).content
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        body = archive.read("word/document.xml").decode()
    for words in (
        "KẾ HOẠCH",
        "tu dưỡng, rèn luyện, phấn đấu năm 2026",
        "Trần Văn Nhất",
        "1 bài trình bày",
        "XÁC NHẬN CỦA CHI BỘ",
        "NGƯỜI CAM KẾT",
    ):
        assert words in body
    assert body.index("XÁC NHẬN CỦA CHI BỘ") < body.index("NGƯỜI CAM KẾT")
    assert at(client, world.secretary, "plans:pdf", plan.pk).content.startswith(b"%PDF-")


def test_blank_forms_are_printed_for_a_cell_and_for_a_group(world: World, client: Client) -> None:
    call, young = campaign(world), world.group("Đảng viên trẻ")
    suggest_items(call, actor=world.clerk, group=young, items=[SuggestedItem("5", "Giúp người cao tuổi")])
    world.members(world.cell5, 3)
    content = at(client, world.secretary, "plans:blank_zip", world.cell5.pk, "2026").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [f"00{n} Đảng Viên Số {n}.docx" for n in (1, 2, 3)]
    assert at(client, world.secretary7, "plans:blank_zip", world.cell5.pk, "2026").status_code == 404
    assert at(client, world.clerk, "plans:blank_zip", world.cell5.pk, "2026").status_code == 403
    group = at(client, world.clerk, "plans:form_for_group", call.pk, young.pk, "docx").content
    with zipfile.ZipFile(io.BytesIO(group)) as archive:
        assert "Giúp người cao tuổi" in archive.read("word/document.xml").decode()


# ---------------------------------------------------------------------------------------------- campaigns


def test_the_clerk_opens_a_campaign_and_suggests_to_a_group(world: World, client: Client) -> None:
    young = world.group("Đảng viên trẻ")
    asked = {
        "programme": programme(world).pk, "theme": theme(world).pk, "year": "2026", "opened_on": "10/1/2026",
        "deadline": "9/1/2026", "form_title": "commitment", "sections": "1. Tư tưởng\n2. Đạo đức",
    }  # fmt: skip
    refused = sent(client, world.clerk, "plans:open", world.ward.pk, **asked)
    assert refused.status_code == 422
    assert "Hạn đăng ký phải sau ngày phát động." in text(refused)
    assert "2. Đạo đức" in text(refused)
    answer = sent(client, world.clerk, "plans:open", world.ward.pk, **{**asked, "deadline": "28/2/2026"})
    call = Campaign.objects.get()
    assert answer.url == reverse("plans:suggestions", args=[call.pk])
    assert call.sections == [["1", "Tư tưởng"], ["2", "Đạo đức"]]
    rows = {
        "count": "2",
        "row-0-section": "2",
        "row-0-statement": "Nêu gương",
        "row-0-on_theme": "on",
        "row-1-section": "1",
        "row-1-statement": "",
    }
    sent(client, world.clerk, "plans:suggest", call.pk, young.pk, **rows)
    assert list(call.suggestions.values_list("section", "statement", "on_theme")) == [("2", "Nêu gương", True)]
    assert "Nêu gương" in text(at(client, world.clerk, "plans:suggestions", call.pk))
    for name in ("plans:amend_campaign", "plans:campaign"):
        assert at(client, world.clerk, name, call.pk).status_code == 200
    assert at(client, world.clerk, "plans:campaigns", world.ward.pk).status_code == 200


def test_s0_04_every_member_reads_the_campaign_and_its_guidance_and_nobody_beside_does(
    world: World, client: Client
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = register_paper(
        world.ward, actor=world.clerk, kind="Hướng dẫn", issuer="Quận ủy", subject="Hướng dẫn 23", symbol="23-HD/QU",
        file=SimpleUploadedFile("hd.pdf", b"%PDF-1.7 noi dung"),
    )  # fmt: skip
    call = campaign(world)
    Campaign.objects.filter(pk=call.pk).update(guidance=paper)
    me = world.own(world.member(world.cell5, account=True))
    assert "23-HD/QU" in text(at(client, me, "plans:campaign", call.pk))
    assert at(client, me, "plans:guidance", call.pk).content == b"%PDF-1.7 noi dung"
    assert at(client, me, "papers:file", paper.pk).status_code == 404
    for name in ("plans:campaign", "plans:guidance", "plans:suggestions", "plans:amend_campaign"):
        assert at(client, world.stranger, name, call.pk).status_code == 404
    assert at(client, me, "plans:suggestions", call.pk).status_code == 403
    assert at(client, world.secretary, "plans:open", world.ward.pk).status_code == 404


# ------------------------------------------------------------------------------------------------- desk


def test_the_desk_says_what_waits_for_whom(world: World) -> None:
    campaign(world)
    late = world.member(world.cell5, "Phạm Văn Chậm", account=True)
    registered(world, world.member(world.cell5, "Trần Văn Nhất"))
    head = world.member(world.cell7, "Đỗ Văn Minh")
    PostTerm.objects.create(member=head, unit=world.cell7, post=Post.CELL_SECRETARY, valid_from=date(2020, 1, 1))
    registered(world, head, actor=world.secretary7)

    def told(actor, day: date = TODAY) -> list[str]:
        return [errand.text for errand in errands_of_plans(actor, day)]

    assert told(world.own(late)) == ["Đăng ký kế hoạch tu dưỡng năm 2026, hạn 28/02/2026"]
    assert told(world.secretary) == ["1 kế hoạch chờ chi ủy xem", "1 đảng viên chưa đăng ký kế hoạch năm 2026"]
    assert told(world.secretary, date(2026, 2, 2)) == ["1 kế hoạch chờ chi ủy xem"]
    assert told(world.ward_secretary) == ["1 kế hoạch của bí thư chi bộ chờ đảng ủy xem"]
    assert told(world.secretary7) == []
    assert [e.due for e in errands_of_plans(world.own(late), date(2026, 3, 5))] == [date(2026, 2, 28)]


def test_the_search_finds_plans_by_name_only_where_they_may_be_seen(world: World) -> None:
    registered(world, world.member(world.cell5, "Trần Văn Nhất"), GOOD, Item("2", "Từ khóa bí mật"))
    assert [hit.label for hit in found_by(world.secretary, "nhat")] == ["Trần Văn Nhất 2026"]
    assert list(found_by(world.secretary7, "nhat")) == []
    assert list(found_by(world.secretary, "bí mật")) == []


def test_the_ward_opens_on_its_cells_and_the_secretary_on_their_people(world: World, client: Client) -> None:
    year = timezone.localdate().year
    assert at(client, world.clerk, "plans:start").url.startswith(f"/plans/{world.ward.pk}/")
    assert at(client, world.secretary, "plans:start").url.startswith(f"/plans/{world.cell5.pk}/")
    assert year >= 2026
    assert REGISTERED < TODAY
    assert not Programme.objects.exists()
    assert "Phát động đợt đăng ký" in text(at(client, world.clerk, "plans:index", world.ward.pk, "2026"))
    assert "chưa phát động" in text(at(client, world.secretary, "plans:index", world.cell5.pk, "2026"))
