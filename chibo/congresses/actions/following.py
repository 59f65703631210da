"""After a congress: ballots sealed, the result reported and approved, new posts taking effect, complaints, destruction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.access.gate import action
from chibo.congresses.actions.scanning import _destroy
from chibo.congresses.models import Complaint, Congress, Elected, KeptFile, ScanCount
from chibo.congresses.rules import CongressState, Office, reporting_article, rule_set_on
from chibo.congresses.rules.deadlines import (
    DAY,
    objections_to_complaint,
    objections_to_deciding,
    objections_to_destroying,
    objections_to_handing_over,
)
from chibo.congresses.rules.preparing import objections_to_step
from chibo.congresses.rules.sealing import objections_to_settling_while_open
from chibo.congresses.selectors import day_of, has_open_complaint, is_by_election, is_off, times_of
from chibo.congresses.selectors.document.review import handover_minutes
from chibo.congresses.selectors.public import public_copy
from chibo.congresses.selectors.sealing import is_seal_open
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc, nfc_lines
from chibo.members.actions.posts import appoint, end_term
from chibo.members.models import PostTerm
from chibo.members.rules import CELL_POSTS
from chibo.members.selectors import posts_on
from chibo.papers.selectors.kept import facts_kept

POST_OF = {
    Office.SECRETARY: Post.CELL_SECRETARY,
    Office.DEPUTY: Post.CELL_DEPUTY,
    Office.COMMITTEE: Post.CELL_COMMITTEE,
}


@action(Can.KEEP_CONGRESSES)
def seal_ballots(congress: Congress, *, actor: Actor, sealed_on: date, sealed_by: str) -> Congress:
    """The counting committee seals the ballots; the new committee keeps them for six months (190-QĐ/TW Đ35)."""
    article = rule_set_on(day_of(congress)).article("sealing")
    found = list(objections_to_step("after", congress.state))
    if sealed_on < day_of(congress):
        found.append(Objection(gettext_noop("Ngày niêm phong ở trước ngày đại hội."), article, field="sealed_on"))
    if congress.sealed_on:
        found.append(Objection(gettext_noop("Phiếu bầu đã niêm phong."), article))
    refuse_if(found)
    congress.sealed_on, congress.sealed_by = sealed_on, nfc(sealed_by)
    congress.save()
    return congress


@action(Can.KEEP_CONGRESSES)
def report_result(congress: Congress, *, actor: Actor, reported_on: date) -> Congress:
    """Minutes and lists go to the level above, within seven working days; later it says so (24-QĐ/TW 16.1.1)."""
    found = list(objections_to_step("report", congress.state))
    if congress.closed_on and reported_on < congress.closed_on:
        article = reporting_article(congress.closed_on)
        found.append(Objection(gettext_noop("Ngày báo cáo ở trước ngày bế mạc."), article, field="reported_on"))
    refuse_if(found)
    congress.state, congress.reported_on = CongressState.REPORTED, reported_on
    congress.save()
    return congress


@action(Can.LEAD_CONGRESSES)
def approve_result(
    congress: Congress, *, actor: Actor, decided_on: date, decision: str, refused: Sequence[Elected] = ()
) -> Congress:
    """The ward approves (chuẩn y), perhaps without some persons (24-QĐ/TW 16.1.2, 16.1.3)."""
    strange = any(one.congress_id != congress.pk for one in refused)
    refuse_if(
        [
            *_objections_to_deciding(congress, decided_on),
            *([Objection(gettext_noop("Người này không trúng cử tại đại hội."), field="refused")] if strange else []),
        ]
    )
    people = [one.member_id for one in refused]
    congress.elected.filter(member__in=people).update(is_refused=True)
    _end_posts(congress, people, decided_on, actor)
    congress.state, congress.decided_on, congress.decision = CongressState.APPROVED, decided_on, nfc(decision)
    congress.save()
    return congress


@action(Can.LEAD_CONGRESSES)
def reject_result(congress: Congress, *, actor: Actor, decided_on: date, reason: str) -> Congress:
    """The ward does not approve; the congress is called again by another decision (24-QĐ/TW 16.1.3)."""
    found = _objections_to_deciding(congress, decided_on)
    if not reason.strip():
        found.append(
            Objection(
                gettext_noop("Hãy ghi lý do không chuẩn y."), reporting_article(day_of(congress)), field="reason"
            )
        )
    refuse_if(found)
    congress.state, congress.decided_on, congress.decision_note = CongressState.REJECTED, decided_on, nfc(reason)
    congress.save()
    _end_posts(congress, [one.member_id for one in congress.elected.all()], decided_on, actor)
    return congress


def _end_posts(congress: Congress, people: Sequence[int], on: date, actor: Actor) -> None:
    """Who is not approved, and worked already, loses the post of this congress, and its powers, with the day of the decision."""
    if congress.installed_on is None:
        return
    held = posts_on(on, [congress.unit_id]).filter(post__in=CELL_POSTS, valid_from=congress.installed_on)
    for term in held.filter(member__in=people):
        end_term(term, actor=actor, last_day=on)


def _objections_to_deciding(congress: Congress, on: date) -> list[Objection]:
    return [
        *objections_to_step("decide", congress.state),
        *objections_to_deciding(
            on=on,
            reported_on=congress.reported_on,
            open_complaint=has_open_complaint(congress),
            closed_on=congress.closed_on or day_of(congress),
        ),
    ]


@action(Can.APPOINT)
def install_committee(congress: Congress, *, actor: Actor) -> Congress:
    """The new posts take effect on the day of the congress, the old ones end the day before, and powers follow (S4-10).

    A new committee works at once and is approved later (Charter); it is the ward that writes the posts down, so that no
    cell gives itself powers.
    """
    day = day_of(congress)
    found = list(objections_to_step("install", congress.state))
    if congress.installed_on:
        found.append(Objection(gettext_noop("Chức vụ khóa mới đã có hiệu lực."), reporting_article(day)))
    refuse_if(found)
    for term in _posts_that_end(congress, day):
        end_term(term, actor=actor, last_day=max(day - DAY, term.valid_from))
    for one in _offices_of(congress):
        appoint(
            congress.unit, actor=actor, member=one.member, post=POST_OF[Office(one.office)], valid_from=day,
            term=congress.round.term,
        )  # fmt: skip
    congress.installed_on = day
    congress.save()
    return congress


@action(Can.KEEP_CONGRESSES)
def hand_over(congress: Congress, *, actor: Actor, handed_over_on: date, handed_over: str) -> Congress:
    """The old committee hands over to the new one; the minutes of it are printed and signed by both."""
    closed = congress.closed_on or day_of(congress)
    done = congress.handed_over_on is not None
    refuse_if(
        [
            *objections_to_step("after", congress.state),
            *objections_to_handing_over(handed_over_on, closed_on=closed, done=done, text=handed_over),
        ]
    )
    congress.handed_over_on, congress.handed_over = handed_over_on, nfc_lines(handed_over)
    congress.save()
    KeptFile.objects.create(handover=congress, **facts_kept(congress.unit, handover_minutes(congress)))
    return congress


def _posts_that_end(congress: Congress, day: date) -> QuerySet[PostTerm]:
    """All of the cell's; after a by-election only what the elected held before, and the secretary or deputy they follow."""
    terms = posts_on(day, [congress.unit_id]).filter(post__in=CELL_POSTS)
    if not is_by_election(congress):
        return terms
    offices = _offices_of(congress)
    followed = [POST_OF[Office(one.office)] for one in offices if one.office != Office.COMMITTEE]
    return terms.filter(Q(member__in=[one.member_id for one in offices]) | Q(post__in=followed))


def _offices_of(congress: Congress) -> list[Elected]:
    """One office a person: whoever is secretary or deputy is not written down as a plain member besides."""
    rank = {office: order for order, office in enumerate((Office.SECRETARY, Office.DEPUTY, Office.COMMITTEE))}
    rows = sorted(
        congress.elected.filter(is_refused=False, office__in=list(rank)).select_related("member"),
        key=lambda one: rank[Office(one.office)],
    )
    return list({one.member_id: one for one in reversed(rows)}.values())


# ------------------------------------------------------------------------------------------- the public


@action(Can.LEAD_CONGRESSES)
def publish_result(congress: Congress, *, actor: Actor, published_on: date, agreed: bool = False) -> Congress:
    """Put a copy of the approved result before the public: names and offices, without votes; nothing else can be read there."""
    article, found = reporting_article(day_of(congress)), []
    if congress.state != CongressState.APPROVED or congress.decided_on is None:
        found.append(Objection(gettext_noop("Chỉ công bố kết quả đã được chuẩn y."), article))
    elif published_on < congress.decided_on:
        found.append(Objection(gettext_noop("Ngày công bố ở trước ngày chuẩn y."), article, field="published_on"))
    if not agreed:
        text = gettext_noop("Người trúng cử phải đồng ý cho công bố tên.")
        found.append(Objection(text, article, field="agreed"))
    refuse_if(found)
    congress.published, congress.published_on = public_copy(congress), published_on
    congress.save()
    return congress


@action(Can.LEAD_CONGRESSES)
def withdraw_result(congress: Congress, *, actor: Actor) -> Congress:
    """Take the copy away from the public, at once."""
    congress.published, congress.published_on = {}, None
    congress.save()
    return congress


# ---------------------------------------------------------------------------------------------- complaints


@action(Can.LEAD_CONGRESSES)
def receive_complaint(congress: Congress, *, actor: Actor, received_on: date, text: str) -> Complaint:
    """A complaint about the election, within 15 working days from closing (190-QĐ/TW Đ33)."""
    refuse_if(objections_to_step("after", congress.state))
    closed = congress.closed_on or day_of(congress)
    limits = times_of(congress.unit, closed)
    refuse_if(objections_to_complaint(received_on, closed_on=closed, limits=limits, is_off=is_off))
    return Complaint.objects.create(
        unit=congress.unit, congress=congress, received_on=received_on, text=nfc_lines(text)
    )


@action(Can.LEAD_CONGRESSES)
def settle_complaint(complaint: Complaint, *, actor: Actor, settled_on: date, outcome: str) -> Complaint:
    """What came of it; then the result may be decided on."""
    day = day_of(complaint.congress)
    article = rule_set_on(day).article("complaint")
    found = list(objections_to_settling_while_open(is_open=is_seal_open(complaint.congress), on=day))
    if complaint.settled_on:
        found.append(Objection(gettext_noop("Khiếu nại này đã giải quyết."), article))
    if settled_on < complaint.received_on:
        found.append(Objection(gettext_noop("Ngày giải quyết ở trước ngày nhận."), article, field="settled_on"))
    if not outcome.strip():
        found.append(Objection(gettext_noop("Hãy ghi kết quả giải quyết."), article, field="outcome"))
    refuse_if(found)
    complaint.settled_on, complaint.outcome = settled_on, nfc(outcome)
    complaint.save()
    return complaint


@action(Can.LEAD_CONGRESSES)
def destroy_ballots(congress: Congress, *, actor: Actor, destroyed_on: date) -> Congress:
    """Six months are over and nobody complained: the ballots are destroyed, and that is recorded (190-QĐ/TW Đ35)."""
    closed = congress.closed_on or day_of(congress)
    refuse_if(
        objections_to_destroying(
            destroyed_on,
            closed_on=closed,
            sealed_on=congress.sealed_on,
            open_complaint=has_open_complaint(congress),
            destroyed=congress.destroyed_on is not None,
            limits=times_of(congress.unit, closed),
        )
    )
    congress.destroyed_on = destroyed_on
    congress.save()
    _destroy(ScanCount.objects.filter(polling__election__congress=congress, destroyed_on=None), destroyed_on)
    return congress
