"""Word documents that people upload: refused in one sentence, or read as lines with their places, nothing believed."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chibo.core.uploads.archives import RefusedError
from chibo.core.uploads.process import lines_said
from chibo.papers.rules.templates import PlacedLine
from chibo.papers.selectors import docx_worker
from chibo.papers.selectors.docx_worker import Limits, Why

_SENTENCES = {
    Why.BROKEN: _("Không mở được tệp vì tệp hỏng; hãy mở bằng Word, lưu lại thành .docx rồi tải lên."),
    Why.COMMAND: _(
        "Tệp có lệnh “%(command)s” của Word; hãy bỏ lệnh đó (chỉ giữ số trang), dùng trường dạng {{ten_truong}}."
    ),
    Why.EMBEDDED: _("Tệp có đối tượng nhúng (bảng tính, điều khiển, tệp con); hãy bỏ đối tượng đó rồi tải lên."),
    Why.ENTITY: _("Tệp chứa thực thể bên ngoài nên không được mở; hãy chép nội dung sang một tệp Word mới."),
    Why.LINK: _("Tệp có liên kết ra ngoài (%(target)s); hãy gỡ liên kết trong Word rồi tải lên."),
    Why.LOCKED: _("Tệp có mật khẩu nên không đọc được; hãy bỏ mật khẩu trong Word rồi tải lên."),
    Why.LONG: _("Tệp có hơn %(limit)s đoạn văn nên không được mở; hãy tải lên tệp ngắn hơn."),
    Why.MACRO: _("Tệp có macro nên không được nhận; hãy lưu lại thành .docx không có macro."),
    Why.NOT_WORD: _("Tệp này không phải văn bản Word .docx; hãy mở bằng Word, lưu thành .docx rồi tải lên."),
    Why.SIZE: _("Tệp nặng hơn %(limit)s MB; hãy bỏ bớt hình ảnh rồi tải lên."),
    Why.TIME: _("Đọc tệp quá lâu nên đã dừng lại; hãy chép nội dung sang một tệp Word mới."),
    Why.UNPACKED: _("Tệp giải nén ra quá lớn nên không được mở; hãy chép nội dung sang một tệp Word mới."),
}
_USUAL = Limits()


def lines_of_upload(file: Any, *, strict: bool, limits: Limits = _USUAL) -> tuple[PlacedLine, ...]:
    """The paragraphs of an uploaded .docx. ``strict``: nothing in it may reach out, run or be embedded (templates).

    ``ValidationError`` says in one sentence why it is not read and what to do.
    """
    if file.size > limits.max_bytes:
        raise _refused(Why.SIZE, {"limit": limits.max_bytes // (1024 * 1024)})
    file.seek(0)
    content = file.read()
    file.seek(0)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload.docx"
        path.write_bytes(content)
        try:
            said = list(
                map(json.loads, lines_said(docx_worker.__file__, path, limits, strict, seconds=limits.seconds))
            )
        except RefusedError as refused:
            raise _refused(Why(refused.why), refused.params) from refused
    if said and isinstance(said[-1], dict):
        raise _refused(Why(said[-1]["why"]), said[-1]["params"])
    return tuple(
        PlacedLine(text, part, table, row, column, number, tuple((name, held) for name, held in marks))
        for text, part, table, row, column, number, marks in said
    )


def _refused(why: Why, params: dict[str, object]) -> ValidationError:
    return ValidationError({"file": ValidationError(_SENTENCES[why], code=why, params=params)})
