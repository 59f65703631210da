"""The grids: ballots of a review meeting, and a level for each line, proposed, appraised or decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.reviews.rules import LEVELS, Level
from chibo.reviews.selectors import review_meetings_of

SHORT = {
    Level.EXCELLENT: gettext_lazy("Xuất sắc"), Level.GOOD: gettext_lazy("Hoàn thành tốt"),
    Level.DONE: gettext_lazy("Hoàn thành"), Level.FAILED: gettext_lazy("Không hoàn thành"),
    "invalid": gettext_lazy("Không hợp lệ"), "collected": gettext_lazy("Thu về"),
}  # fmt: skip
"""The heads of the columns, and what stands over each number on a phone."""
COUNTS = (*(level.value for level in LEVELS), "invalid", "collected")


def _number(label: str, short: Any, given: int | None) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric", "aria-label": label})
    return forms.IntegerField(
        label=label, min_value=0, max_value=9999, required=False, widget=widget, initial=given, help_text=short
    )


@dataclass(frozen=True, slots=True)
class BallotRow:
    review: Any
    fields: tuple[BoundField, ...]

    @property
    def errors(self) -> list[str]:
        return [str(error) for field in self.fields for error in field.errors]


class BallotForm(VersionedForm):
    """The counters' numbers, one line a subject; an empty line is not voted on yet."""

    meeting: Any = forms.ModelChoiceField(None, label=gettext_lazy("Cuộc họp kiểm điểm"))

    def __init__(self, *args: Any, unit: Any, found: Any, reviews: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting: Any = self.fields["meeting"]
        meeting.queryset, meeting.empty_label = review_meetings_of(unit, found, localdate()), _("Chưa chọn")
        self.reviews = reviews
        for review in reviews:
            voted = review.meeting_id is not None
            for name in COUNTS:
                given = (
                    getattr(review, name if name in ("invalid", "collected") else f"for_{name}") if voted else None
                )
                self.fields[f"{review.pk}-{name}"] = _number(f"{_name(review)}: {_words(name)}", SHORT[name], given)
            if voted:
                self.initial.setdefault("meeting", review.meeting_id)

    def rows(self) -> list[BallotRow]:
        return [BallotRow(r, tuple(self[f"{r.pk}-{name}"] for name in COUNTS)) for r in self.reviews]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        lines = {
            review.pk: {name: clean.pop(f"{review.pk}-{name}", None) for name in COUNTS} for review in self.reviews
        }
        ballots = {
            pk: {name: count or 0 for name, count in line.items()}
            for pk, line in lines.items()
            if any(count is not None for count in line.values())
        }
        if not ballots and not self.errors:
            self.add_error(None, _("Chưa nhập phiếu của ai."))
        return {**clean, "ballots": ballots}


def _name(review: Any) -> str:
    return str(review.member) if review.member_id else str(review.get_subject_display())


def _words(name: str) -> str:
    more = {"invalid": _("không hợp lệ"), "collected": _("thu về")}
    return more[name] if name in more else _(Level(name).label)


@dataclass(frozen=True, slots=True)
class LevelRow:
    review: Any
    level: BoundField
    reason: BoundField
    seen: Any
    """What the page shows beside: the finding, the ballot."""


class LevelForm(VersionedForm):
    """A level for each line and, where it departs from what was found before, the reason; empty is left for later."""

    def __init__(
        self, *args: Any, lines: Sequence[tuple[Any, str, str, Any]], day: str, label: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.day = lines, day
        self.fields[day] = VietnameseDateField(label=label, initial=localdate)
        for review, level, reason, _seen in lines:
            self.fields[f"{review.pk}-level"] = forms.ChoiceField(
                label=_name(review), choices=[("", _("Để sau")), *choices(Level)], required=False, initial=level,
                widget=forms.Select(attrs={"aria-label": _("%(name)s: mức") % {"name": _name(review)}}),
            )  # fmt: skip
            self.fields[f"{review.pk}-reason"] = forms.CharField(
                label=_("Lý do"), required=False, max_length=2000, initial=reason,
                widget=forms.Textarea(attrs={"rows": 1, "aria-label": _("%(name)s: lý do") % {"name": _name(review)}}),
            )  # fmt: skip

    def rows(self) -> list[LevelRow]:
        return [LevelRow(r, self[f"{r.pk}-level"], self[f"{r.pk}-reason"], seen) for r, _l, _r, seen in self.lines]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        levels: dict[int, str] = {}
        reasons: dict[int, str] = {}
        for review, *_rest in self.lines:
            level, reason = clean.pop(f"{review.pk}-level", ""), clean.pop(f"{review.pk}-reason", "")
            if level:
                levels[review.pk], reasons[review.pk] = level, reason
        if not levels and not self.errors:
            self.add_error(None, _("Chưa chọn mức cho ai."))
        return {**clean, "levels": levels, "reasons": reasons}


class DecideForm(LevelForm):
    """The committee's decision carries its number."""

    decision = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=60)
