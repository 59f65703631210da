"""A small organisation, built with the same actions its people use.

Phường Sao Mai has two cells: 5 (led by Hoa) and 7 (led by Minh); phường Bình Minh next door is the stranger's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chibo.access.actions import grant_post
from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Post
from chibo.access.models import User
from chibo.access.selectors import actor_of
from chibo.members.models import Group, Member, Membership
from chibo.members.rules import Condition, Standing
from chibo.units.actions import found_unit
from chibo.units.models import Placement, Unit
from chibo.units.rules import CellKind, Level

LONG_AGO = date(2010, 1, 1)


@dataclass
class World:
    """The cast. Accounts are made on demand by ``actor``; members by ``member``."""

    centre: Unit
    city: Unit
    district: Unit
    ward: Unit
    cell5: Unit
    cell7: Unit
    other_ward: Unit
    other_cell: Unit

    def account(self, name: str) -> User:
        return User.objects.create(username=f"u{User.objects.count() + 1}", name=name)

    def actor(self, post: Post, unit: Unit, name: str = "") -> Actor:
        user = self.account(name or f"{post} {unit.key}")
        grant_post(unit, actor=SETUP, user=user, post=post, valid_from=LONG_AGO)
        return actor_of(user)

    @property
    def clerk(self) -> Actor:
        return self._once(Post.CLERK, self.ward, "Trần Thị Văn Phòng")

    @property
    def ward_secretary(self) -> Actor:
        return self._once(Post.WARD_SECRETARY, self.ward, "Lê Văn Bí Thư")

    @property
    def inspector(self) -> Actor:
        return self._once(Post.INSPECTOR, self.ward, "Phạm Thị Kiểm Tra")

    @property
    def secretary(self) -> Actor:
        """The secretary of cell 5."""
        return self._once(Post.CELL_SECRETARY, self.cell5, "Nguyễn Thị Hoa")

    @property
    def secretary7(self) -> Actor:
        """The secretary of cell 7: a stranger to cell 5."""
        return self._once(Post.CELL_SECRETARY, self.cell7, "Đỗ Văn Minh")

    @property
    def stranger(self) -> Actor:
        """The clerk of another ward."""
        return self._once(Post.CLERK, self.other_ward, "Người Phường Khác")

    def _once(self, post: Post, unit: Unit, name: str) -> Actor:
        user = User.objects.filter(name=name).first()
        return actor_of(user) if user else self.actor(post, unit, name)

    def member(
        self,
        unit: Unit,
        name: str = "Nguyễn Văn An",
        *,
        since: date = LONG_AGO,
        standing: Standing = Standing.OFFICIAL,
        condition: Condition = Condition.ACTIVE,
        account: bool = False,
        **fields: object,
    ) -> Member:
        """A member of the cell since a day, with an account if asked."""
        from chibo.core.vietnamese import name_sort_key, search_key

        user = self.account(name) if account else None
        member = Member.objects.create(
            unit=unit,
            full_name=name,
            sort_key=name_sort_key(name),
            search_key=search_key(name),
            account=user,
            **fields,
        )
        Membership.objects.create(member=member, unit=unit, standing=standing, condition=condition, valid_from=since)
        return member

    def members(self, unit: Unit, count: int, **kwargs: object) -> list[Member]:
        return [self.member(unit, f"Đảng Viên Số {i + 1}", **kwargs) for i in range(count)]

    def own(self, member: Member) -> Actor:
        """The member acting on their own records."""
        assert member.account is not None
        return actor_of(member.account)

    def group(self, name: str) -> Group:
        return Group.objects.get_or_create(unit=self.ward, name=name)[0]


def plant_centre() -> Unit:
    """The top of the tree, as the first migration plants it."""
    centre, made = Unit.objects.get_or_create(
        level=Level.CENTRE,
        defaults={"key": "tw", "name": "Trung ương", "sort_key": "", "path": "1/", "valid_from": date(1930, 2, 3)},
    )
    if made:
        Unit.objects.filter(pk=centre.pk).update(path=f"{centre.pk}/")
        centre.refresh_from_db()
        Placement.objects.create(unit=centre, name=centre.name, path=centre.path, valid_from=centre.valid_from)
    return centre


def build_world() -> World:
    centre = plant_centre()

    def found(parent: Unit, name: str, level: Level, key: str, **kw: object) -> Unit:
        return found_unit(parent, actor=SETUP, name=name, level=level, key=key, on=LONG_AGO, **kw)

    city = found(centre, "Thành phố Hoa Sen", Level.PROVINCE, "hs")
    district = found(city, "Quận Sông Xanh", Level.DISTRICT, "sx")
    ward = found(district, "Phường Sao Mai", Level.WARD, "sm")
    other = found(district, "Phường Bình Minh", Level.WARD, "bm")
    residential = {"cell_kind": CellKind.RESIDENTIAL}
    return World(
        centre, city, district, ward,
        found(ward, "Chi bộ 5", Level.CELL, "sm-5", **residential),
        found(ward, "Chi bộ 7", Level.CELL, "sm-7", **residential),
        other,
        found(other, "Chi bộ 1", Level.CELL, "bm-1", **residential),
    )  # fmt: skip
