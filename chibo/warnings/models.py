"""Who wants the weekly letter, and when the last one went out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from chibo.access.models import User


class Digest(models.Model):
    """The weekly letter of one account. Without a row it is wanted, and none was ever sent."""

    owner: ClassVar[str] = "user_id"

    user = models.OneToOneField(User, models.CASCADE, related_name="digest")
    wanted = models.BooleanField("nhận thư nhắc việc", default=True)
    sent_on = models.DateField("gửi lần cuối", null=True, blank=True)
    """Written before the letter is handed to the server, so that none goes out twice whatever breaks."""
    refused_on = models.DateField("máy chủ từ chối", null=True, blank=True)

    put_off_on = models.DateField("máy chủ chưa nhận", null=True, blank=True)
    """The last night on which the server could not be reached, or put the letter off; forgotten once it is written."""

    def __str__(self) -> str:
        return f"{self.user}"
