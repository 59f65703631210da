"""What consultations offer the desk and the search of the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.consultations.models import Consultation, Suggestion
from chibo.consultations.rules import ConsultationState
from chibo.consultations.rules.suggestions import SuggestionState
from chibo.consultations.selectors import asked_of
from chibo.core.registry import MOST_HITS, Errand, Hit
from chibo.units.selectors import home_unit


def errands_of(actor: Actor, today: date) -> Iterator[Errand]:
    """For those asked: the slip that waits. For the office: rounds to sum up, letters to sort."""
    for one in asked_of(actor):
        if one.consultation.closes_on >= today:
            yield Errand(
                _("Góp ý: %(title)s") % {"title": one.consultation.title},
                _("Đã gửi phiếu?") if one.has_slip else _("Nhận phiếu"),
                reverse("consultations:mine", args=[one.consultation_id]),
                one.consultation.closes_on,
            )
    office = home_unit(actor, Can.LEAD_CONSULTATIONS)
    if office is not None:
        due = Consultation.objects.filter(
            unit__path__startswith=office.path, state=ConsultationState.OPEN, closes_on__lt=today
        )
        for round_ in due:
            yield Errand(
                _("Tổng hợp: %(title)s") % {"title": round_.title},
                _("Tổng hợp"),
                reverse("consultations:consultation", args=[round_.pk]),
                round_.closes_on,
            )
    handles = home_unit(actor, Can.HANDLE_SUGGESTIONS)
    if handles is not None:
        fresh = Suggestion.objects.filter(unit__path__startswith=handles.path, state=SuggestionState.RECEIVED).count()
        if fresh:
            yield Errand(
                _("%(n)s góp ý mới chờ phân loại, giao giải quyết") % {"n": fresh},
                _("Xem"),
                f"{reverse('consultations:suggestions', args=[handles.pk])}?state={SuggestionState.RECEIVED}",
                None,
                fresh,
            )


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Rounds by name; letters are not searched."""
    titled = Consultation.objects.visible_to(actor).filter(title__icontains=words).select_related("unit")
    for one in titled[:MOST_HITS]:
        yield Hit(
            _("Lấy ý kiến góp ý"), one.title, one.unit.name, reverse("consultations:consultation", args=[one.pk])
        )
