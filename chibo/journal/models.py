"""STAND-IN by the lead until the journal helper writes the real room; overwrite freely."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Entry(models.Model):
    seq = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=80)
    unit_path = models.CharField(max_length=200, db_index=True)
    subject = models.CharField(max_length=80, db_index=True)
    subject_label = models.CharField(max_length=200)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    once = models.CharField(max_length=64, null=True, unique=True)
    prev_hash = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64, default="")
