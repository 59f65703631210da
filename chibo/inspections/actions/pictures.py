"""Pictures that the team takes on the spot: told by what they hold, kept under names of our own."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import transaction

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.values import Objection, gettext_noop
from chibo.inspections.actions.steps import _refuse_team
from chibo.inspections.models import Criterion, Picture, Subject
from chibo.papers.rules.register import FileKind, kind_of, objections_to_file
from chibo.papers.selectors.register import content_of


@action(Can.VERIFY_INSPECTIONS)
def take_photo(subject: Subject, *, actor: Actor, criterion: Criterion, photo: Any) -> Picture:
    """Keep a picture with a criterion: JPG or PNG by what it holds."""
    content = content_of(photo)
    found = list(objections_to_file(content))
    if not found and kind_of(content) not in (FileKind.JPG, FileKind.PNG):
        found = [Objection(gettext_noop("Chỉ nhận ảnh JPG hoặc PNG."))]
    _refuse_team(actor, subject, [Objection(o.text, o.article, o.params, "photo") for o in found])
    picture = Picture(unit=subject.unit, subject=subject, criterion=criterion, taken_by=actor.user)
    picture.photo.save(f"{uuid4().hex}.{kind_of(content)}", photo)
    return picture


@action(Can.VERIFY_INSPECTIONS)
def strike_picture(picture: Picture, *, actor: Actor) -> Subject:
    """Take back a picture that should not have been taken; its file goes too."""
    subject, name, storage = picture.subject, str(picture.photo.name), picture.photo.storage
    _refuse_team(actor, subject)
    picture.delete()
    transaction.on_commit(lambda: storage.delete(name))
    return subject
