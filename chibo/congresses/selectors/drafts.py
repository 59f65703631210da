"""The political report as the term's records tell it: meetings, tasks, members. An official text: always Vietnamese (S4-04)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, F, Q

from chibo.congresses.models import Congress
from chibo.congresses.rules import Occasion, term_months
from chibo.congresses.selectors import day_of
from chibo.core.values import Period, Share, same_day_after
from chibo.meetings.rules import IN_BASE, MeetingKind, Presence
from chibo.meetings.selectors import attendances_in, meetings_in
from chibo.members.models import Membership
from chibo.members.rules import CELL_POSTS, Standing
from chibo.members.selectors import counted_on, posts_on
from chibo.plans.models import Plan
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskOrigin, TaskState


def term_of(congress: Congress) -> Period:
    """The term that ends with the congress: since the cell's last congress, or the length of a term back."""
    day = day_of(congress)
    before = (
        Congress.objects.filter(unit=congress.unit, closed_on__lt=day, round__occasion=Occasion.CONGRESS)
        .order_by("-closed_on")
        .first()
    )
    first = before.closed_on if before and before.closed_on else same_day_after(day, -term_months(day))
    return Period(first, day - timedelta(days=1))


def drafted(congress: Congress) -> dict[str, str]:
    """What the records say for each part; the person goes on from there."""
    term = term_of(congress)
    span = f"Từ {term.first:%d/%m/%Y} đến {term.last:%d/%m/%Y}"
    return {
        "resolution": _resolved(congress, term, span),
        "political": _work(congress, term, span),
        "party": _party(congress, term, span),
    }


def drafted_review(congress: Congress) -> dict[str, str]:
    """What the records say for the committee's review of itself."""
    term = term_of(congress)
    span = f"Từ {term.first:%d/%m/%Y} đến {term.last:%d/%m/%Y}"
    return {
        "work": _resolved(congress, term, span),
        "method": _method(congress, term, span),
        "faults": _faults(congress, term, span),
        "people": _people(congress, term),
    }


def _method(congress: Congress, term: Period, span: str) -> str:
    units = [congress.unit_id]
    held = {
        words: meetings_in(units, term, kinds).count()
        for words, kinds in (
            ("kỳ sinh hoạt chi bộ", (MeetingKind.REGULAR, MeetingKind.TOPICAL)), ("cuộc họp chi ủy", (MeetingKind.COMMITTEE,)),
        )
    }  # fmt: skip
    told = [f"{count} {words}" for words, count in held.items() if count]
    return f"{span}: chi ủy chủ trì {', '.join(told)}." if told else ""


def _faults(congress: Congress, term: Period, span: str) -> str:
    """Matters of the cell that were done after their day, or are still open after it."""
    rows = Task.objects.filter(unit=congress.unit, due_on__range=(term.first, term.last)).exclude(
        state=TaskState.DROPPED
    )
    late = rows.filter(Q(done_on__gt=F("due_on")) | Q(state=TaskState.OPEN)).order_by("due_on", "pk")
    count = late.count()
    titles = [f"- {task.title}{_due(task.due_on)}." for task in late[:10]]
    return "\n".join([f"{span}: {count} việc chậm hoặc chưa xong theo hạn.", *titles]) if count else ""


def _people(congress: Congress, term: Period) -> str:
    """Each of the committee, with what they were asked to do in the term and have done."""
    posts = posts_on(day_of(congress) - timedelta(days=1), [congress.unit_id]).filter(post__in=CELL_POSTS)
    doers = {one.member_id: one for one in posts.select_related("member").order_by("member__sort_key")}
    rows = Task.objects.filter(doer__in=doers, assigned_on__range=(term.first, term.last)).exclude(
        state=TaskState.DROPPED
    )
    told = {
        row["doer"]: row for row in rows.values("doer").annotate(all=Count("pk"), done=Count("pk", filter=Q(state=TaskState.DONE)))
    }  # fmt: skip
    return "\n".join(
        f"- Đồng chí {one.member.full_name} ({str(one.get_post_display()).lower()}): "
        + (f"được giao {told[pk]['all']} việc, xong {told[pk]['done']}; " if pk in told else "")
        + "ưu điểm …; khuyết điểm …."
        for pk, one in doers.items()
    )


def _resolved(congress: Congress, term: Period, span: str) -> str:
    """Each matter the cell resolved in the term, done or not."""
    rows = Task.objects.filter(
        unit=congress.unit, origin=TaskOrigin.RESOLUTION, assigned_on__range=(term.first, term.last)
    ).exclude(state=TaskState.DROPPED)
    told = rows.aggregate(all=Count("pk"), done=Count("pk", filter=Q(state=TaskState.DONE)))
    if not told["all"]:
        return ""
    share = Share(told["done"], told["all"])
    lines = [f"{span}: hoàn thành {share.part}/{share.base} việc của nghị quyết ({share.percent()}%)."]
    open_ones = rows.filter(state=TaskState.OPEN).order_by("due_on", "pk")[:10]
    lines += [f"- Chưa xong: {task.title}{_due(task.due_on)}." for task in open_ones]
    return "\n".join(lines)


def _due(day: date | None) -> str:
    return f", hạn {day:%d/%m/%Y}" if day else ""


def _work(congress: Congress, term: Period, span: str) -> str:
    rows = Task.objects.filter(
        unit=congress.unit, is_local=True, state=TaskState.DONE, done_on__range=(term.first, term.last)
    ).order_by("done_on", "pk")
    titles = [f"- {title}" for title in rows.values_list("title", flat=True)[:15]]
    return "\n".join([f"{span}, các việc của địa phương đã làm xong:", *titles]) if titles else ""


def _party(congress: Congress, term: Period, span: str) -> str:
    units = [congress.unit_id]
    held = meetings_in(units, term, (MeetingKind.REGULAR, MeetingKind.TOPICAL)).count()
    roll = attendances_in(units, term).filter(presence__in=IN_BASE)
    told = roll.aggregate(all=Count("pk"), there=Count("pk", filter=Q(presence=Presence.PRESENT)))
    joined = Membership.objects.filter(
        unit=congress.unit, standing=Standing.PROBATIONARY, valid_from__range=(term.first, term.last),
        member__admitted_on=F("valid_from"),
    ).count()  # fmt: skip
    plans = Plan.objects.filter(unit=congress.unit, registered_on__range=(term.first, term.last)).count()
    lines = [f"{span}: đảng số {counted_on(term.last, units).count()}."]
    if held:
        share = Share(told["there"], told["all"])
        lines.append(f"- Sinh hoạt {held} kỳ; tỷ lệ dự {share.percent()}% ({share.part}/{share.base} lượt).")
    if plans:
        lines.append(f"- {plans} lượt đăng ký kế hoạch tu dưỡng, rèn luyện.")
    lines.append(f"- Kết nạp {joined} đảng viên.")
    return "\n".join(lines)
