"""What people say when they bring a workbook in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import Segments, VersionedForm
from chibo.core.registry import Importer
from chibo.core.workbooks import Limits
from chibo.imports.selectors.reading import missing

_MEGABYTE = 1024 * 1024


class UploadForm(VersionedForm):
    """The file, and what it lists."""

    importer = forms.ChoiceField(label=gettext_lazy("Trong tệp là"), widget=Segments)
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel"),
        help_text=gettext_lazy(
            "Tệp .xlsx, .xls hoặc .csv đang dùng ở văn phòng; tiêu đề ở dòng nào, cột theo thứ tự nào cũng được."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.xlsm"}),
    )

    def __init__(self, *args: Any, importers: list[Importer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["importer"].choices = [(entry.code, _(str(entry.label))) for entry in importers]  # type: ignore[attr-defined]
        self.initial.setdefault("importer", importers[0].code if importers else "")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        most = Limits().max_bytes
        if file.size > most:
            text = _("Tệp nặng hơn %(limit)s MB; hãy bỏ hình ảnh hoặc chia thành nhiều tệp nhỏ hơn rồi tải lên.")
            raise ValidationError(text % {"limit": most // _MEGABYTE})
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "file" in given:
            self.upload = given.pop("file")
            given["file_name"] = self.upload.name
        return given


class ColumnsForm(VersionedForm):
    """Which column is which: one choice for each column of the sheet."""

    header = forms.IntegerField(
        label=gettext_lazy("Dòng tiêu đề"),
        help_text=gettext_lazy("Số dòng trong Excel ghi tên các cột; dữ liệu bắt đầu từ dòng sau."),
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, *args: Any, importer: Importer, columns: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.importer = importer
        choices = [("", _("(bỏ qua)")), *((f.code, _(str(f.label))) for f in importer.fields if not f.ignored)]
        for column in columns:
            label = f"{column['letter']} · {column['head'] or _('(không có tiêu đề)')}"
            self.fields[f"c{column['col']}"] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                initial=column["code"],
                help_text=_("Ví dụ: %(samples)s") % {"samples": "; ".join(column["samples"])}
                if column["samples"]
                else "",
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        columns: dict[str, int] = {}
        for name in [name for name in given if name[0] == "c" and name[1:].isdigit()]:
            code = given.pop(name)
            if code in columns:
                self.add_error(name, _("Mục này đã chọn cho một cột khác."))
            elif code:
                columns[code] = int(name[1:])
        if lacking := missing(self.importer, columns):
            raise ValidationError(_("Hãy chọn cột cho: %(labels)s.") % {"labels": ", ".join(lacking)})
        if "header" in given:
            given["header"] -= 1
        return {**given, "columns": columns}


class ConfirmForm(VersionedForm):
    """What to do where some rows are bad."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Nếu có dòng lỗi"),
        choices=[("good", gettext_lazy("Chỉ ghi các dòng hợp lệ")), ("all", gettext_lazy("Dừng nếu có dòng lỗi"))],
        initial="good",
        widget=Segments,
    )
