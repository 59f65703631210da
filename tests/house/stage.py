"""One of everything, planted with words that must not be seen by the wrong person: what the security tests walk over.

Cell 5 has an owner (whose plan is planted), a colleague and a secretary; everybody else looks from outside or above.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Concat, Left
from django.utils.timezone import localdate, now

from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Post
from chibo.briefings.actions import call_briefing, conclude_briefing, give_direction, send_return
from chibo.congresses.actions import approve_scheme, propose_scheme, schedule_congress
from chibo.congresses.actions import conducting as congress_floor
from chibo.congresses.actions import counting as congress_count
from chibo.congresses.actions import following as congress_after
from chibo.congresses.actions import open_round as open_congresses
from chibo.congresses.actions import scanning as congress_scans
from chibo.congresses.models import Congress, ScanCount, SealOpening, StrikeBatch
from chibo.consultations.actions import (
    announce_consultation,
    ask_question,
    hand_out_slips,
    invite_group,
    launch_consultation,
    name_subject,
    sum_up,
)
from chibo.consultations.actions.answering import fill_slip
from chibo.consultations.actions.suggestions import note_suggestion
from chibo.consultations.selectors import bearer_of
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.imports.actions import receive_workbook
from chibo.imports.actions.jobs import work
from chibo.inspections.actions import announce_inspection, decide_inspection, seat_team
from chibo.inspections.actions.papers import issue_prepared
from chibo.inspections.actions.pictures import take_photo
from chibo.inspections.actions.programmes import draft_programme
from chibo.inspections.actions.verifying import mark_criterion, plan_visit, record_finding
from chibo.inspections.models import Finding
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting, note_item
from chibo.meetings.actions.closing import attach_file
from chibo.meetings.actions.conducting import give_floor, mention_member, resolve_matter, take_vote
from chibo.meetings.actions.following import note_visit
from chibo.meetings.selectors.invitations import presence_token
from chibo.members.actions import amend_member, appoint
from chibo.members.models import Member
from chibo.outreach.actions.articles import approve_article, ask_for_articles, orient_week, send_article
from chibo.outreach.actions.exemplars import find_exemplar
from chibo.outreach.actions.items import enter_item
from chibo.outreach.actions.publishing import show_article
from chibo.papers.actions import enclose_file, link_papers, register_paper, reserve_number
from chibo.papers.actions.templates import adopt_template
from chibo.papers.rules import PaperKind
from chibo.papers.selectors.filling import standard_template
from chibo.plans.actions import (
    answer_evaluation,
    confirm_plan,
    draft_plan,
    evaluate_cell,
    open_campaign,
    propose_rota,
    register_plan,
    report_on_plan,
    suggest_items,
    write_plan,
)
from chibo.plans.models import Plan
from chibo.plans.rules import ResultLevel
from chibo.plans.rules.evaluating import Entry
from chibo.plans.rules.planning import Item, SuggestedItem
from chibo.programmes.actions import attach_paper, launch_programme, plant_manifestations, set_theme
from chibo.reports.actions import ask_for_report
from chibo.reports.actions.jobs import work as make_report
from chibo.reviews.actions import check_oneself, give_comment, open_round, send_review, undertake
from chibo.study.actions import ask_for_essays, disseminate, hand_in_essay, mark_essay, note_reached, open_class
from chibo.tasks.actions import note_progress
from tests.imports.sheets import person, workbook
from tests.world import World

SECRET = "bimat7391"
"""Stands in every text of the owner's plan, its reports, evaluations and minutes."""
BORN, PHONE, CITIZEN = date(1961, 4, 17), "0912345678", "001061004567"
BIRTH_TEXTS = ("17/04/1961", "17/4/1961", "1961-04-17")
SCRIPT, FORMULA = '"><script>alert(1)</script>', '=HYPERLINK("http://x.vn","x")'
ROLES = ("stranger", "other", "colleague", "owner", "secretary", "clerk", "leader", "inspector")


@dataclass
class Stage:
    """The cast and the sample objects; ``args`` says how each kind of address is filled."""

    world: World
    roles: dict[str, Actor]
    owner: Member
    plan: Plan
    args: dict[str, tuple[Any, ...]] = field(default_factory=dict)


def build_stage(world: World, planted: str = SECRET) -> Stage:
    today = localdate()
    month = (today - timedelta(days=31 if today.month == 1 else 0)).replace(day=1)  # both meetings in one year
    year, last_month = month.year, month - timedelta(days=1)
    owner = world.member(world.cell5, "Bùi Văn Chủ", account=True, birth_date=BORN, phone=PHONE, citizen_id=CITIZEN)
    amend_member(owner, actor=world.clerk, occupation="Tổ trưởng tổ dân phố")
    colleague = world.member(world.cell5, "Cao Thị Bạn", account=True)
    stranger = world.member(world.cell7, "Đào Văn Lạ", account=True)
    clerk, secretary = world.clerk, world.secretary
    by_clerk: dict[str, Any] = {"actor": clerk}
    by_cell: dict[str, Any] = {"actor": secretary}
    group = world.group("Đảng viên hưu trí")
    plant_manifestations(world.ward, **by_clerk)
    programme = launch_programme(world.ward, code="ct05", name="Chỉ thị 05", valid_from=date(2016, 5, 15), **by_clerk)
    theme = set_theme(programme, year=year, title="Nêu gương", **by_clerk)
    guidance = register_paper(
        world.ward, kind="Hướng dẫn", symbol="23-HD/ĐU", issuer="Đảng ủy", subject="Xây dựng kế hoạch",
        issued_on=last_month, file=ContentFile(_pdf(), name="hd.pdf"), **by_clerk,
    )  # fmt: skip
    attach_paper(programme, paper=guidance, **by_clerk)
    template = adopt_template(
        world.ward, kind="plan", valid_from=last_month, file=ContentFile(standard_template(PaperKind.PLAN, today), "m.docx"),
        **by_clerk,
    )  # fmt: skip
    earlier = register_paper(
        world.ward, kind="Chỉ thị", symbol="05-CT/TW", issuer="Bộ Chính trị", subject="Làm theo Bác", **by_clerk
    )
    link = link_papers(guidance, to=earlier, relation="based_on", **by_clerk)
    enclosure = enclose_file(guidance, file=ContentFile(_pdf(), name="phu-luc.pdf"), **by_clerk)
    number = reserve_number(world.ward, kind="plan", term="2025–2030", reason="Chờ ký", **by_clerk)
    campaign = open_campaign(
        world.ward, programme=programme, theme=theme, guidance=guidance, year=year, opened_on=date(year, 1, 5),
        deadline=date(year, 3, 31), **by_clerk,
    )  # fmt: skip
    suggest_items(
        campaign, group=group, items=[SuggestedItem("1", "Đọc một tài liệu", "1 bài", on_theme=True)], **by_clerk
    )
    plan = _plan(world, campaign, owner, planted)
    draft = draft_plan(colleague, campaign=campaign, made_on=date(year, 1, 20), **by_cell)
    write_plan(draft, items=[Item("1", "Bản nháp của bạn", "1 bài", date(year, 6, 30))], **by_cell)
    register_plan(draft, registered_on=date(year, 2, 1), **by_cell)
    held = convene_meeting(
        world.cell5,
        held_on=last_month.replace(day=5),
        starts_at=time(19, 30),
        chair=colleague,
        recorder=colleague,
        **by_cell,
    )
    call_roll(held, presences={m.pk: ("present", "") for m in (owner, colleague)}, **by_cell)
    propose_rota(world.cell5, year=year, **by_cell)
    own = world.own(owner)
    report_on_plan(plan, actor=own, month=held.month, reported=f"Đã làm {planted}")
    entry: Entry = {
        "level": ResultLevel.GOOD,
        "remark": "",
        "comment": f"Nhận xét {planted}",
        "reported": f"Báo cáo {planted}",
    }
    (evaluation,) = evaluate_cell(held, entries={plan.pk: entry}, **by_cell)
    answer_evaluation(evaluation, actor=own, answer=f"Tiếp thu {planted}")
    held.refresh_from_db()
    resolve_matter(
        held,
        what="Vận động 12 hộ hiến đất",
        doer=colleague,
        due_on=today + timedelta(days=30),
        measure="12 hộ ký",
        **by_cell,
    )
    take_vote(held, question="Thông qua nghị quyết", in_favour=2, **by_cell)
    scan = attach_file(
        held, kind="signed_resolution", file=ContentFile(_pdf(), name="Nghị quyết đã ký.pdf"), **by_cell
    )
    close_meeting(held, minutes=f"Biên bản {planted}", closed_on=held.held_on, ends_at=time(21, 0), **by_cell)
    task = held.resolved.get().task
    progress = note_progress(
        task, text="Đã gặp 4 hộ", noted_on=today, evidence=ContentFile(_pdf(), name="bien-ban.pdf"), **by_cell
    )
    meeting = convene_meeting(world.cell5, held_on=month, starts_at=time(19, 30), **by_cell)
    evaluate_cell(meeting, entries={plan.pk: {**entry, "comment": f"Ý kiến {planted}"}}, **by_cell)
    item = meeting.agenda.first()
    note_item(item, notes="Diễn biến chung", **by_cell)
    speech = give_floor(item, member=colleague, text=f"Phát biểu {planted}", **by_cell)
    resolved = resolve_matter(
        meeting,
        what="Sửa 3 bóng đèn ngõ 7",
        doer=colleague,
        due_on=today + timedelta(days=30),
        measure="3 bóng sáng",
        **by_cell,
    )
    mention_member(meeting, member=colleague, kind="commend", text="Hiến 20 m² đất", **by_cell)
    guest = world.member(world.cell7, "Lê Thị Theo Dõi", account=True)
    appoint(world.cell5, member=guest, post=Post.FOLLOWER, valid_from=date(year, 1, 1), **by_clerk)
    visit = note_visit(held, member=guest, note=f"Góp ý {planted}", **by_cell)
    term = appoint(world.cell5, member=colleague, post=Post.CELL_COMMITTEE, valid_from=date(year, 1, 1), **by_clerk)
    colleague_plain = world.member(world.cell5, "Giang Văn Thường", account=True)
    run = receive_workbook(
        world.ward,
        ContentFile(workbook(person(name="Mai Văn Mới"))),
        actor=clerk,
        importer="members",
        file_name="ds.xlsx",
    )
    work.call(run.pk, clerk.user.pk)
    boss = world.member(world.cell7, "Lê Văn Đứng Đầu")
    appoint(world.ward, member=boss, post=Post.WARD_SECRETARY, valid_from=date(year, 1, 1), **by_clerk)
    briefing, concluded = _briefings(world, boss, today)
    inspected = _inspections(world, owner, colleague, planted)
    congress = _congress(world, [colleague, owner, colleague_plain], today)
    told, opinions = _outreach(world, owner, today), _opinions(world, owner, today)
    study = _study(world, owner, colleague, theme, guidance, planted)
    reviewed = _reviews(world, owner, planted)
    kind = registry.named("reports", "plans-summary")
    report = ask_for_report(world.ward, actor=world.ward_secretary, kind=kind, period=Period.of_year(year), on=today)
    make_report.call(report.pk, None)
    taint()
    cell, ward, now = world.cell5.pk, world.ward.pk, str(year)
    roles = {
        "stranger": world.own(stranger), "other": world.stranger, "colleague": world.own(colleague_plain), "owner": own,
        "secretary": secretary, "clerk": clerk, "leader": world.ward_secretary, "inspector": world.inspector,
    }  # fmt: skip
    return Stage(world, roles, owner, plan, {
        "-": (), "cell": (cell,), "ward": (ward,), "cell+year": (cell, now), "ward+year": (ward, now),
        "member": (owner.pk,), "term": (term.pk,), "plan": (plan.pk,), "plan+plan": (plan.pk, draft.pk),
        "plan+month": (plan.pk, f"{month:%Y-%m}"), "plan+suggestion": (plan.pk, campaign.suggestions.get().pk),
        "member+campaign": (owner.pk, campaign.pk), "campaign": (campaign.pk,), "campaign+group": (campaign.pk, group.pk),
        "campaign+group+docx": (campaign.pk, group.pk, "docx"), "meeting": (meeting.pk,), "closed": (held.pk,),
        "meeting+member": (meeting.pk, owner.pk), "meeting+plan": (meeting.pk, plan.pk), "closed+plan": (held.pk, plan.pk),
        "meeting+paper": (meeting.pk, guidance.pk), "speech": (speech.pk,), "visit": (visit.pk,), "resolved": (resolved.pk,), "strike": ("speech", speech.pk), "attachment": (scan.pk,),
        "meeting+token": (meeting.pk, presence_token(meeting, owner)), "item": (item.pk,), "evaluation": (evaluation.pk,), "run": (run.pk,), "report": (report.pk,),
        "report+docx": (report.pk, "docx"), "paper": (guidance.pk,), "enclosure": (enclosure.pk,), "number": (number.pk,),
        "paper+link": (guidance.pk, link.pk), "ward+number": (ward, number.series_id, 1), "programme": (programme.pk,),
        "programme+paper": (programme.pk, guidance.pk), "ward+A1": (ward, "A1"), "figure": ("plans.having", cell, now),
        "summary": ("plans-summary", ward, now), "inspection": ("plans-inspection", cell, now),
        "ward+setting": (ward, "plans.alike_percent"), "task": (task.pk,), "task+finish": (task.pk, "finish"), "progress": (progress.pk,), "briefing": (briefing.pk,), "concluded": (concluded.pk,),
        "template": (template.pk,), "ward+kind": (ward, "minutes"), "ret": (briefing.returns.get(unit=cell).pk,), **inspected, **told, **opinions, **study, **reviewed, **congress,
    })  # fmt: skip


def _inspections(world: World, owner: Member, colleague: Member, planted: str) -> dict[str, tuple[Any, ...]]:
    """One inspection of cell 5 that is announced, one that is still being prepared, a survey, and a cell's programme.

    The team are people of cell 7 who hold no post; what they look at and find holds the planted words.
    """
    today, by_lead = localdate(), {"actor": world.inspector}
    team = [world.member(world.cell7, name, account=True) for name in ("Kiều Văn Đoàn", "Lý Thị Thư Ký")]
    made = []
    for form, announced in (("compliance", True), ("compliance", False), ("survey", True)):
        one = decide_inspection(
            world.ward, form=form, body="committee", content=f"Thực hiện kế hoạch {len(made)}", decided_on=today, begins_on=today,
            units=[world.cell5], outline="plans", **by_lead,
        )  # fmt: skip
        seat_team(one, roles={team[0]: "head", team[1]: "secretary"}, **by_lead)
        if announced:
            issue_prepared(one, on=today, **by_lead)
            announce_inspection(one, on=today, **by_lead)
        made.append(one)
    running, hidden, survey = made
    subject = running.subjects.get()
    criterion = running.criteria.first()
    by_team = {"actor": world.own(team[1])}
    mark_criterion(subject, criterion=criterion, result="unmet", note=f"Ghi chú {planted}", **by_team)
    picture = take_photo(
        subject, criterion=criterion, photo=ContentFile(b"\x89PNG\r\n\x1a\n" + b"0" * 90, name="a.png"), **by_team
    )
    finding = record_finding(
        subject, kind="shortcoming", text=f"Nhận thấy {planted}", found_on=today, remedy=f"Lập 1 bản {planted}",
        owner=colleague, due_on=today + timedelta(days=30), **by_team,
    )  # fmt: skip
    known = {"kind": "strength", "text": f"Ưu {planted}", "source": "inspection", "found_on": today}
    Finding.objects.create(unit=world.cell5, subject=hidden.subjects.get(), **known)
    visit = plan_visit(
        survey, subject=survey.subjects.get(), visitor=survey.team.first(), day=today + timedelta(days=1), **by_lead
    )
    programme = draft_programme(world.cell5, year=today.year, body="cell", day=today, actor=world.secretary)
    piece = running.pieces.get(kind="decision")
    own = running.pieces.get(kind="assignment")
    return {
        "running": (running.pk,), "hidden": (hidden.pk,),
        "running+announce": (running.pk, "announce"), "running+deploy": (running.pk, "deploy"),
        "running+result": (running.pk, "result"), "survey": (survey.pk,), "visit_": (visit.pk,), "inspected": (subject.pk,),
        "subject+criterion": (subject.pk, criterion.pk), "finding": (finding.pk,), "picture": (picture.pk,), "cell+programme": (world.cell5.pk, today.year),
        "programme_": (programme.pk,), "line": (programme.lines.first().pk,), "piece+pdf": (piece.pk, "pdf"),
        "own+pdf": (own.pk, "pdf"),
    }  # fmt: skip


def _reviews(world: World, owner: Member, planted: str) -> dict[str, tuple[Any, ...]]:
    """This year's round: the owner has written, and seen a manifestation in themselves."""
    today, own = localdate(), world.own(owner)
    days = {"as_of": today, "opened_on": today, "cell_deadline": today, "deadline": today}
    found = open_round(
        world.ward, actor=world.clerk, first=date(today.year, 1, 1), last=date(today.year, 12, 31), **days
    )
    review = found.reviews.get(member=owner)
    texts = dict.fromkeys(("results", "shortcomings", "causes", "direction"), "Tự phê bình")
    marks = dict.fromkeys("12346", "met")
    send_review(review, actor=own, texts=texts, own=marks, own_level="good", sent_on=today)
    review.refresh_from_db()
    check_oneself(review, actor=own, entries={"A5": f"Tự soi {planted}"}, checked_on=today)
    give_comment(review, actor=world.secretary, source="cell", text="Chân thành", given_on=today)
    undertake(
        review, shortcoming="Chậm báo cáo", title="Nộp báo cáo trước ngày 25", measure="12 báo cáo",
        due_on=today + timedelta(days=30), made_on=today, actor=world.secretary,
    )  # fmt: skip
    cell, ward = world.cell5.pk, world.ward.pk
    return {
        "review": (review.pk,), "review+comment": (review.pk, "comment"), "round+cell": (found.pk, cell),
        "round+ward": (found.pk, ward), "round+cell+propose": (found.pk, cell, "propose"),
    }  # fmt: skip


def _opinions(world: World, owner: Member, today: date) -> dict[str, tuple[Any, ...]]:
    """A round that asks the owner, one about the owner that is summed up, and a letter of the box."""
    by_clerk: dict[str, Any] = {"actor": world.clerk}
    made = []
    for closes_on in (today + timedelta(days=5), today - timedelta(days=1)):
        asked = announce_consultation(
            world.ward, title="Góp ý", opens_on=today - timedelta(days=9), closes_on=closes_on, **by_clerk
        )
        name_subject(asked, member=owner, post="Tổ trưởng", **by_clerk)
        ask_question(asked, kind="levels", text="Gương mẫu", levels=["Tốt", "Khá"], **by_clerk)
        invite_group(asked, name="Nhóm", names=[f"Người Số {n}" for n in range(6)], members=[owner], **by_clerk)
        made.append(launch_consultation(asked, **by_clerk))
    day = made[1].opens_on
    for _group, code in hand_out_slips(made[1], invitees=list(made[1].invitees.all()), today=day, **by_clerk):
        _slip, bearer = bearer_of(code)
        fill_slip(made[1], actor=bearer, code=code, filled={"1-1": 0}, today=day)
    summed = sum_up(made[1], today=today, **by_clerk)
    letter = note_suggestion(world.ward, channel="paper", text="Đèn ngõ hỏng", received_on=day, **by_clerk)
    asking, subject = made[0], summed.subjects.get()
    return {
        "consultation": (summed.pk,), "consultation+part": (summed.pk, "group"), "consultation+strike": (summed.pk, "group", 1),
        "asking": (asking.pk,), "asking+hand": (asking.pk, "hand"), "summed+docx": (summed.pk, "docx"), "subject": (subject.pk,),
        "suggestion": (letter.pk,), "suggestion+answer": (letter.pk, "answer"),
    }  # fmt: skip


def _outreach(world: World, owner: Member, today: date) -> dict[str, tuple[Any, ...]]:
    """An entry of cell 5's ledger, an article that the ward asked of it and approved, and the owner as an exemplar."""
    by_cell: dict[str, Any] = {"actor": world.secretary}
    item = enter_item(
        world.cell5, kind="portal", held_on=today, title="Ngày hội đọc sách", link="https://phuong.example/1",
        picture=ContentFile(PNG, name="a.png"), today=today, **by_cell,
    )  # fmt: skip
    week = orient_week(world.ward, actor=world.clerk, starts_on=today, text="Tuyên truyền chuyên đề năm")
    ask_for_articles(week, actor=world.clerk, what="Ngõ sạch", units=[world.cell5], due_on=today, asked_on=today)
    article = week.articles.get()
    picture = ContentFile(PNG, name="b.png")
    send_article(
        article, title="Ngõ 7 sạch đẹp", text="12 hộ cùng làm", picture=picture, on=today, today=today, **by_cell
    )
    article.refresh_from_db()
    approve_article(article, actor=world.ward_secretary, on=today)
    exemplar = find_exemplar(
        world.cell5,
        member=owner,
        title="Hiến 20 m² đất",
        story="Hiến đất mở ngõ 7",
        found_on=today,
        today=today,
        **by_cell,
    )
    shown = show_article(article, actor=world.ward_secretary, on=today).publication
    return {
        "item_told": (item.pk,), "week": (week.pk,), "article": (article.pk,), "article+revise": (article.pk, "revise"),
        "exemplar": (exemplar.pk,), "exemplar+propose": (exemplar.pk, "propose"), "publication": (shown.pk,),
    }  # fmt: skip


def _briefings(world: World, boss: Member, today: date) -> list[Any]:
    """Today's briefing with the cell's return and a direction to it; and last fortnight's, concluded."""
    by_clerk: dict[str, Any] = {"actor": world.clerk}
    made = []
    for held_on in (today, today - timedelta(days=14)):
        briefing = call_briefing(world.ward, rhythm="weekly", held_on=held_on, chair=boss, recorder=boss, **by_clerk)
        ret = briefing.returns.get(unit=world.cell5)
        told = {
            "results": "Đã làm một việc",
            "next_tasks": "Làm việc khác",
            "difficulties": "Mưa",
            "proposals": "Hỗ trợ",
        }
        send_return(ret, actor=world.secretary, sent_on=held_on, cultivation="1/2", **told)
        give_direction(
            briefing, title="Lập danh sách 12 hộ nghèo", measure="danh sách", due_on=held_on + timedelta(days=9),
            units=[world.cell5], **by_clerk,
        )  # fmt: skip
        made.append(briefing)
    conclude_briefing(made[1], minutes="Biên bản giao ban", closed_on=made[1].meeting.held_on, **by_clerk)
    return made


def _congress(world: World, members: list[Member], today: date) -> dict[str, tuple[Any, ...]]:
    """A congress of today: the first round elected nobody, of the second one paper is entered; and one still planned."""
    by_clerk, by_cell = {"actor": world.clerk}, {"actor": world.secretary}
    members = [*members, world.member(world.cell5, "Hồ Thị Kiểm")]
    round_ = open_congresses(
        world.ward,
        name="Đại hội các chi bộ",
        term="2025-2030",
        first_on=today,
        last_on=today + timedelta(days=30),
        **by_clerk,
    )
    made = schedule_congress(round_, cell=world.cell5, held_on=today, **by_clerk)
    propose_scheme(made, seats=1, standards="Có uy tín", **by_cell)
    approve_scheme(Congress.objects.get(), approved_on=today, **by_clerk)
    call_roll(made.meeting, presences={m.pk: ("present", "") for m in members}, **by_cell)
    here = congress_floor.begin_congress(Congress.objects.get(), **by_cell)
    election = congress_floor.open_election(here, office="secretary", **by_cell)
    candidate = congress_floor.put_forward(election, member=members[0], **by_cell)
    congress_floor.close_list(election, in_favour=4, **by_cell)
    congress_floor.elect_counters(here, members=members[1:], head=members[1], in_favour=4, **by_cell)
    election.refresh_from_db()
    counters, pollings = list(here.counters.all()), []
    for papers in ("ddkk", "d"):
        congress_scans.print_ballots(election, voters=4, spare=1, **by_cell)
        polling = congress_count.issue_ballots(election, printed=4, issued=4, **by_cell)
        congress_count.collect_ballots(polling, collected=4, **by_cell)
        polling.refresh_from_db()
        for hand, counter in zip((1, 2) if len(papers) == 4 else (1,), counters, strict=False):
            for number, marks in enumerate(papers, 1):
                entry = congress_count.enter_ballot(
                    polling, hand=hand, number=number, marks=marks, counter=counter, actor=SETUP
                )
        if len(papers) == 4:
            congress_count.certify_count(polling, **by_cell)
            election.refresh_from_db()
        pollings.append(polling)
    scan = ScanCount.objects.create(unit=polling.unit, polling=polling, folder="0" * 32, state="read")
    Congress.objects.update(state="closed", closed_on=today)
    complaint = congress_after.receive_complaint(
        Congress.objects.get(), received_on=today, text="Kiểm nhầm", **by_clerk
    )
    opening = SealOpening.objects.create(
        unit=here.unit, complaint=complaint, decision="1-QĐ/ĐU", decided_on=today, opened_at=now(), place="Trụ sở"
    )  # fmt: skip
    batch = StrikeBatch.objects.create(
        unit=polling.unit, polling=polling, first=1, last=4, struck=[1], counter=counters[1]
    )
    Congress.objects.update(state="open", closed_on=None)
    return {
        "counter": (counters[0].pk,), "polling+counter": (polling.pk, counters[0].pk), "batch": (batch.pk,),
        "opening": (opening.pk,), "opening+scan": (opening.pk, scan.pk, "0123456789abcdef"),
        "round": (round_.pk,), "congress": (here.pk,), "congress+result": (here.pk, "result"),
        "congress+begin": (here.pk, "begin"), "preparation": (here.preparations.first().pk,), "complaint": (complaint.pk,),
        "election": (election.pk,), "election+put": (election.pk, "put"), "candidate+support": (candidate.pk, "support"),
        "polling": (pollings[1].pk,), "polling+certify": (pollings[1].pk, "certify"), "certified": (pollings[0].pk,),
        "entry": (entry.pk,), "scan+aside": (scan.pk, "aside"), "scan+counter": (scan.pk, counters[0].pk),
        "scan+item": (scan.pk, "0123456789abcdef"),
    }  # fmt: skip


def _study(world: World, owner: Member, colleague: Member, theme: Any, paper: Any, planted: str) -> dict[str, Any]:
    """A class of the ward with the owner's essay and the colleague's, a class of the cell without a record, and a
    document made known."""
    today, by_clerk, by_cell = localdate(), {"actor": world.clerk}, {"actor": world.secretary}
    held_on = today - timedelta(days=30)
    held = open_class(world.ward, title="Học chuyên đề năm", held_on=held_on, theme=theme, **by_clerk)
    call_roll(held.meeting, presences={m.pk: ("present", "") for m in (owner, colleague)}, **by_clerk)
    ask_for_essays(held, due_on=today - timedelta(days=10), **by_clerk)
    mine, other = held.essays.get(member=owner), held.essays.get(member=colleague)
    text = f"Bài viết {planted}"
    hand_in_essay(
        mine, actor=world.own(owner), text=text, file=ContentFile(_pdf(), name="bai.pdf"), handed_in_on=held_on
    )
    hand_in_essay(other, text="Bài của bạn", handed_in_on=held_on, **by_cell)
    mark_essay(held.essays.get(member=owner), mark="not_passed", comment=f"Còn thiếu {planted}", **by_cell)
    bare = convene_meeting(world.cell5, kind="class", held_on=today - timedelta(days=3), **by_cell)
    spread = disseminate(
        world.ward, paper=paper, opened_on=held_on, due_on=today - timedelta(days=5), digest="Ý chính",
        asks="Mỗi chi bộ làm 1 việc", **by_clerk,
    )  # fmt: skip
    there = spread.reaches.filter(unit=world.cell7)
    note_reached(
        world.cell7, actor=world.secretary7, dissemination=spread, members={line.member_id for line in there}, way="paper",
        reached_on=held_on,
    )  # fmt: skip
    cell = world.cell5.pk
    return {
        "class": (held.pk,), "class+cell": (held.pk, cell), "essay": (mine.pk,), "essay+essay": (mine.pk, other.pk),
        "bare": (bare.pk,), "spread": (spread.pk,), "spread+cell": (spread.pk, cell),
    }  # fmt: skip


def _plan(world: World, campaign: Any, owner: Member, planted: str) -> Plan:
    own, year = world.own(owner), campaign.year
    plan = draft_plan(owner, actor=own, campaign=campaign, made_on=date(year, 1, 20))
    items = [Item("1", f"Nội dung {planted}", f"Chỉ tiêu {planted}"[:200], date(year, 6, 30), on_theme=True)]
    write_plan(plan, actor=own, items=items)
    register_plan(plan, actor=own, registered_on=date(year, 2, 1))
    return confirm_plan(plan, actor=SETUP, confirmed_on=date(year, 2, 10), comment=f"Ý kiến {planted}")


PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\3\0"
    b"\x08\xfc\2\xfe\xa7\x9a\xa0\xa0\0\0\0\0IEND\xaeB`\x82"
)
"""One white dot."""


def _pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


NOT_TYPED = {
    "path", "file_name", "code_hash", "password", "username", "language", "theme", "period", "code", "importer", "problem",
    "citizen_id", "section", "phone", "card_number", "symbol",
}  # fmt: skip


def taint() -> None:
    """Let every free text of every record begin with a formula and end with a script, as if somebody had typed so."""
    for model in apps.get_models():
        if not model.__module__.startswith("chibo.") or model._meta.app_label == "journal":
            continue
        for text in model._meta.concrete_fields:
            free = type(text) in (CharField, TextField) and text.editable and not (text.choices or text.unique)
            if free and text.name not in NOT_TYPED:
                room = (text.max_length or 4000) - len(FORMULA) - len(SCRIPT)
                if room > 0:
                    whole = Concat(Value(FORMULA), Left(text.name, room), Value(SCRIPT))
                    model.objects.exclude(**{text.name: ""}).update(**{text.name: whole})
