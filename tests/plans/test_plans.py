"""Plans on their way from draft to year-end result (seeds S0-03, S0-06, S0-13 … S0-15)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chibo.access.actor import SETUP
from chibo.access.charter import Post
from chibo.core.refusal import Conflict
from chibo.core.values import Period
from chibo.members.models import Membership, PostTerm
from chibo.members.rules import Leaving, Standing
from chibo.plans.actions import (
    comment_plan,
    conclude_plan,
    confirm_plan,
    confirm_plans,
    draft_plan,
    draft_plans,
    keep_qualities,
    receive_plan,
    register_plan,
    return_plan,
    suggest_items,
    take_suggestion,
    write_plan,
)
from chibo.plans.models import CellQuality, Plan
from chibo.plans.rules.planning import ARTICLE, GUIDANCE, Item, SuggestedItem
from chibo.plans.selectors.campaigns import suggestions_for
from chibo.plans.selectors.plans import (
    cells_of,
    last_plan_of,
    may_read,
    people_of,
    plan_for,
    plans_having,
    visible_plans,
)
from chibo.plans.selectors.quality import (
    items_side_by_side,
    plans_off_theme,
    plans_without_deadline,
    plans_without_measure,
    weaknesses_of_cell,
    weaknesses_of_plan,
)
from chibo.units.actions import decide_setting
from chibo.units.selectors import scope_of
from tests.plans.cast import DEADLINE, DRAFTED, GOOD, REGISTERED, campaign, drafted, registered
from tests.world import World

TODAY = date(2026, 3, 1)


def articles(refused: pytest.ExceptionInfo[ValidationError]) -> list[str | None]:
    return [error.code for errors in refused.value.error_dict.values() for error in errors]


def transfer(world: World, member, on: date) -> None:
    """The member goes from cell 5 to cell 7 on a day."""
    Membership.objects.filter(member=member).update(valid_to=date(2026, 6, 30), leaving=Leaving.TRANSFERRED)
    Membership.objects.create(member=member, unit=world.cell7, standing=Standing.OFFICIAL, valid_from=on)
    member.unit = world.cell7
    member.save()


# --------------------------------------------------------------------------------------------- drafting


def test_a_member_drafts_writes_and_registers_their_own_plan(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = registered(world, member)
    assert (plan.unit, plan.state, plan.registered_on) == (world.cell5, "registered", REGISTERED)
    assert (plan.on_behalf, plan.entered_by) == (False, member.account)
    item = plan.items.get()
    assert (item.manifestation_id, item.on_theme, item.deadline) == ("A3", True, date(2026, 6, 30))


def test_the_secretary_enters_on_behalf_and_it_is_marked(world: World) -> None:
    plan = registered(world, world.member(world.cell5))
    assert plan.on_behalf
    assert plan.entered_by == world.secretary.user


def test_the_mark_goes_when_the_member_registers_what_was_entered_for_them(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = drafted(world, member, actor=world.secretary)
    assert plan.on_behalf
    assert not register_plan(plan, actor=world.own(member), registered_on=REGISTERED).on_behalf


def test_another_cells_secretary_drafts_nothing_here(world: World) -> None:
    member = world.member(world.cell5)
    with pytest.raises(PermissionDenied):
        draft_plan(member, actor=world.secretary7, campaign=campaign(world), made_on=DRAFTED)
    assert not Plan.objects.exists()


def test_a_second_plan_of_the_year_is_refused(world: World) -> None:
    member = world.member(world.cell5, account=True)
    drafted(world, member)
    with pytest.raises(ValidationError) as refused:
        draft_plan(member, actor=world.secretary, campaign=campaign(world), made_on=DRAFTED)
    assert articles(refused) == [ARTICLE]
    assert Plan.objects.count() == 1


def test_nobody_drafts_before_the_campaign_opens_or_outside_a_cell(world: World) -> None:
    newcomer = world.member(world.cell5, since=date(2026, 6, 1))
    with pytest.raises(ValidationError) as refused:
        draft_plan(newcomer, actor=world.secretary, campaign=campaign(world), made_on=date(2026, 1, 1))
    assert articles(refused) == [ARTICLE, GUIDANCE]
    assert not Plan.objects.exists()


def test_a_member_of_another_ward_has_no_plan_in_this_campaign(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        draft_plan(world.member(world.other_cell), actor=SETUP, campaign=campaign(world), made_on=DRAFTED)
    assert articles(refused) == [ARTICLE]


def test_a_double_submit_makes_one_draft(world: World) -> None:
    member = world.member(world.cell5, account=True)
    asked = {"actor": world.own(member), "campaign": campaign(world), "made_on": DRAFTED, "once": "a" * 32}
    assert draft_plan(member, **asked) == draft_plan(member, **asked)
    assert Plan.objects.count() == 1


def test_last_years_plan_is_copied_with_its_deadlines_moved_and_off_the_new_theme(world: World) -> None:
    member = world.member(world.cell5, account=True)
    old = registered(world, member, Item("5", "Vận động 5 hộ", "5 hộ", date(2024, 2, 29), on_theme=True), year=2025)
    assert last_plan_of(member, 2026) == old
    plan = draft_plan(member, actor=world.own(member), campaign=campaign(world), made_on=DRAFTED, source=old)
    item = plan.items.get()
    assert (item.statement, item.deadline, item.on_theme) == ("Vận động 5 hộ", date(2025, 2, 28), False)


def test_another_members_plan_is_never_copied(world: World) -> None:
    other = registered(world, world.member(world.cell5, "Trần Thị Bình"), year=2025)
    member = world.member(world.cell5)
    plan = draft_plan(member, actor=world.secretary, campaign=campaign(world), made_on=DRAFTED, source=other)
    assert not plan.items.exists()


def test_s0_14_the_secretary_begins_the_plans_of_all_who_have_none(world: World) -> None:
    people = world.members(world.cell5, 3)
    made = draft_plans(world.cell5, actor=world.secretary, campaign=campaign(world), members=people, made_on=DRAFTED)
    assert [plan.member for plan in made] == people
    assert all(plan.on_behalf and plan.state == "draft" for plan in made)


def test_the_plans_of_a_whole_cell_are_begun_from_those_of_last_year(world: World) -> None:
    first, second, new = people = world.members(world.cell5, 3)
    registered(world, first, Item("5", "Vận động 5 hộ", "5 hộ", date(2025, 9, 2), on_theme=True), year=2025)
    drafted(world, second, year=2025)
    asked = {"actor": world.secretary, "campaign": campaign(world), "members": people, "made_on": DRAFTED}
    made = draft_plans(world.cell5, **asked, copied=True)
    items = {plan.member: list(plan.items.values_list("statement", "deadline", "on_theme")) for plan in made}
    assert items == {first: [("Vận động 5 hộ", date(2026, 9, 2), False)], second: [], new: []}, (
        "a draft is nobody's plan"
    )
    assert all(plan.on_behalf and plan.state == "draft" for plan in made)


# ---------------------------------------------------------------------------------------------- writing


def test_items_that_carry_their_id_keep_their_results_and_the_rest_goes(world: World) -> None:
    plan = drafted(world, world.member(world.cell5), GOOD, Item("2", "Giữ gìn nếp sống"))
    first = plan.items.get(section="1")
    plan.items.filter(pk=first.pk).update(own_result="đã đọc")
    write_plan(plan, actor=world.secretary, items=[Item("3", "Đi họp đủ"), Item("1", "Đọc sách", pk=first.pk)])
    assert list(plan.items.values_list("section", "statement", "own_result")) == [
        ("1", "Đọc sách", "đã đọc"),
        ("3", "Đi họp đủ", ""),
    ]


def test_an_item_of_somebody_elses_plan_is_not_taken_over(world: World) -> None:
    theirs = drafted(world, world.member(world.cell5, "Trần Thị Bình")).items.get()
    plan = drafted(world, world.member(world.cell5))
    write_plan(plan, actor=world.secretary, items=[Item("1", "Chiếm", pk=theirs.pk)])
    theirs.refresh_from_db()
    assert theirs.statement == GOOD.statement
    assert (plan.items.get().statement, plan.items.get().pk == theirs.pk) == ("Chiếm", False)


@pytest.mark.parametrize(
    ("item", "article"),
    [
        (Item("9", "Mục không có"), GUIDANCE),
        (Item("1", "  "), None),
        (Item("1", "Khắc phục", manifestation="Z1"), "Nghị quyết 04-NQ/TW"),
    ],
)
def test_a_line_that_cannot_stand_is_refused_and_nothing_is_half_saved(
    world: World, item: Item, article: str | None
) -> None:
    plan = drafted(world, world.member(world.cell5))
    with pytest.raises(ValidationError) as refused:
        write_plan(plan, actor=world.secretary, items=[Item("2", "Mới"), item])
    assert articles(refused) == [article]
    assert plan.items.get().statement == GOOD.statement


def test_two_editors_the_second_is_told(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = drafted(world, member)
    seen = plan.version
    write_plan(plan, actor=world.secretary, items=[Item("2", "Bản của bí thư")], seen_version=seen)
    with pytest.raises(Conflict):
        write_plan(plan, actor=world.own(member), items=[Item("3", "Bản của tôi")], seen_version=seen)
    assert plan.items.get().statement == "Bản của bí thư"


def test_s0_15_suggestions_of_the_members_groups_are_taken_with_one_tap(world: World) -> None:
    young, old = world.group("Đảng viên trẻ"), world.group("Nghỉ hưu")
    member = world.member(world.cell5, account=True)
    member.groups.add(young)
    asked = SuggestedItem("5", "Giúp người cao tuổi làm dịch vụ công", "10 lượt", on_theme=True)
    suggest_items(campaign(world), actor=world.clerk, group=young, items=[asked])
    suggest_items(campaign(world), actor=world.clerk, group=old, items=[SuggestedItem("5", "Kể chuyện truyền thống")])
    plan = drafted(world, member)
    (offered,) = suggestions_for(plan)
    take_suggestion(plan, actor=world.own(member), suggestion=offered)
    assert plan.items.get(section="5").measure == "10 lượt"
    assert suggestions_for(plan) == []


# ---------------------------------------------------------------------------------- no step is skipped


@pytest.mark.parametrize(
    "skip",
    [
        lambda p, w: confirm_plan(p, actor=w.secretary, confirmed_on=TODAY),
        lambda p, w: return_plan(p, actor=w.secretary, comment="Bổ sung"),
        lambda p, w: comment_plan(p, actor=w.secretary, comment="Tốt"),
        lambda p, w: conclude_plan(p, actor=w.secretary, result="good", concluded_on=date(2026, 12, 20)),
    ],
)
def test_a_draft_is_neither_judged_nor_concluded(world: World, skip) -> None:
    plan = drafted(world, world.member(world.cell5))
    with pytest.raises(ValidationError) as refused:
        skip(plan, world)
    assert articles(refused)[0] == ARTICLE
    plan.refresh_from_db()
    assert (plan.state, plan.committee_comment, plan.result) == ("draft", "", "")


def test_an_empty_draft_is_not_registered(world: World) -> None:
    plan = draft_plan(world.member(world.cell5), actor=world.secretary, campaign=campaign(world), made_on=DRAFTED)
    with pytest.raises(ValidationError) as refused:
        register_plan(plan, actor=world.secretary, registered_on=REGISTERED)
    assert articles(refused) == [ARTICLE]


def test_a_registered_plan_is_not_rewritten(world: World) -> None:
    plan = registered(world, world.member(world.cell5))
    with pytest.raises(ValidationError) as refused:
        write_plan(plan, actor=world.secretary, items=[Item("1", "Khác")])
    assert articles(refused) == [ARTICLE]
    assert plan.items.get().statement == GOOD.statement


def test_a_plan_is_returned_with_what_to_mend_and_registered_again_from_its_first_day(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = registered(world, member)
    with pytest.raises(ValidationError) as refused:
        return_plan(plan, actor=world.secretary, comment=" ")
    assert list(refused.value.error_dict) == ["comment"]
    plan = return_plan(plan, actor=world.secretary, comment="Ghi rõ số hộ vận động.")
    assert (plan.state, plan.committee_comment) == ("returned", "Ghi rõ số hộ vận động.")
    write_plan(plan, actor=world.own(member), items=[GOOD, Item("5", "Vận động 5 hộ")])
    plan = register_plan(plan, actor=world.own(member), registered_on=TODAY)
    assert (plan.state, plan.registered_on) == ("registered", REGISTERED)


def test_a_plan_goes_all_the_way_to_its_year_end_result(world: World) -> None:
    plan = registered(world, world.member(world.cell5))
    comment_plan(plan, actor=world.secretary, comment="Nội dung sát việc.")
    plan = confirm_plan(plan, actor=world.secretary, confirmed_on=TODAY)
    assert (plan.state, plan.confirmed_on, plan.committee_comment) == ("confirmed", TODAY, "Nội dung sát việc.")
    with pytest.raises(ValidationError) as refused:
        conclude_plan(plan, actor=world.secretary, result="poor", concluded_on=date(2026, 12, 20))
    assert list(refused.value.error_dict) == ["comment"]
    plan = conclude_plan(
        plan, actor=world.secretary, result="good", comment="Hoàn thành.", concluded_on=date(2026, 12, 20)
    )
    assert (plan.state, plan.result, plan.concluded_on) == ("concluded", "good", date(2026, 12, 20))
    with pytest.raises(ValidationError):
        conclude_plan(plan, actor=world.secretary, result="poor", comment="Sửa", concluded_on=date(2026, 12, 21))


def test_a_member_does_not_judge_and_a_committee_member_not_their_own(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = registered(world, member)
    with pytest.raises(PermissionDenied):
        confirm_plan(plan, actor=world.own(member), confirmed_on=TODAY)
    from chibo.access.actions import grant_post

    grant_post(world.cell5, actor=SETUP, user=member.account, post=Post.CELL_COMMITTEE, valid_from=date(2020, 1, 1))
    with pytest.raises(ValidationError) as refused:
        confirm_plan(plan, actor=world.own(member), confirmed_on=TODAY)
    assert articles(refused) == [ARTICLE]
    plan.refresh_from_db()
    assert plan.state == "registered"


def test_the_cell_secretarys_plan_is_confirmed_by_the_ward(world: World) -> None:
    head = world.member(world.cell5, "Nguyễn Thị Hoa", account=True)
    PostTerm.objects.create(member=head, unit=world.cell5, post=Post.CELL_SECRETARY, valid_from=date(2020, 1, 1))
    deputy = world.actor(Post.CELL_DEPUTY, world.cell5)
    plan = registered(world, head)
    with pytest.raises(ValidationError) as refused:
        confirm_plan(plan, actor=deputy, confirmed_on=TODAY)
    assert articles(refused) == [ARTICLE]
    assert confirm_plan(plan, actor=world.ward_secretary, confirmed_on=TODAY).state == "confirmed"


def test_several_are_confirmed_at_once_or_none_with_every_name(world: World) -> None:
    first, second = world.member(world.cell5, "Trần Văn Nhất"), world.member(world.cell5, "Trần Văn Nhì")
    ready, draft = registered(world, first), drafted(world, second)
    with pytest.raises(ValidationError) as refused:
        confirm_plans(world.cell5, actor=world.secretary, plans=[ready, draft], confirmed_on=TODAY)
    assert "Trần Văn Nhì" in " ".join(refused.value.messages)
    ready.refresh_from_db()
    assert ready.state == "registered"
    ready2 = register_plan(draft, actor=world.secretary, registered_on=REGISTERED)
    confirm_plans(world.cell5, actor=world.secretary, plans=[ready, ready2], confirmed_on=TODAY)
    assert set(Plan.objects.values_list("state", flat=True)) == {"confirmed"}


def test_plans_of_another_cell_are_not_confirmed_through_ones_own(world: World) -> None:
    theirs = registered(world, world.member(world.cell7), actor=world.secretary7)
    with pytest.raises(PermissionDenied):
        confirm_plans(world.cell5, actor=world.secretary, plans=[theirs], confirmed_on=TODAY)
    theirs.refresh_from_db()
    assert theirs.state == "registered"


# ------------------------------------------------------------------------------------------- transfer


def test_a_transferred_member_keeps_the_plan_and_the_new_cell_receives_it(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = confirm_plan(registered(world, member), actor=world.secretary, confirmed_on=TODAY)
    assert not visible_plans(world.secretary7).exists()
    transfer(world, member, date(2026, 7, 1))
    seen = plan_for(world.secretary7, plan.pk)
    assert seen.unit == world.cell5
    assert may_read(world.secretary7, seen)
    assert plan in visible_plans(world.secretary)
    with pytest.raises(PermissionDenied):
        conclude_plan(plan, actor=world.secretary7, result="good", concluded_on=date(2026, 12, 20))
    plan = receive_plan(member, actor=world.secretary7, plan=plan, received_on=date(2026, 7, 5))
    assert (plan.unit, plan.state, plan.year) == (world.cell7, "confirmed", 2026)
    assert (
        conclude_plan(plan, actor=world.secretary7, result="good", concluded_on=date(2026, 12, 20)).result == "good"
    )


def test_a_plan_is_received_only_from_elsewhere_and_never_by_the_member(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = registered(world, member)
    with pytest.raises(ValidationError):
        receive_plan(member, actor=world.secretary, plan=plan, received_on=TODAY)
    transfer(world, member, date(2026, 7, 1))
    with pytest.raises(PermissionDenied):
        receive_plan(member, actor=world.own(member), plan=plan, received_on=date(2026, 7, 5))
    plan.refresh_from_db()
    assert plan.unit == world.cell5


def test_the_old_cells_list_marks_who_has_gone_and_the_new_one_knows_the_plan(world: World) -> None:
    member = world.member(world.cell5)
    plan = registered(world, member)
    transfer(world, member, date(2026, 7, 1))
    year = Period.of_year(2026)
    (gone,) = people_of(scope_of(world.cell5, year, date(2026, 8, 1)))
    (here,) = people_of(scope_of(world.cell7, year, date(2026, 8, 1)))
    assert (gone.left, gone.missing, here.plan, here.missing) == (True, False, plan, False)


# ------------------------------------------------------------------------------------------- who reads


def test_who_reads_a_plan_and_who_only_sees_that_it_stands(world: World) -> None:
    member, other = world.member(world.cell5, account=True), world.member(world.cell5, "Trần Thị Bình", account=True)
    plan = registered(world, member)
    follower = world.actor(Post.FOLLOWER, world.cell5)
    readers = [world.own(member), world.secretary, world.ward_secretary, world.inspector]
    assert all(may_read(actor, plan_for(actor, plan.pk)) for actor in readers)
    assert not any(may_read(actor, plan_for(actor, plan.pk)) for actor in (world.clerk, follower))
    assert not any(plan in visible_plans(a) for a in (world.own(other), world.secretary7, world.stranger))


def test_a_draft_is_read_by_who_writes_it_alone(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = drafted(world, member)
    assert may_read(world.own(member), plan)
    assert may_read(world.secretary, plan)
    assert not any(may_read(actor, plan) for actor in (world.ward_secretary, world.inspector))


# --------------------------------------------------------------------------------------------- quality

COPY = Item(
    "5",
    "Mỗi tháng đến thăm hai gia đình chính sách trong tổ dân phố, nắm nguyện vọng để phản ánh",
    "24 lượt",
    date(2026, 12, 1),
)


def test_s0_11_a_near_copy_of_another_plan_of_the_cell_is_found_in_any_order(world: World) -> None:
    one = registered(world, world.member(world.cell5, "Trần Văn Nhất"), GOOD, COPY)
    two = registered(world, world.member(world.cell5, "Trần Văn Nhì"), COPY, GOOD)
    other = registered(
        world,
        world.member(world.cell5, "Trần Văn Tam"),
        Item("2", "Không hút thuốc ở nơi sinh hoạt chung của tổ", "0 lần", DEADLINE, on_theme=True),
    )
    elsewhere = registered(world, world.member(world.cell7), GOOD, COPY, actor=world.secretary7)
    found = weaknesses_of_cell(world.cell5.pk, 2026)
    assert {pk: [(w.flaw, w.other) for w in weak] for pk, weak in found.items()} == {
        one.pk: [("like_other", two.pk)],
        two.pk: [("like_other", one.pk)],
        other.pk: [],
    }
    assert elsewhere.pk not in found


def test_s0_11_last_years_own_plan_copied_is_found_also_in_a_draft(world: World) -> None:
    member = world.member(world.cell5, account=True)
    old = registered(world, member, GOOD, COPY, year=2025)
    plan = draft_plan(member, actor=world.own(member), campaign=campaign(world), made_on=DRAFTED, source=old)
    flaws = {weak.flaw: weak.other for weak in weaknesses_of_plan(plan)}
    assert flaws["like_last_year"] == old.pk
    assert "off_theme" in flaws


def test_the_same_suggestion_taken_by_two_is_no_copy(world: World) -> None:
    young = world.group("Đảng viên trẻ")
    suggest_items(
        campaign(world), actor=world.clerk, group=young, items=[SuggestedItem("5", COPY.statement, "24 lượt")]
    )
    one = registered(world, world.member(world.cell5, "Trần Văn Nhất"), COPY, GOOD)
    two = registered(world, world.member(world.cell5, "Trần Văn Nhì"), COPY)
    found = weaknesses_of_cell(world.cell5.pk, 2026)
    assert found[one.pk] == []
    assert [weak.flaw for weak in found[two.pk]] == ["off_theme", "only_suggested"]


def test_weaknesses_cost_the_same_queries_for_one_plan_and_many(
    world: World, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    registered(world, world.member(world.cell5, "Trần Văn Nhất"))
    with django_assert_max_num_queries(18) as one:
        weaknesses_of_cell(world.cell5.pk, 2026)
    for number in range(12):
        registered(world, world.member(world.cell5, f"Đảng Viên Số {number}"))
    with django_assert_num_queries(len(one)):
        assert len(weaknesses_of_cell(world.cell5.pk, 2026)) == 13


def test_what_the_night_kept_is_read_again_until_anything_it_rests_on_changes(world: World) -> None:
    """A plan written anew, a suggestion, a standard of the office: each is seen at once, not the next night."""
    cell, young = world.cell5.pk, world.group("Đảng viên trẻ")

    def found() -> dict[int, list[str]]:
        return {pk: [w.flaw.value for w in weak] for pk, weak in weaknesses_of_cell(cell, 2026).items()}

    def reads_the_texts() -> bool:
        with CaptureQueriesContext(connection) as asked:
            found()
        return any("plans_planitem" in query["sql"] for query in asked)

    def after_a_night() -> dict[int, list[str]]:
        fresh = found()
        keep_qualities(world.ward, actor=SETUP, today=TODAY)
        assert not reads_the_texts()
        assert found() == fresh
        return fresh

    one = registered(world, world.member(world.cell5, "Trần Văn Nhất"), GOOD, COPY)
    two = registered(world, world.member(world.cell5, "Trần Văn Nhì"), COPY, GOOD)
    assert after_a_night() == {one.pk: ["like_other"], two.pk: ["like_other"]}
    return_plan(two, actor=world.secretary, comment="Ghi việc của riêng mình.")
    write_plan(two, actor=world.secretary, items=[Item("2", "Giữ gìn đoàn kết trong khu phố")])
    bare = ["no_measure", "no_deadline", "off_theme"]
    assert after_a_night() == {one.pk: [], two.pk: bare}
    decide_setting(
        world.ward, actor=world.clerk, code="plans.least_words", value=9, effective_from=DRAFTED, source="Nghị quyết"
    )
    assert after_a_night()[two.pk] == ["no_measure", "no_deadline", "generic", "off_theme"]
    said = SuggestedItem("2", "Giữ gìn đoàn kết trong khu phố", "")
    suggest_items(campaign(world), actor=world.clerk, group=young, items=[said])
    assert after_a_night()[two.pk][-1] == "only_suggested"
    assert CellQuality.objects.filter(unit=cell).count() == 1


def test_the_querysets_of_the_figures_agree_with_the_reasons(world: World) -> None:
    good = registered(world, world.member(world.cell5, "Trần Văn Nhất"))
    weak = registered(world, world.member(world.cell5, "Trần Văn Nhì"), Item("2", "Giữ gìn đoàn kết"))
    draft = drafted(world, world.member(world.cell5, "Trần Văn Tam"), Item("2", "Nháp"))
    cells = [world.cell5.pk]
    assert set(plans_having(cells, 2026)) == {good, weak}
    for queryset in (plans_without_measure, plans_without_deadline, plans_off_theme):
        assert list(queryset(cells, 2026)) == [weak]
    assert draft.pk not in weaknesses_of_cell(world.cell5.pk, 2026)


def test_two_plans_stand_side_by_side_with_the_alike_passages_marked(world: World) -> None:
    one = registered(world, world.member(world.cell5, "Trần Văn Nhất"), GOOD)
    changed = Item("1", "Đọc tác phẩm “Sửa đổi lối làm việc”, ghi chép để tự soi lại mình hằng tuần")
    two = registered(world, world.member(world.cell5, "Trần Văn Nhì"), COPY, changed)
    first, second = items_side_by_side(one, two)
    assert (first.left[0].text, first.left[0].alike) == ("Đọc tác phẩm “Sửa đổi lối làm việc”, ghi chép", True)
    assert first.right[0].alike
    assert not first.right[-1].alike
    assert (second.left, second.right[0].text) == ([], COPY.statement)


# ---------------------------------------------------------------------------------------- cells, people


def test_s0_05_the_wards_list_counts_who_has_a_plan_in_each_cell(world: World) -> None:
    for number, member in enumerate(world.members(world.cell5, 4)):
        if number:
            registered(world, member)
    world.members(world.cell7, 2)
    first, second = cells_of(scope_of(world.ward, Period.of_year(2026), TODAY))
    assert (str(first.having.percent()), first.missing, first.waiting) == ("75", 1, 3)
    assert (second.having.part, second.having.base) == (0, 2)


def test_s0_14_the_exempt_are_on_the_list_and_not_missing(world: World) -> None:
    world.member(world.cell5, "Phạm Thị Già", condition="exempt")
    world.member(world.cell5, "Trần Văn Nhất")
    lines = people_of(scope_of(world.cell5, Period.of_year(2026), TODAY))
    assert [(line.member.full_name, line.missing) for line in lines] == [
        ("Phạm Thị Già", False),
        ("Trần Văn Nhất", True),
    ]
