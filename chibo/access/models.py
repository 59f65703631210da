"""Accounts, the posts they hold, and what every record has in common."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.encoding import force_str
from django.utils.translation import gettext

from chibo.access.actor import Actor
from chibo.access.charter import OWN, POST_NAMES, UNAPPOINTED, Can, Post

M = TypeVar("M", bound=models.Model, covariant=True)


class User(AbstractBaseUser):
    """An account. What it may do follows from the posts held, never from the account itself."""

    owner: ClassVar[str] = "pk"
    masked: ClassVar[tuple[str, ...]] = ("password", "last_login")
    unit: ClassVar[None] = None

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    name = models.CharField("họ và tên", max_length=80)
    is_active = models.BooleanField("đang dùng", default=True)
    language = models.CharField("ngôn ngữ", max_length=5, default="vi")
    large_type = models.BooleanField("chữ lớn", default=False)
    theme = models.CharField("nền", max_length=5, default="", blank=True)
    looked_at = models.DateTimeField("xem lần cuối", null=True, blank=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager["User"]()

    def __str__(self) -> str:
        return self.name or self.username


class Grant(models.Model):
    """This account holds this post in this unit, from and to these days (both included; no end = still held)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    post = models.CharField(
        "chức vụ", max_length=20, choices=[(p, POST_NAMES[p]) for p in Post if p not in UNAPPOINTED]
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="grant_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["user", "post", "unit", "valid_from"], name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {gettext(POST_NAMES[Post(self.post)])}"


class Invitation(models.Model):
    """A code printed on a slip that lets its holder set the first password of one account, once."""

    masked: ClassVar[tuple[str, ...]] = ("code_hash",)

    user = models.OneToOneField(User, models.CASCADE, related_name="invitation")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    printed_code = ""
    """The code itself, only in the memory of the action that made it; never stored."""

    def __str__(self) -> str:
        return f"{self.user}"


class RecordQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """The rows this actor may see: below their posts, and their own."""
        model = self.model
        within = Q()
        seen_with: Can = model.seen_with  # type: ignore[attr-defined]
        for prefix in actor.reach(seen_with):
            if not prefix:
                return self.all()
            within |= Q(unit__path__startswith=prefix)
        owner: str = model.owner  # type: ignore[attr-defined]
        if owner and actor.user is not None and seen_with in OWN:
            within |= Q(**{owner.replace(".", "__"): actor.user.pk})
        return self.filter(within) if within else self.none()


class Record(models.Model):
    """Anything that belongs to exactly one unit, and is seen only from there, from above, or by whom it is about.

    ``seen_with`` is the power that shows it; ``owner`` the path to the user id of the person it is about, if any.
    ``told_to_owner`` says that this person reads in the journal who did what to it (docs/adr/0151).
    """

    seen_with: ClassVar[Can]
    owner: ClassVar[str] = ""
    told_to_owner: ClassVar[bool] = False

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="tổ chức")
    version = models.PositiveIntegerField(default=0, editable=False)
    entered_at = models.DateTimeField("nhập lúc", auto_now_add=True)
    changed_at = models.DateTimeField("sửa lúc", null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> str:  # noqa: N802 - Django's name
        """What ``get_kind_display()`` says; Django translates all words of the field to say one, for every row."""
        value = getattr(self, field.attname)
        said: str = force_str(_words_of(field).get(value, value), strings_only=True)
        return said


@lru_cache(maxsize=256)
def _words_of(field: models.Field[Any, Any]) -> dict[Any, Any]:
    return dict(field.flatchoices)
