"""The office's templates are taken in and withdrawn here."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc
from chibo.papers.models import Template
from chibo.papers.rules.templates import objections_to_template, objections_to_withdrawing
from chibo.papers.selectors.filling import tried
from chibo.papers.selectors.templates import fields_offered, kinds_offered, next_number, paper_kind_of
from chibo.papers.selectors.uploads import lines_of_upload
from chibo.units.models import Unit


@action(Can.KEEP_PAPERS)
def adopt_template(unit: Unit, *, actor: Actor, kind: str, valid_from: date, file: Any) -> Template:
    """Take in a template for a kind of paper, from that day; earlier ones stay as they were.

    Refused in one sentence: a file that is no .docx, carries macros, links or embedded files, names a field that is
    not offered (with its place), lacks one that the kind needs, or cannot be filled.
    """
    if kind not in kinds_offered():
        refuse_if([Objection(gettext_noop("Chưa có loại văn bản này."), field="kind")])
    lines = lines_of_upload(file, strict=True)
    refuse_if(objections_to_template(paper_kind_of(kind), lines, fields_offered(kind)))
    if not tried(file.read()):
        refuse_if(
            [Objection(gettext_noop("Không điền thử được mẫu này; hãy bắt đầu lại từ mẫu chuẩn."), field="file")]
        )
    file.seek(0)
    name = nfc(PurePath(str(file.name)).name)[-160:]
    template = Template(unit=unit, kind=kind, number=next_number(unit, kind), valid_from=valid_from, file_name=name)
    template.file.save(f"{uuid4().hex}.docx", file, save=False)
    template.save()
    return template


@action(Can.KEEP_PAPERS)
def withdraw_template(template: Template, *, actor: Actor, last_day: date) -> Template:
    """Use the template no longer after that day; the official layout holds again. Nothing is deleted."""
    refuse_if(
        objections_to_withdrawing(valid_from=template.valid_from, valid_to=template.valid_to, last_day=last_day)
    )
    template.valid_to = last_day
    template.save()
    return template
