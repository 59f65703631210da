"""Who is missing stands by name for those who can mend it, and as a number for those above (seed S0-14)."""

from __future__ import annotations

from django.urls import reverse

from tests.figures.test_figures import campaign, register
from tests.world import World


def test_s0_14_the_secretary_sees_who_is_missing_and_the_ward_only_how_many(world: World, browser_of) -> None:
    there, missing = world.member(world.cell5, "Nguyễn Văn Có"), world.member(world.cell5, "Trần Thị Thiếu")
    year = 2025
    register(campaign(world, year), [there])
    address = reverse("figures:figure", args=["plans.having", world.cell5.pk, year])
    named = browser_of(world.secretary).get(address + "?show=missing")
    assert missing.full_name in named.content.decode()
    for above in (world.clerk, world.ward_secretary):
        client = browser_of(above)
        page = client.get(address)
        assert "Chưa đăng ký: 1" in page.content.decode()
        assert missing.full_name not in page.content.decode()
        assert client.get(address + "?show=missing").status_code == 403
        assert client.get(address + "?show=missing&format=xlsx").status_code == 403
