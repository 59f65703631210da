"""Pictures: what was uploaded is looked at by its content, what is stored is read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404

from chibo.core.values import Objection
from chibo.outreach.rules import objections_to_picture
from chibo.outreach.rules.pictures import without_traces
from chibo.papers.rules.register import FileKind, kind_of, objections_to_file
from chibo.papers.selectors.register import content_of


def objections_to_upload(picture: Any) -> list[Objection]:
    """Why this file is no picture to keep; nothing to say where there is none."""
    if not picture:
        return []
    content = content_of(picture)
    found = list(objections_to_file(content)) or list(objections_to_picture(kind_of(content)))
    return [replace(wrong, field="picture") for wrong in found]


def cleaned(picture: Any) -> tuple[str, ContentFile[bytes]]:
    """The picture under a name of our own, with the suffix of what it is, and without place, time or device."""
    kind = kind_of(content_of(picture))
    picture.seek(0)
    return f"{uuid4().hex}.{kind}", ContentFile(without_traces(picture.read()))


def picture_of(name: str) -> tuple[bytes, str]:
    """A stored picture as (content, type); 404 where there is none."""
    suffix = PurePath(name).suffix.lstrip(".")
    if suffix not in (FileKind.JPG, FileKind.PNG):
        raise Http404
    try:
        with default_storage.open(name, "rb") as stored:
            return stored.read(), FileKind(suffix).label
    except FileNotFoundError:
        raise Http404 from None
