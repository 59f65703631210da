"""Members come, change and leave; posts and slips: each outcome, and that a refusal changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from chibo.access.charter import Can, Post
from chibo.access.models import Grant, Invitation, User
from chibo.access.selectors import actor_of
from chibo.journal.models import Entry
from chibo.members.actions import (
    admit_member,
    amend_member,
    appoint,
    change_condition,
    end_term,
    invite_members,
    join_group,
    leave_group,
    recognise_official,
    record_leaving,
    sort_into_groups,
    take_in_member,
    take_over_members,
    transfer_member,
)
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import Condition
from chibo.members.selectors import counted_on, expected_on, holder_of, member_of
from chibo.members.selectors.offers import errands_of, found_by
from chibo.units.actions import decide_setting, merge_units
from tests.world import LONG_AGO, World

JAN, FEB, MARCH, MAY = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1), date(2025, 5, 1)


def snapshot() -> list[list]:
    models = (Member, Membership, PostTerm, Grant, User, Invitation, Member.groups.through)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return [*rows, Entry.objects.count()]


def refused(field: str, act, *args, article: str = "", **kwargs) -> None:
    """The action names this field and article, and changes nothing."""
    before = snapshot()
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    assert field in refusal.value.error_dict, refusal.value
    if article:
        assert article in str(refusal.value)
    assert snapshot() == before


def stays(member: Member) -> list[tuple]:
    rows = member.memberships.order_by("valid_from", "pk")
    return [(r.unit.key, r.standing, r.condition, r.valid_from, r.valid_to, r.leaving) for r in rows]


# ------------------------------------------------------------------------------------ coming, changing


def test_an_admitted_member_is_on_probation_from_that_day(world: World) -> None:
    an = admit_member(world.cell5, actor=world.clerk, full_name="  Nguyễn  Văn An ", on=JAN, sex="male")
    assert (an.full_name, an.admitted_on, an.official_on) == ("Nguyễn Văn An", JAN, None)
    assert stays(an) == [("sm-5", "probationary", "active", JAN, None, "")]


def test_names_are_stored_composed(world: World) -> None:
    an = admit_member(world.cell5, actor=world.clerk, full_name="Nguyê\u0303n Văn A\u0301nh", on=JAN)
    assert an.full_name == "Nguyễn Văn Ánh"


def test_a_minor_is_not_admitted(world: World) -> None:
    asked = {"actor": world.clerk, "full_name": "Nguyễn Văn An", "on": JAN, "birth_date": date(2008, 1, 1)}
    refused("admitted_on", admit_member, world.cell5, article="Điều 1", **asked)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"since": date(2009, 1, 1)}, "since"),
        ({"since": date(2199, 1, 1)}, "since"),
        ({"citizen_id": "123"}, "citizen_id"),
        ({"sex": "x"}, "sex"),
        ({"full_name": "  "}, "full_name"),
        ({"full_name": "A" * 81}, "full_name"),
    ],
)
def test_a_wrong_entry_takes_nobody_in(world: World, wrong: dict, field: str) -> None:
    asked = {"actor": world.clerk, "full_name": "Lê Thị Hoa", "since": JAN}
    refused(field, take_in_member, world.cell5, **{**asked, **wrong})


def test_a_ward_takes_nobody_in(world: World) -> None:
    refused("__all__", take_in_member, world.ward, actor=world.clerk, full_name="Lê Thị Hoa", since=JAN)


def test_a_number_in_use_is_refused(world: World) -> None:
    world.member(world.cell7, citizen_id="001056001234", card_number="11")
    asked = {"actor": world.clerk, "full_name": "Lê Thị Hoa", "since": JAN}
    refused("citizen_id", take_in_member, world.cell5, citizen_id="001 056 001 234", **asked)
    refused("card_number", take_in_member, world.cell5, card_number="11", **asked)


def test_the_secretary_keeps_no_register(world: World) -> None:
    with pytest.raises(PermissionDenied):
        take_in_member(world.cell5, actor=world.secretary, full_name="Lê Thị Hoa", since=JAN)
    with pytest.raises(PermissionDenied):
        take_in_member(world.other_cell, actor=world.clerk, full_name="Lê Thị Hoa", since=JAN)


def test_official_twelve_months_after_the_admission(world: World) -> None:
    an = admit_member(world.cell5, actor=world.clerk, full_name="Nguyễn Văn An", on=date(2024, 1, 15))
    refused("on", recognise_official, an, actor=world.clerk, on=date(2025, 1, 14), article="Điều lệ Đảng, Điều 5")
    recognise_official(an, actor=world.clerk, on=date(2025, 1, 15))
    an.refresh_from_db()
    assert an.official_on == date(2025, 1, 15)
    assert stays(an) == [
        ("sm-5", "probationary", "active", date(2024, 1, 15), date(2025, 1, 14), "changed"),
        ("sm-5", "official", "active", date(2025, 1, 15), None, ""),
    ]
    refused("__all__", recognise_official, an, actor=world.clerk, on=MAY)


def test_the_length_of_the_probation_is_a_setting(world: World) -> None:
    an = admit_member(world.cell5, actor=world.clerk, full_name="Nguyễn Văn An", on=date(2024, 1, 15))
    code = {"code": "members.probation_months", "effective_from": LONG_AGO, "source": "Thử"}
    decide_setting(world.ward, actor=world.clerk, value=6, **code)
    recognise_official(an, actor=world.clerk, on=date(2024, 7, 15))


def test_who_goes_elsewhere_counts_at_home_and_is_expected_with_the_host(world: World) -> None:
    an = world.member(world.cell5)
    change_condition(an, actor=world.clerk, condition=Condition.TEMPORARY_ELSEWHERE, on=JAN, host=world.cell7)
    here, there = [world.cell5.pk], [world.cell7.pk]
    assert (counted_on(FEB, here).count(), counted_on(FEB, there).count()) == (1, 0)
    assert (expected_on(FEB, here).count(), expected_on(FEB, there).count()) == (0, 1)
    change_condition(an, actor=world.clerk, condition=Condition.ACTIVE, on=MARCH)
    assert (expected_on(MARCH, here).count(), expected_on(MARCH, there).count()) == (1, 0)
    refused("on", change_condition, an, actor=world.clerk, condition=Condition.EXEMPT, on=FEB)
    refused("condition", change_condition, an, actor=world.clerk, condition=Condition.ACTIVE, on=MAY)


def test_nobody_is_sent_to_a_cell_the_actor_does_not_keep(world: World) -> None:
    an = world.member(world.cell5)
    with pytest.raises(PermissionDenied):
        change_condition(an, actor=world.clerk, condition="elsewhere", on=JAN, host=world.other_cell)
    with pytest.raises(PermissionDenied):
        transfer_member(an, actor=world.clerk, to=world.other_cell, on=JAN)
    assert len(stays(an)) == 1


def test_a_transfer_ends_the_old_membership_the_day_before_and_the_posts_there(world: World) -> None:
    an = world.member(world.cell5, account=True)
    appoint(world.cell5, actor=world.clerk, member=an, post=Post.CELL_DEPUTY, valid_from=JAN)
    transfer_member(an, actor=world.clerk, to=world.cell7, on=MARCH)
    an.refresh_from_db()
    assert an.unit == world.cell7
    assert stays(an) == [
        ("sm-5", "official", "active", LONG_AGO, date(2025, 2, 28), "transferred"),
        ("sm-7", "official", "active", MARCH, None, ""),
    ]
    assert an.post_terms.get().valid_to == date(2025, 2, 28)
    assert actor_of(an.account).grants == ()
    refused("to", transfer_member, an, actor=world.clerk, to=world.cell7, on=MAY)


def test_a_guest_who_stays_for_good_becomes_active_there(world: World) -> None:
    an = world.member(world.cell5)
    change_condition(an, actor=world.clerk, condition="elsewhere", on=JAN, host=world.cell7)
    transfer_member(an, actor=world.clerk, to=world.cell7, on=MARCH)
    assert stays(an)[-1] == ("sm-7", "official", "active", MARCH, None, "")
    assert Membership.objects.filter(valid_to__isnull=True).count() == 1


def test_an_exempt_member_stays_exempt_in_the_new_cell(world: World) -> None:
    an = world.member(world.cell5, condition=Condition.EXEMPT)
    transfer_member(an, actor=world.clerk, to=world.cell7, on=MARCH)
    assert stays(an)[-1][2] == "exempt"


def test_who_leaves_holds_no_post_and_no_account(world: World) -> None:
    an = world.member(world.cell5, account=True)
    appoint(world.cell5, actor=world.clerk, member=an, post=Post.CELL_SECRETARY, valid_from=JAN)
    record_leaving(an, actor=world.clerk, leaving="expelled", last_day=MARCH, note="QĐ 5")
    an.refresh_from_db()
    assert stays(an)[-1][-2:] == (MARCH, "expelled")
    assert holder_of(Post.CELL_SECRETARY, world.cell5.pk, MAY) is None
    assert not an.account.is_active
    refused("__all__", record_leaving, an, actor=world.clerk, leaving="removed", last_day=MAY)
    refused("__all__", change_condition, an, actor=world.clerk, condition="active", on=MAY)


def test_who_left_comes_back_as_the_same_person(world: World) -> None:
    an = world.member(world.cell5, "Nguyễn Văn An", citizen_id="001056001234")
    asked = {"actor": world.clerk, "full_name": "Nguyễn Văn An", "citizen_id": "001056001234"}
    refused("citizen_id", take_in_member, world.cell7, since=MAY, **asked)
    record_leaving(an, actor=world.clerk, leaving="transferred", last_day=JAN)
    refused("since", take_in_member, world.cell7, since=JAN, **asked)
    refused("citizen_id", take_in_member, world.cell7, since=MAY, **{**asked, "full_name": "Người Khác Hẳn"})
    back = take_in_member(world.cell7, since=MAY, **asked)
    assert back.pk == an.pk
    assert [row[0] for row in stays(back)] == ["sm-5", "sm-7"]


def test_amending_agrees_with_the_memberships(world: World) -> None:
    an = world.member(world.cell5)
    amend_member(an, actor=world.clerk, full_name="Nguyễn Văn Ân", phone="0912345678")
    an.refresh_from_db()
    assert (an.full_name, an.search_key, an.version) == ("Nguyễn Văn Ân", "nguyen van an", 1)
    refused("admitted_on", amend_member, an, actor=world.clerk, admitted_on=JAN)
    probationer = world.member(world.cell5, "Lê Thị Hoa", standing="probationary")
    refused("official_on", amend_member, probationer, actor=world.clerk, official_on=JAN)


def test_the_personal_number_stands_in_no_journal_line(world: World) -> None:
    an = take_in_member(world.cell5, actor=world.clerk, full_name="Lê Thị Hoa", since=JAN, citizen_id="001056001234")
    amend_member(an, actor=world.clerk, citizen_id="001056009999")
    assert not any("00105600" in str(line.details) for line in Entry.objects.all())


def test_the_journal_tells_that_a_file_was_changed_but_not_what_it_holds(world: World) -> None:
    """The inspection commission reads the journal and no personal files."""
    an = world.member(world.cell5)
    amend_member(an, actor=world.clerk, phone="0912345678", birth_date=date(1956, 3, 2), address="Ngõ 5")
    assert not any(secret in str(Entry.objects.latest("seq").details) for secret in ("0912345678", "1956", "Ngõ 5"))


def test_the_members_of_merged_cells_go_on_in_the_new_one(world: World) -> None:
    an, binh = world.member(world.cell5, "Nguyễn Văn An"), world.member(world.cell7, "Trần Thị Bình")
    asked = {"actor": world.clerk, "source": world.cell5, "on": JAN}
    refused("on", take_over_members, world.cell7, **asked)
    merged = merge_units(
        world.ward, actor=world.clerk, units=[world.cell5, world.cell7], name="Chi bộ 5-7", key="sm-57", on=JAN
    )
    assert {errand.url for errand in errands_of(world.clerk, MAY)} == {reverse("members:take_over", args=[merged.pk])}
    for cell in (world.cell5, world.cell7):
        take_over_members(merged, actor=world.clerk, source=cell, on=JAN)
    assert set(counted_on(JAN, [merged.pk]).values_list("member", flat=True)) == {an.pk, binh.pk}
    assert counted_on(date(2024, 12, 31), [world.cell5.pk]).count() == 1
    assert list(errands_of(world.clerk, MAY)) == []
    refused("source", take_over_members, merged, **asked)


def test_the_desk_tells_when_a_probation_is_over(world: World) -> None:
    an = admit_member(world.cell5, actor=world.clerk, full_name="Nguyễn Văn An", on=date(2024, 1, 15))
    (errand,) = errands_of(world.clerk, MAY)
    assert (errand.due, errand.url) == (date(2025, 1, 15), reverse("members:recognise", args=[an.pk]))
    assert list(errands_of(world.secretary, MAY)) == []


def test_the_search_finds_people_one_may_see_accents_first(world: World) -> None:
    for name in ("Lê Thị Dương", "Nguyễn Văn Đường"):
        world.member(world.cell5, name)
    world.member(world.other_cell, "Trần Văn Đường")
    hits = sorted(found_by(world.secretary, "đường"), key=lambda hit: hit.rank)
    assert [hit.label for hit in hits] == ["Nguyễn Văn Đường", "Lê Thị Dương"]
    assert list(found_by(world.secretary7, "đường")) == []


# ----------------------------------------------------------------------------------------------- posts


def test_a_post_gives_its_powers_to_the_members_account(world: World) -> None:
    an = world.member(world.cell5, account=True)
    term = appoint(
        world.cell5, actor=world.clerk, member=an, post=Post.CELL_SECRETARY, valid_from=JAN, term="2025–2027"
    )
    assert world.own(an).may(Can.CLOSE_MEETINGS, world.cell5)
    end_term(term, actor=world.clerk, last_day=MARCH)
    assert not world.own(an).may(Can.CLOSE_MEETINGS, world.cell5)
    refused("__all__", end_term, term, actor=world.clerk, last_day=MAY)


def test_two_secretaries_at_once_are_an_objection_unless_one_ends(world: World) -> None:
    hoa, minh = world.member(world.cell5, "Lê Thị Hoa", account=True), world.member(world.cell5, "Đỗ Văn Minh")
    appoint(world.cell5, actor=world.clerk, member=hoa, post=Post.CELL_SECRETARY, valid_from=JAN)
    asked = {"actor": world.clerk, "member": minh, "post": Post.CELL_SECRETARY}
    refused("ends_previous", appoint, world.cell5, valid_from=MARCH, **asked)
    appoint(world.cell5, valid_from=MARCH, ends_previous=True, **asked)
    assert holder_of(Post.CELL_SECRETARY, world.cell5.pk, date(2025, 2, 28)) == hoa
    assert holder_of(Post.CELL_SECRETARY, world.cell5.pk, MARCH) == minh
    assert not world.own(hoa).may(Can.CLOSE_MEETINGS, world.cell5)


def test_a_term_of_the_past_may_be_entered_beside_the_present_one(world: World) -> None:
    hoa, minh = world.member(world.cell5, "Lê Thị Hoa"), world.member(world.cell5, "Đỗ Văn Minh")
    appoint(world.cell5, actor=world.clerk, member=hoa, post=Post.CELL_SECRETARY, valid_from=JAN)
    past = {"valid_from": date(2020, 1, 1), "valid_to": date(2024, 12, 31)}
    appoint(world.cell5, actor=world.clerk, member=minh, post=Post.CELL_SECRETARY, **past)
    assert PostTerm.objects.count() == 2


def test_posts_are_for_official_members_of_the_place(world: World) -> None:
    probationer = world.member(world.cell5, standing="probationary")
    outsider = world.member(world.other_cell)
    seven = world.member(world.cell7)
    asked = {"actor": world.clerk, "valid_from": JAN}
    refused("member", appoint, world.cell5, member=probationer, post=Post.CELL_DEPUTY, article="Điều 3", **asked)
    refused("member", appoint, world.cell5, member=seven, post=Post.CELL_DEPUTY, **asked)
    refused("member", appoint, world.ward, member=outsider, post=Post.WARD_COMMITTEE, **asked)
    appoint(world.ward, member=seven, post=Post.WARD_COMMITTEE, **asked)
    appoint(world.cell5, member=seven, post=Post.FOLLOWER, **asked)


def test_the_cells_secretary_appoints_nobody(world: World) -> None:
    an = world.member(world.cell5)
    with pytest.raises(PermissionDenied):
        appoint(world.cell5, actor=world.secretary, member=an, post=Post.CELL_DEPUTY, valid_from=JAN)


# -------------------------------------------------------------------------------------------- invitations


def test_an_account_is_the_persons_own_and_gets_the_posts_held(world: World) -> None:
    an = world.member(world.cell5, "Nguyễn Văn An")
    world.account("x")
    User.objects.create(username="an.nguyenvan", name="Một người khác")
    appoint(world.cell5, actor=world.clerk, member=an, post=Post.CELL_DEPUTY, valid_from=JAN)
    (slip,) = invite_members(world.cell5, actor=world.secretary, members=[an])
    an.refresh_from_db()
    assert an.account == slip.user
    assert slip.user.username == "an.nguyenvan2"
    assert not slip.user.has_usable_password()
    assert actor_of(slip.user).grants == ((Post.CELL_DEPUTY, world.cell5.path),)
    assert member_of(actor_of(slip.user)) == an


def test_a_second_slip_opens_no_second_account(world: World) -> None:
    an = world.member(world.cell5)
    (first,) = invite_members(world.cell5, actor=world.secretary, members=[an])
    (second,) = invite_members(world.cell5, actor=world.secretary, members=[an])
    assert first.user == second.user
    assert first.printed_code != second.printed_code
    assert Invitation.objects.count() == 1


def test_a_secretary_invites_only_the_own_cell(world: World) -> None:
    seven = world.member(world.cell7)
    refused("members", invite_members, world.cell5, actor=world.secretary, members=[seven])
    with pytest.raises(PermissionDenied):
        invite_members(world.cell7, actor=world.secretary, members=[seven])


@pytest.mark.parametrize("with_account", [True, False])
def test_a_secretary_never_invites_who_holds_a_post_above(world: World, with_account: bool) -> None:
    """Whoever prints the slip could use it, and would hold the ward's powers."""
    chief = world.member(world.cell5, "Lê Văn Trưởng", account=with_account)
    appoint(world.ward, actor=world.clerk, member=chief, post=Post.WARD_SECRETARY, valid_from=JAN)
    refused("members", invite_members, world.cell5, actor=world.secretary, members=[chief])
    (slip,) = invite_members(world.cell5, actor=world.clerk, members=[chief])
    assert actor_of(slip.user).may(Can.LEAD_PROGRAMMES, world.ward)


def test_a_secretary_never_takes_over_an_account_with_a_grant_above(world: World) -> None:
    clerk = world.clerk
    an = world.member(world.cell5, "Trần Thị Văn Phòng")
    an.account = clerk.user
    an.save()
    refused("members", invite_members, world.cell5, actor=world.secretary, members=[an])


def test_one_refused_slip_opens_no_account_for_the_others(world: World) -> None:
    an, seven = world.member(world.cell5), world.member(world.cell7, "Người Khác")
    refused("members", invite_members, world.cell5, actor=world.secretary, members=[an, seven])


def test_the_validity_of_a_slip_is_a_setting(world: World) -> None:
    code = {"code": "members.invitation_days", "effective_from": LONG_AGO, "source": "Thử"}
    decide_setting(world.ward, actor=world.clerk, value=7, **code)
    (slip,) = invite_members(world.cell5, actor=world.secretary, members=[world.member(world.cell5)])
    assert 6 <= (slip.expires_at - Entry.objects.latest("seq").at).days <= 7


# ---------------------------------------------------------------------------------------------- groups


def test_groups_are_filled_and_emptied(world: World) -> None:
    group, an, seven = world.group("Nghỉ hưu"), world.member(world.cell5), world.member(world.cell7)
    join_group(group, actor=world.clerk, members=[an, seven])
    join_group(group, actor=world.clerk, members=[an])
    assert set(group.members.all()) == {an, seven}
    leave_group(group, actor=world.clerk, members=[seven])
    assert set(group.members.all()) == {an}
    sort_into_groups(world.cell5, actor=world.clerk, groups={an: []})
    assert not an.groups.exists()


def test_a_group_takes_nobody_from_another_ward(world: World) -> None:
    outsider = world.member(world.other_cell)
    refused("members", join_group, world.group("Nghỉ hưu"), actor=world.clerk, members=[outsider])
    foreign = Group.objects.create(unit=world.other_ward, name="Nghỉ hưu")
    an = world.member(world.cell5)
    refused("members", sort_into_groups, world.cell5, actor=world.clerk, groups={an: [foreign]})
