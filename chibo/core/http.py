"""What keeps every view short: show a page, submit a form to an action, hand out a file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from chibo.core.forms import VersionedForm
from chibo.core.refusal import Conflict
from chibo.core.registry import Column
from chibo.core.tables import cell_value, export_value
from chibo.core.workbooks import Column as SheetColumn
from chibo.core.workbooks import write_workbook

T = TypeVar("T")
LEAST_ROOM = 2 * 1024 * 1024
"""Bytes without which neither SQLite nor a file can be written."""
TOKENS = {"csrfmiddlewaretoken", "once", "seen_version"}
SECRET = re.compile("password|^again$|^code$|^login$")
"""Fields of forms of which nothing is shown again."""


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, partial: str = "", status: int = 200
) -> HttpResponse:
    """Render the page, or only the named partial when htmx asks."""
    name = f"{template}#{partial}" if partial and request.headers.get("HX-Request") else template
    response = render(request, name, context, status=status)
    response["Vary"] = "HX-Request"
    return response


def submit(form: Form, action: Callable[..., T], *args: object, **kwargs: object) -> T | None:
    """Run the action with the clean data; its refusal becomes the form's error, by field where it names one.

    After a conflict the form keeps what was typed and shows what is stored now beside it.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return action(*args, **kwargs, **form.cleaned_data)
    except ValidationError as refusal:
        accept_refusal(form, refusal)
        if isinstance(refusal, Conflict) and isinstance(form, VersionedForm) and isinstance(args[0], Model):
            form.show_stored(type(args[0])._base_manager.get(pk=args[0].pk))
        return None


def refused(request: HttpRequest, form: Form, words: object, back: str, **context: Any) -> HttpResponse:
    """What a refused form comes back as that has no page of its own: alone on a page, with what was typed, why it was
    refused and what stands now beside it; sent again it goes where it went. A button, into which nothing is typed, says
    why on the page it stands on. Needs no script (docs/adr/0146)."""
    if form.visible_fields():
        facts = {"form": form, "words": words, "back": back, "action": request.get_full_path()}
        return page(request, "core/refused.html", {**context, **facts}, status=422)
    say_refusal(request, form)
    return redirect(back)


def say_refusal(request: HttpRequest, form: Form) -> None:
    """Why a button was refused, among the messages of the next page."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


def accept_refusal(form: Form, refusal: ValidationError) -> None:
    """Put each error beside its field, or on top if the form has no such field."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        for error in errors:
            form.add_error(name if name in form.fields else None, error)


def fault(request: HttpRequest) -> HttpResponse:
    """The page of a fault: nothing was stored, and what was typed can be sent again from it. A full disk, which people can
    mend, is named. Nothing is asked of the database: it may be what is gone (docs/adr/0168).
    """
    typed = typed_in(request)
    facts = {
        "full": is_disk_full(),
        "again": request.get_full_path(),
        "typed": typed,
        "words": [value for name, value in typed if name not in TOKENS and len(value.split()) > 1],
        "had_files": bool(typed and request.FILES),
    }
    return HttpResponse(render_to_string("500.html", facts), status=500)


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Each name and value that came with the request; nothing of a form in which something secret is typed."""
    try:
        lists = list(request.POST.lists()) if request.method == "POST" else []
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return []
    if any(SECRET.search(name) for name, _values in lists):
        return []
    return [(name, value) for name, values in lists for value in values]


def is_disk_full() -> bool:
    """Whether there is no room left where the data lie; of a folder that is gone too it is not known."""
    try:
        return shutil.disk_usage(settings.DATA).free < LEAST_ROOM
    except OSError:
        return False


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep: never shown in the browser, never guessed at."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def export(title: object, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    """The list as a workbook with the same columns, under its own name."""
    heads = [SheetColumn(str(number), str(column.label), column.width) for number, column in enumerate(columns)]
    lines = ([export_value(cell_value(column, row)) for column in columns] for row in rows)
    return download(write_workbook(str(title), heads, lines, title=str(title)), f"{title}.xlsx", XLSX)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
