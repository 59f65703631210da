"""Turn the objections of a rule into the one error an action may raise."""

from __future__ import annotations

import errno
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from chibo.core.values import Objection, gettext_noop

DISK = {
    errno.ENOENT: gettext_noop("không có tệp hoặc thư mục ấy"),
    errno.EACCES: gettext_noop("không được phép, hoặc chương trình khác đang mở"),
    errno.EPERM: gettext_noop("không được phép"),
    errno.EISDIR: gettext_noop("đó là một thư mục"),
    errno.ENOTDIR: gettext_noop("đường dẫn đi qua một tệp"),
    errno.ENOSPC: gettext_noop("ổ đĩa đã đầy"),
    errno.EROFS: gettext_noop("ổ đĩa chỉ cho đọc"),
    errno.ENAMETOOLONG: gettext_noop("tên tệp quá dài"),
}
"""What the system refuses of files, which it says in English or in numbers."""


def untranslated_reason_of(refused: OSError) -> str:
    return DISK.get(refused.errno or 0) or refused.strerror or str(refused)


def reason_of(refused: OSError) -> str:
    """Why the system refused a file, in the words of an office."""
    return gettext(untranslated_reason_of(refused))


class Conflict(ValidationError):
    """Somebody else changed the record in between; nothing was written and nothing typed is lost."""


def refuse_unseen(found: Iterable[Conflict]) -> None:
    """Raise one Conflict that tells of everything somebody else changed since the person looked; do nothing where there
    is none. Told of one line only, they would write over the others unseen with the next saving."""
    told = list(found)
    if told:
        raise Conflict(told)


def error_of(objection: Objection) -> ValidationError:
    text = gettext(objection.text)
    if objection.article:
        text = f"{text} ({objection.article})"
    return ValidationError(text, code=objection.article or None, params=objection.params or None)


def refuse_if(objections: Iterable[Objection]) -> None:
    """Raise one ValidationError holding every objection, by field; do nothing where there is none."""
    by_field: dict[str, list[ValidationError]] = {}
    for objection in objections:
        by_field.setdefault(objection.field or "__all__", []).append(error_of(objection))
    if by_field:
        raise ValidationError(by_field)
