"""Getting in and out: log-in, slips, the first set-up, one's own account."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chibo.access.actions import claim_account, close_account, invite, open_account
from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.access.models import Invitation, User
from chibo.access.selectors import actor_of, hash_of_code
from chibo.journal.models import Entry
from chibo.members.models import Group
from chibo.members.rules import DEFAULT_GROUPS
from chibo.units.models import Unit
from tests.world import World, plant_centre

PASSWORD = "một câu ngắn dễ nhớ"
LOGIN, CLAIM, SETUP = reverse("account_login"), reverse("access:claim"), reverse("opening:setup")


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


def invited(world: World, name: str = "Nguyễn Văn An") -> tuple[User, str]:
    user = open_account(world.cell5, actor=world.secretary, username="an.nguyenvan", name=name)
    return user, invite(world.cell5, actor=world.secretary, user=user).printed_code


def with_password(world: World) -> User:
    user = world.account("Nguyễn Văn An")
    user.set_password(PASSWORD)
    user.save()
    return user


def claiming(client: Client, code: str, password: str = PASSWORD, again: str | None = None):
    return client.post(CLAIM, {"code": code, "password": password, "again": again or password})


# -------------------------------------------------------------------------------------------- log-in


def test_the_right_password_leads_in(world: World, client: Client) -> None:
    user = with_password(world)
    answer = client.post(LOGIN, {"login": user.username.upper(), "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(world: World, client: Client) -> None:
    user = with_password(world)
    answers = [client.post(LOGIN, {"login": name, "password": "không phải"}) for name in (user.username, "khongco")]
    for answer in answers:
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_guessing_passwords_is_slowed_down(world: World, client: Client) -> None:
    user = with_password(world)
    for _ in range(5):
        client.post(LOGIN, {"login": user.username, "password": "đoán"})
    answer = client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    assert "Đã thử sai nhiều lần" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_lets_nobody_in(world: World, client: Client) -> None:
    user = with_password(world)
    close_account(world.cell5, actor=world.clerk, user=user)
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_the_log_in_page_offers_slips_and_no_sign_up(world: World, client: Client) -> None:
    world.account("Ai đó")
    page = client.get(LOGIN).content.decode()
    assert CLAIM in page
    assert "Tôi có phiếu mời" in page
    assert "signup" not in page
    assert client.get("/account/signup/").status_code in (302, 404)


def test_logging_out_needs_a_post(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    assert "Đăng xuất?" in browser.get(reverse("account_logout")).content.decode()
    assert "_auth_user_id" in browser.session
    assert browser.post(reverse("account_logout")).url == LOGIN
    assert "_auth_user_id" not in browser.session


# --------------------------------------------------------------------------------------------- slips


def test_a_slip_sets_the_password_once_and_leads_in(world: World, client: Client) -> None:
    user, code = invited(world)
    spoken = f"{code[:4].lower()} {code[4:8]}-{code[8:]}"
    assert claiming(client, spoken).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    again = claiming(Client(), code, "một câu hoàn toàn khác")
    assert again.status_code == 422
    assert "đã dùng rồi" in again.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_slip_from_the_link_is_filled_in(world: World, client: Client) -> None:
    _user, code = invited(world)
    assert code in client.get(CLAIM, {"code": code}).content.decode()


def test_an_expired_slip_opens_nothing(world: World, client: Client) -> None:
    user, code = invited(world)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "hết hạn" in claiming(client, code).content.decode()
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_a_new_slip_kills_the_old_one(world: World, client: Client) -> None:
    user, old = invited(world)
    new = invite(world.cell5, actor=world.secretary, user=user).printed_code
    assert "Không có phiếu mời" in claiming(client, old).content.decode()
    assert claiming(client, new).status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("ngắn", "ngắn", "ít nhất 10"),
        (PASSWORD, "khác hẳn đi", "không giống nhau"),
        ("password123", "password123", "nhiều người dùng"),
    ],
)
def test_a_weak_or_mistyped_password_leaves_the_slip_unused(
    world: World, client: Client, password: str, again: str, words: str
) -> None:
    user, code = invited(world)
    answer = claiming(client, code, password, again)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Invitation.objects.get().used_at is None
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_guessing_codes_is_slowed_down_but_a_full_room_is_not(world: World, client: Client) -> None:
    _user, code = invited(world)
    for _ in range(10):
        assert claiming(client, "ABCD EFGH JKLM").status_code == 422
    assert claiming(client, code).status_code == 429
    cache.clear()
    assert claiming(client, code).status_code == 302


def test_the_code_is_stored_nowhere_in_clear(world: World) -> None:
    _user, code = invited(world)
    assert Invitation.objects.get().code_hash == hash_of_code(code)
    assert not any(code in str(line.details) + line.subject_label for line in Entry.objects.all())


def test_the_password_stands_in_no_journal_line(world: World, client: Client) -> None:
    _user, code = invited(world)
    claiming(client, code)
    assert not any(PASSWORD in str(line.details) for line in Entry.objects.all())


def test_a_slip_is_judged_again_behind_the_lock(world: World) -> None:
    user, code = invited(world)
    claim_account(user, actor=Actor(user), code_hash=hash_of_code(code), password=PASSWORD)
    with pytest.raises(Exception, match="đã dùng rồi"):
        claim_account(user, actor=Actor(user), code_hash=hash_of_code(code), password="một câu hoàn toàn khác")


# -------------------------------------------------------------------------------------------- set-up

TYPED = {
    "province": "Thành phố Hà Nội", "ward": "Đảng bộ phường Cầu Giấy", "key": "caugiay", "since": "1/7/2025",
    "name": "Trần Thị Văn Phòng", "username": "vanphong", "password": PASSWORD, "again": PASSWORD,
}  # fmt: skip


def test_a_new_installation_leads_to_the_first_set_up(db: None, client: Client) -> None:
    plant_centre()
    assert client.get(LOGIN).url == SETUP
    assert client.get(SETUP).status_code == 200


def test_set_up_founds_the_ward_its_groups_and_the_office(db: None, client: Client) -> None:
    plant_centre()
    assert client.post(SETUP, TYPED).url == reverse("desk:home")
    ward = Unit.objects.get(key="caugiay")
    office = actor_of(User.objects.get())
    assert office.grants == ((Post.CLERK, ward.path),)
    assert office.may(Can.KEEP_MEMBERS, ward)
    assert [group.name for group in Group.objects.filter(unit=ward)] == list(DEFAULT_GROUPS)
    assert client.session["_auth_user_id"] == str(office.user.pk)


def test_there_is_one_set_up(world: World, client: Client) -> None:
    world.account("Ai đó")
    assert client.get(SETUP).status_code == 404
    assert client.post(SETUP, TYPED).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password": "ngắn", "again": "ngắn"}, "ít nhất 10"),
        ({"again": "khác"}, "không giống nhau"),
        ({"key": "cầu giấy"}, "id_key"),
        ({"since": "32/1/2025"}, "Không có ngày 32"),
        ({"name": ""}, "Mục này còn trống"),
    ],
)
def test_a_refused_set_up_leaves_nothing_and_keeps_what_was_typed(
    db: None, client: Client, wrong: dict[str, str], words: str
) -> None:
    plant_centre()
    answer = client.post(SETUP, TYPED | wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Đảng bộ phường Cầu Giấy" in answer.content.decode()
    assert (User.objects.count(), Unit.objects.count()) == (0, 1)


# --------------------------------------------------------------------------------------- own account


def test_one_changes_ones_own_password_and_stays_in(world: World, client: Client) -> None:
    user = with_password(world)
    client.force_login(user)
    new = {"present": PASSWORD, "password": "một câu hoàn toàn khác", "again": "một câu hoàn toàn khác"}
    assert client.post(reverse("access:password"), {**new, "present": "sai"}).status_code == 422
    assert client.post(reverse("access:password"), new).status_code == 302
    assert client.get(reverse("access:account")).status_code == 200
    user.refresh_from_db()
    assert user.check_password("một câu hoàn toàn khác")


def test_preferences_are_kept_and_nothing_else_can_be_set(world: World, browser_of) -> None:
    clerk = world.clerk.user
    browser = browser_of(world.clerk)
    back = browser.post(
        reverse("access:appearance"), {"large_type": "1", "next": "/units/", "is_active": "0", "name": "x"}
    )
    assert back.url == "/units/"
    browser.post(reverse("access:appearance"), {"theme": "dark", "next": "https://elsewhere.example/"})
    browser.post(reverse("access:appearance"), {"theme": "zebra"})
    browser.post(reverse("access:language"), {"language": "en", "next": "/"})
    clerk.refresh_from_db()
    assert (clerk.large_type, clerk.theme, clerk.language, clerk.is_active) == (True, "dark", "en", True)
    assert clerk.name == "Trần Thị Văn Phòng"


def test_nobody_is_sent_to_another_site(world: World, browser_of) -> None:
    answer = browser_of(world.clerk).post(
        reverse("access:language"), {"language": "vi", "next": "https://elsewhere.example/"}
    )
    assert answer.url == "/"


def test_the_language_can_be_chosen_before_log_in(world: World, client: Client) -> None:
    world.account("Ai đó")
    client.post(reverse("access:language"), {"language": "en", "next": LOGIN})
    assert client.get(LOGIN)["Content-Language"] == "en"


def test_ones_posts_stand_on_ones_account(world: World, browser_of) -> None:
    page = browser_of(world.clerk).get(reverse("access:account")).content.decode()
    assert "Văn phòng Đảng ủy" in page
    assert "Phường Sao Mai" in page


def test_a_post_in_a_unit_that_has_ended_gives_no_power(world: World) -> None:
    minh = world.secretary7
    assert minh.may(Can.CLOSE_MEETINGS, world.cell7)
    Unit.objects.filter(pk=world.cell7.pk).update(valid_to=date(2020, 1, 1))
    assert actor_of(minh.user).grants == ()
