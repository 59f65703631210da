"""The pages of the register: who sees which part of it."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from chibo.access.charter import Post
from chibo.access.models import User
from chibo.journal.models import Entry
from chibo.members.actions import amend_member
from chibo.members.models import Group, Member, Membership
from chibo.members.rules import DEFAULT_GROUPS, Condition
from tests.world import World

FILE = {"birth_date": date(1956, 3, 2), "phone": "0912345678", "citizen_id": "001056001234", "card_number": "12345"}


def url(name: str, *args: object, **query: str) -> str:
    tail = "&".join(f"{k}={v}" for k, v in query.items())
    return reverse(f"members:{name}", args=args) + (f"?{tail}" if tail else "")


def text_of(response) -> str:
    return response.content.decode()


# ------------------------------------------------------------------------------------------- the list


def test_the_list_opens_at_ones_own_unit(world: World, browser_of) -> None:
    response = browser_of(world.secretary).get(url("start"))
    assert response.url == url("index", world.cell5.pk)


def test_a_member_without_post_is_led_to_their_own_record(world: World, browser_of) -> None:
    an = world.member(world.cell5, account=True)
    browser = browser_of(world.own(an))
    assert browser.get(url("start")).url == url("own")
    assert browser.get(url("own")).url == url("member", an.pk)


def test_the_secretary_sees_files_of_the_own_cell(world: World, browser_of) -> None:
    world.member(world.cell5, "Nguyễn Văn An", **FILE)
    page = text_of(browser_of(world.secretary).get(url("index", world.cell5.pk)))
    assert "Nguyễn Văn An" in page
    assert "02/03/1956" in page
    assert "0912345678" in page
    assert "001056001234" not in page


def test_a_committee_member_sees_names_but_no_file(world: World, browser_of) -> None:
    an = world.member(world.cell5, "Nguyễn Văn An", **FILE)
    browser = browser_of(world.actor(Post.CELL_COMMITTEE, world.cell5))
    for address in (url("index", world.cell5.pk), url("member", an.pk)):
        page = text_of(browser.get(address))
        assert "Nguyễn Văn An" in page
        assert not any(secret in page for secret in ("1956", "0912345678", "001056001234", "1234", "12345"))


def test_the_workbook_obeys_the_same_rule(world: World, browser_of) -> None:
    world.member(world.cell5, "Nguyễn Văn An", **FILE)
    committee, secretary = world.actor(Post.CELL_COMMITTEE, world.cell5), world.secretary
    few = cells_of(browser_of(committee).get(url("index", world.cell5.pk, format="xlsx")))
    many = cells_of(browser_of(secretary).get(url("index", world.cell5.pk, format="xlsx")))
    assert "Nguyễn Văn An" in few & many
    assert "0912345678" in many
    assert not few & {"0912345678", "Ngày sinh", "Điện thoại", "02/03/1956"}
    assert "001056001234" not in few | many


def cells_of(response) -> set[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
    return {str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None}


def test_strangers_find_neither_list_nor_record(world: World, browser_of) -> None:
    an = world.member(world.cell5)
    addresses = [
        *(url(n, world.cell5.pk) for n in ("index", "admit", "take_in", "posts", "groups", "invite")),
        *(url(n, an.pk) for n in ("member", "amend", "change", "recognise", "transfer", "leaving")),
    ]
    other = world.member(world.cell7, "Người Chi Bộ Bảy", account=True)
    for actor in (world.secretary7, world.stranger, world.own(other)):
        browser = browser_of(actor)
        for address in addresses:
            assert browser.get(address).status_code == 404, (actor.user, address)
            assert browser.post(address, {"full_name": "x"}).status_code == 404, (actor.user, address)
        assert browser.post(url("reveal", an.pk)).status_code == 404


def test_the_anonymous_are_asked_to_log_in(world: World, client: Client) -> None:
    an = world.member(world.cell5)
    for address in (url("index", world.cell5.pk), url("member", an.pk), url("own")):
        assert client.get(address).url.startswith(reverse("account_login"))


def test_the_secretary_may_look_but_not_keep_the_register(world: World, browser_of) -> None:
    an = world.member(world.cell5)
    browser = browser_of(world.secretary)
    for address in (
        url("take_in", world.cell5.pk),
        url("take_over", world.cell5.pk),
        url("groups", world.cell5.pk),
        url("amend", an.pk),
        url("leaving", an.pk),
    ):
        assert browser.get(address).status_code == 403
        assert browser.post(address, {}).status_code == 403
    assert browser.post(url("posts", world.cell5.pk), {}).status_code == 403


def test_names_stand_in_vietnamese_order(world: World, browser_of) -> None:
    names = ["Trần Văn Ân", "Lê Thị Đào", "Bùi Văn An", "Đỗ Văn Dũng", "Phạm Thị Ánh", "Ngô Văn Anh"]
    for name in names:
        world.member(world.cell5, name)
    page = text_of(browser_of(world.secretary).get(url("index", world.cell5.pk)))
    shown = sorted(names, key=page.index)
    assert shown == ["Bùi Văn An", "Ngô Văn Anh", "Phạm Thị Ánh", "Trần Văn Ân", "Đỗ Văn Dũng", "Lê Thị Đào"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("đường", ["Nguyễn Văn Đường", "Lê Thị Dương"]),
        ("dương", ["Lê Thị Dương", "Nguyễn Văn Đường"]),
        ("duong", ["Lê Thị Dương", "Nguyễn Văn Đường"]),
        ("ĐƯỜNG", ["Nguyễn Văn Đường", "Lê Thị Dương"]),
    ],
)
def test_names_are_found_with_and_without_accents(world: World, browser_of, typed: str, expected: list[str]) -> None:
    for name in ("Nguyễn Văn Đường", "Lê Thị Dương", "Trần Văn Bình"):
        world.member(world.cell5, name)
    page = text_of(browser_of(world.secretary).get(url("index", world.cell5.pk, q=typed)))
    found = [name for name in ("Nguyễn Văn Đường", "Lê Thị Dương", "Trần Văn Bình") if f">{name}<" in page]
    assert sorted(found, key=page.index) == expected


def test_found_names_go_on_over_pages(world: World, browser_of) -> None:
    world.member(world.cell5, "Nguyễn Thị Đường")
    for number in range(60):
        world.member(world.cell5, f"Trần {number} Dương")
    browser = browser_of(world.secretary)
    first = browser.get(url("index", world.cell5.pk, q="đường"))
    assert text_of(first).index("Nguyễn Thị Đường") < text_of(first).index(" Dương<")
    after = first.context["shown"].next_after
    second = browser.get(reverse("members:index", args=[world.cell5.pk]), {"q": "đường", "after": after})
    assert len(first.context["shown"]) + len(second.context["shown"]) == 61


def test_chips_narrow_the_list(world: World, browser_of) -> None:
    group = world.group("Nghỉ hưu")
    old = world.member(world.cell5, "Người Nghỉ Hưu", condition=Condition.EXEMPT, **FILE)
    old.groups.add(group)
    world.member(world.cell5, "Người Đang Làm", phone="0912 000 111")
    browser = browser_of(world.clerk)

    def names(**asked: object) -> list[str]:
        response = browser.get(reverse("members:index", args=[world.ward.pk]), asked)
        return [row.full_name for row in response.context["shown"]]

    assert len(names()) == 2
    assert names(condition="exempt") == names(group=group.pk) == ["Người Nghỉ Hưu"]
    assert names(missing="birth_date") == ["Người Đang Làm"]
    assert names(cell=world.cell7.pk) == []
    assert len(names(standing="official")) == 2
    assert names(post="cell_secretary") == names(condition="left") == []
    assert len(names(condition="nonsense", group="x", cell="²")) == 2


def test_what_is_missing_is_no_question_for_who_sees_no_files(world: World, browser_of) -> None:
    world.member(world.cell5, **FILE)
    browser = browser_of(world.actor(Post.CELL_COMMITTEE, world.cell5))
    response = browser.get(url("index", world.cell5.pk, missing="phone"))
    assert len(response.context["shown"]) == 1
    assert "Còn thiếu" not in text_of(response)


def test_a_guest_is_listed_with_the_host_without_their_file(world: World, browser_of) -> None:
    guest = world.member(world.cell7, "Khách Từ Xa", **FILE)
    Membership.objects.create(
        member=guest,
        unit=world.cell5,
        standing="official",
        condition=Condition.TEMPORARY_HERE,
        valid_from=date(2025, 1, 1),
    )
    browser = browser_of(world.secretary)
    for address in (url("index", world.cell5.pk), url("member", guest.pk)):
        page = text_of(browser.get(address))
        assert "Khách Từ Xa" in page
        assert "0912345678" not in page


def test_lists_ask_as_often_for_one_as_for_thirty(world: World, browser_of, django_assert_num_queries) -> None:
    secretary = browser_of(world.secretary)
    counts = []
    for more in (1, 2, 27):
        for member in world.members(world.cell5, more):
            member.groups.add(world.group("Nghỉ hưu"))
        with CaptureQueries() as queries:
            secretary.get(url("index", world.cell5.pk))
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


class CaptureQueries:
    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.inner = CaptureQueriesContext(connection)
        self.inner.__enter__()
        return self.inner

    def __exit__(self, *args) -> None:
        self.inner.__exit__(*args)


# ------------------------------------------------------------------------------------------ the record


def test_the_personal_number_is_masked_and_each_look_is_written_down(world: World, browser_of) -> None:
    an = world.member(world.cell5, **FILE)
    browser = browser_of(world.clerk)
    page = text_of(browser.get(url("member", an.pk)))
    assert "•••• •••• 1234" in page
    assert "001056001234" not in page
    before = Entry.objects.filter(verb="members.reveal_citizen_id").count()
    shown = browser.post(url("reveal", an.pk))
    assert "001056001234" in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    line = Entry.objects.latest("seq")
    assert (line.verb, line.user, line.subject) == (
        "members.reveal_citizen_id",
        world.clerk.user,
        f"members.member:{an.pk}",
    )
    assert "001056001234" not in str(line.details)
    assert Entry.objects.filter(verb="members.reveal_citizen_id").count() == before + 1
    assert "001056001234" not in text_of(browser.get(url("member", an.pk)))


def test_a_member_reads_who_looked_at_their_file_and_who_changed_what(world: World, browser_of) -> None:
    an = world.member(world.cell5, account=True, **FILE)
    browser_of(world.clerk).post(url("reveal", an.pk))
    amend_member(an, actor=world.clerk, phone="0912000111", occupation="Tổ trưởng tổ dân phố")
    browser = browser_of(world.own(an))
    assert url("history", an.pk) in text_of(browser.get(url("member", an.pk)))
    shown = text_of(browser.get(url("history", an.pk)))
    for words in ("Trần Thị Văn Phòng", "xem số định danh", "sửa hồ sơ đảng viên", "Tổ trưởng tổ dân phố"):
        assert words in shown
    assert "0912000111" not in shown, "what is private shows a dot"
    assert "xem số định danh" in text_of(browser.get(reverse("desk:journal")))
    other = browser_of(world.own(world.member(world.cell5, "Trần Văn Bình", account=True)))
    assert other.get(url("history", an.pk)).status_code == 404
    assert "xem số định danh" not in text_of(other.get(reverse("desk:journal")))


def test_the_secretary_may_not_reveal(world: World, browser_of) -> None:
    an = world.member(world.cell5, **FILE)
    assert browser_of(world.secretary).post(url("reveal", an.pk)).status_code == 403
    assert browser_of(world.secretary).get(url("reveal", an.pk)).status_code == 405


def test_a_member_sees_the_own_file(world: World, browser_of) -> None:
    an = world.member(world.cell5, account=True, **FILE)
    page = text_of(browser_of(world.own(an)).get(url("member", an.pk)))
    assert "02/03/1956" in page
    assert "0912345678" in page
    assert "Sửa, bổ sung" not in page


def test_taking_in_by_form_and_a_refusal_keeps_what_was_typed(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    typed = {
        "full_name": "Lê Thị Hoa",
        "since": "1/2/2024",
        "standing": "official",
        "condition": "active",
        "birth_date": "1956",
    }
    refused = browser.post(url("take_in", world.cell5.pk), {**typed, "since": "1/2/2009"})
    assert refused.status_code == 422
    assert "Lê Thị Hoa" in text_of(refused)
    assert "chi bộ chưa thành lập" in text_of(refused)
    assert not Member.objects.exists()
    browser.post(url("take_in", world.cell5.pk), typed)
    hoa = Member.objects.get()
    assert (hoa.birth_date, hoa.birth_precision) == (date(1956, 1, 1), "year")
    page = text_of(browser.get(url("member", hoa.pk)))
    assert "1956" in page
    assert "01/01/1956" not in page


def test_a_double_submit_takes_in_once(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    typed = {
        "full_name": "Lê Thị Hoa",
        "since": "1/2/2024",
        "standing": "official",
        "condition": "active",
        "once": "abc",
    }
    first, second = (browser.post(url("take_in", world.cell5.pk), typed) for _ in range(2))
    assert first.url == second.url
    assert Member.objects.count() == 1


def test_the_second_editor_sees_what_the_first_one_stored(world: World, browser_of) -> None:
    an = world.member(world.cell5, phone="0911 111 111")
    browser = browser_of(world.clerk)
    form = {"full_name": an.full_name, "phone": "0922 222 222", "seen_version": an.version}
    assert browser.post(url("amend", an.pk), form).status_code == 302
    second = browser.post(url("amend", an.pk), {**form, "phone": "0933 333 333"})
    assert second.status_code == 422
    assert "0922 222 222" in text_of(second)
    assert "0933 333 333" in text_of(second)
    an.refresh_from_db()
    assert an.phone == "0922 222 222"


def test_amending_keeps_the_number_that_is_not_typed_again(world: World, browser_of) -> None:
    an = world.member(world.cell5, **FILE)
    browser = browser_of(world.clerk)
    assert "001056001234" not in text_of(browser.get(url("amend", an.pk)))
    browser.post(url("amend", an.pk), {"full_name": "Nguyễn Văn Ân", "birth_date": "5/1956", "citizen_id": ""})
    an.refresh_from_db()
    assert (an.full_name, an.citizen_id, an.birth_precision) == ("Nguyễn Văn Ân", "001056001234", "month")


def test_every_form_opens(world: World, browser_of) -> None:
    an = world.member(world.cell5, standing="probationary", admitted_on=date(2025, 1, 1))
    browser = browser_of(world.clerk)
    for name in ("amend", "change", "recognise", "transfer", "leaving"):
        assert browser.get(url(name, an.pk)).status_code == 200, name
        assert browser.post(url(name, an.pk), {}).status_code == 422, name
    for name in ("admit", "take_in", "take_over", "posts", "groups", "invite"):
        for unit in (world.cell5, world.ward):
            assert browser.get(url(name, unit.pk)).status_code == 200, name


def test_changes_by_form(world: World, browser_of) -> None:
    an = world.member(world.cell5, "Nguyễn Văn An", standing="probationary", admitted_on=date(2024, 1, 1))
    browser = browser_of(world.clerk)
    assert browser.post(url("recognise", an.pk), {"on": "31/12/2024"}).status_code == 422
    assert browser.post(url("recognise", an.pk), {"on": "1/1/2025"}).status_code == 302
    asked = {"condition": "elsewhere", "on": "1/3/2025", "host": world.cell7.pk}
    assert browser.post(url("change", an.pk), asked).status_code == 302
    assert browser.post(url("transfer", an.pk), {"to": world.cell7.pk, "on": "1/4/2025"}).status_code == 302
    assert browser.post(url("leaving", an.pk), {"leaving": "removed", "last_day": "1/5/2025"}).status_code == 302
    page = text_of(browser.get(url("member", an.pk)))
    assert "Xóa tên" in page
    assert "Đã rời đảng bộ" in page
    gone = browser.get(url("index", world.cell7.pk, condition="left"))
    assert [m.full_name for m in gone.context["shown"]] == ["Nguyễn Văn An"]


def test_a_cell_of_another_ward_is_no_choice(world: World, browser_of) -> None:
    an = world.member(world.cell5)
    response = browser_of(world.clerk).post(url("transfer", an.pk), {"to": world.other_cell.pk, "on": "1/4/2025"})
    assert response.status_code == 422
    an.refresh_from_db()
    assert an.unit == world.cell5


# --------------------------------------------------------------------------------- posts, groups, slips


def test_a_post_is_given_and_ended_by_form(world: World, browser_of) -> None:
    an = world.member(world.cell5, "Nguyễn Văn An")
    browser = browser_of(world.clerk)
    given = browser.post(
        url("posts", world.cell5.pk),
        {"member": an.pk, "post": "cell_secretary", "valid_from": "1/2/2025", "term": "2025–2027"},
    )
    assert given.status_code == 302
    term = an.post_terms.get()
    assert "Nguyễn Văn An" in text_of(browser.get(url("posts", world.cell5.pk)))
    assert browser.get(url("end_term", term.pk)).status_code == 200
    assert browser.post(url("end_term", term.pk), {"last_day": "1/1/2025"}).status_code == 422
    assert browser.post(url("end_term", term.pk), {"last_day": "1/6/2025"}).status_code == 302
    for actor in (world.secretary7, world.stranger):
        assert browser_of(actor).get(url("end_term", term.pk)).status_code == 404


def test_a_whole_cell_is_sorted_into_groups_on_one_page(world: World, browser_of) -> None:
    groups = [Group.objects.create(unit=world.ward, name=name, order=n) for n, name in enumerate(DEFAULT_GROUPS)]
    old = world.member(world.cell5, "Bùi Văn An", staff_kind="retired")
    young = world.member(world.cell5, "Lê Thị Bình", birth_date=date(2000, 1, 1))
    browser = browser_of(world.clerk)
    page = text_of(browser.get(url("groups", world.cell5.pk, propose="1")))
    assert f'name="m{old.pk}" value="{groups[3].pk}" checked' in page
    assert f'name="m{young.pk}" value="{groups[4].pk}" checked' in page
    assert not old.groups.exists()
    browser.post(url("groups", world.cell5.pk), {f"m{old.pk}": [groups[3].pk, groups[0].pk]})
    assert set(old.groups.all()) == {groups[3], groups[0]}
    browser.post(url("groups", world.cell5.pk), {"name": "Bộ đội xuất ngũ"})
    assert Group.objects.get(name="Bộ đội xuất ngũ").unit == world.ward


def test_slips_show_each_code_once(world: World, browser_of) -> None:
    an, binh = world.member(world.cell5, "Nguyễn Văn An"), world.member(world.cell5, "Trần Thị Bình")
    browser = browser_of(world.secretary)
    assert "Chưa có tài khoản" in text_of(browser.get(url("invite", world.cell5.pk)))
    slips = browser.post(url("invite", world.cell5.pk), {"members": [an.pk, binh.pk]})
    page = text_of(slips)
    assert "an.nguyenvan" in page
    assert "binh.tranthi" in page
    codes = [slip.code for slip in slips.context["slips"]]
    assert all(code in page for code in codes)
    assert page.count("<svg") >= 2
    assert "style=" not in page
    assert User.objects.filter(username="an.nguyenvan").exists()
    assert all(code.replace(" ", "") not in str(list(User.objects.values())) for code in codes)
    assert not any(code in text_of(browser.get(url("invite", world.cell5.pk))) for code in codes)


def test_inviting_nobody_is_said(world: World, browser_of) -> None:
    world.member(world.cell5)
    response = browser_of(world.secretary).post(url("invite", world.cell5.pk), {})
    assert response.status_code == 422
    assert "Hãy chọn ít nhất một đồng chí" in text_of(response)
