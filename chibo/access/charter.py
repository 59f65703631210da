"""The charter: every power in the system, and every post that holds it, on one page.

Nobody administers permissions. A post held in a unit on the day gives its powers there and below; what a person may
do with their own records stands in ``OWN``. `docs/charter.md` is generated from this page.
"""

from __future__ import annotations

from enum import StrEnum

from chibo.core.values import gettext_noop as _


class Can(StrEnum):
    """A power: the verb that an action, a list or a figure asks for."""

    SEE_UNITS = "units.see"
    SHAPE_UNITS = "units.shape"
    SET_RULES = "units.set_rules"

    SEE_MEMBERS = "members.see"
    """Names, cell, standing, groups: what a cell's list on the wall shows."""
    SEE_MEMBER_FILES = "members.see_files"
    """Birth date, telephone, qualification: the personal file."""
    REVEAL_IDENTITY = "members.reveal_identity"
    KEEP_MEMBERS = "members.keep"
    APPOINT = "members.appoint"
    INVITE = "members.invite"

    SEE_PAPERS = "papers.see"
    KEEP_PAPERS = "papers.keep"
    NUMBER_PAPERS = "papers.number"
    """Take the next number of a series, for a paper that one issues."""

    SEE_PROGRAMMES = "programmes.see"
    LEAD_PROGRAMMES = "programmes.lead"

    SEE_TASKS = "tasks.see"
    ASSIGN_TASKS = "tasks.assign"
    DO_TASKS = "tasks.do"
    """Tell how far a duty is, and that it is done."""

    SEE_MEETINGS = "meetings.see"
    KEEP_MEETINGS = "meetings.keep"
    CLOSE_MEETINGS = "meetings.close"
    RATE_MEETINGS = "meetings.rate"
    """Mark the quality of a meeting one attended from above."""

    SEE_BRIEFINGS = "briefings.see"
    """That a briefing is held, what one's own cells return for it and what is directed."""
    LEAD_BRIEFINGS = "briefings.lead"
    WRITE_RETURNS = "briefings.write_returns"

    SEE_PLANS = "plans.see"
    """Who has a plan, in which state, evaluated when: not its text."""
    READ_PLANS = "plans.read"
    WRITE_PLANS = "plans.write"
    JUDGE_PLANS = "plans.judge"
    EVALUATE_PLANS = "plans.evaluate"
    ANSWER_EVALUATIONS = "plans.answer"

    SEE_INSPECTIONS = "inspections.see"
    """Inspections that concern one's own unit, once they are announced: its own part."""
    LEAD_INSPECTIONS = "inspections.lead"
    """Set the yearly programme; decide, announce, conclude and close inspections; read the whole dossier."""
    VERIFY_INSPECTIONS = "inspections.verify"
    """Look, find and write minutes, as a member of the team or who leads it."""
    ANSWER_INSPECTIONS = "inspections.answer"
    """Write and hand in the inspected unit's own report."""
    SEE_CONGRESSES = "congresses.see"
    PREPARE_CONGRESSES = "congresses.prepare"
    """Tick off what is prepared for a cell's congress, and note how it was run."""
    KEEP_CONGRESSES = "congresses.keep"
    """Conduct the congress of one's cell: lists, ballots, counts, minutes, report."""
    COUNT_BALLOTS = "congresses.count"
    """Enter ballots, count them backwards, look at doubtful pictures; of the counting committee, and each as oneself."""
    LEAD_CONGRESSES = "congresses.lead"
    """Plan the ward's round, approve schemes and results."""
    SEE_CONSULTATIONS = "consultations.see"
    """That opinions are asked, of whom about whom, and how many came back."""
    LEAD_CONSULTATIONS = "consultations.lead"
    SEE_RESULTS = "consultations.results"
    """What was summed up: counts of groups large enough, opinions without their slips."""
    TAKE_SLIPS = "consultations.take"
    """Take the slip one is invited to fill, and say that it is sent."""
    ANSWER_SLIPS = "consultations.answer"
    """Held by whoever holds a slip, for this one use."""
    HANDLE_SUGGESTIONS = "consultations.suggestions"
    DROP_SUGGESTIONS = "consultations.drop"
    """Held by everybody, without an account, where the box is open."""
    SEE_OUTREACH = "outreach.see"
    """What was published and broadcast, what articles were asked for, which exemplars there are."""
    WRITE_OUTREACH = "outreach.write"
    """Enter what one's own unit published, answer its requests for articles, put exemplars forward."""
    LEAD_OUTREACH = "outreach.lead"
    """Set the week's orientation, ask units for articles, publish what was approved."""
    APPROVE_OUTREACH = "outreach.approve"
    SEE_STUDY = "study.see"
    """Which classes are held, who attended, whose essay is in, whom a document reached: no text of anybody."""
    READ_ESSAYS = "study.read_essays"
    DO_STUDY = "study.do"
    """Hand in an essay, say that one has read: one's own, or entered by the cell for who writes on paper."""
    MARK_ESSAYS = "study.mark_essays"
    NOTE_REACH = "study.note_reach"
    """Tell whom of the cell a document or theme has reached."""
    SEE_REVIEWS = "reviews.see"
    """Who is reviewed, how far it is, and the level decided: not what anybody wrote."""
    READ_REVIEWS = "reviews.read"
    WRITE_REVIEWS = "reviews.write"
    READ_SELF_CHECKS = "reviews.read_self_checks"
    """The self-check by the 27 manifestations: its author, the cell's committee and the deciding level only."""
    RECORD_REVIEWS = "reviews.record"
    """Comments, ballots, criteria and commitments of the cell's review meeting, and its proposal."""
    LEAD_REVIEWS = "reviews.lead"
    """Open the round, suggest what to review, appraise what the cells propose."""
    DECIDE_REVIEWS = "reviews.decide"
    ANSWER_REVIEWS = "reviews.answer"

    BRING_LISTS = "imports.bring"
    """Bring a workbook in; what its rows become asks besides for the power of that list."""
    SEE_FIGURES = "figures.see"
    SEE_REPORTS = "reports.see"
    ISSUE_REPORTS = "reports.issue"
    MEND_WARNINGS = "warnings.mend"
    """Open the board of what is short, for what one can mend oneself."""
    SEE_WARNINGS = "warnings.see"
    """There, how many others below have not mended in time."""
    READ_JOURNAL = "journal.read"
    KEEP_OWN_ACCOUNT = "access.keep_own_account"


class Post(StrEnum):
    """A post (chức vụ) that gives powers. Its level is part of it: a ward's secretary is not a cell's."""

    WARD_SECRETARY = "ward_secretary"
    WARD_DEPUTY = "ward_deputy"
    WARD_COMMITTEE = "ward_committee"
    CLERK = "clerk"
    INSPECTOR = "inspector"
    PROGRAMME_HEAD = "programme_head"
    CELL_SECRETARY = "cell_secretary"
    CELL_DEPUTY = "cell_deputy"
    CELL_COMMITTEE = "cell_committee"
    FOLLOWER = "follower"
    TEAM_MEMBER = "team_member"
    """On an inspection team: sight of the inspected unit while the inspection runs. Granted by announcing it."""
    COUNTER = "counter"
    """On the counting committee of a congress in session. Granted with the election of the committee, gone with the closing."""
    BEARER = "bearer"
    """Whoever shows an unused slip of a consultation. Nobody is appointed to it."""
    PASSER_BY = "passer_by"
    """Whoever writes to an open suggestion box. Nobody is appointed to it."""
    SETUP = "setup"
    """The installation itself, while it founds its first office and fills the demonstration. No person holds it."""


POST_NAMES: dict[Post, str] = {
    Post.WARD_SECRETARY: _("Bí thư Đảng ủy"),
    Post.WARD_DEPUTY: _("Phó Bí thư Đảng ủy"),
    Post.WARD_COMMITTEE: _("Ủy viên Ban Chấp hành Đảng bộ"),
    Post.CLERK: _("Văn phòng Đảng ủy"),
    Post.INSPECTOR: _("Ủy ban Kiểm tra Đảng ủy"),
    Post.PROGRAMME_HEAD: _("Phụ trách chương trình"),
    Post.CELL_SECRETARY: _("Bí thư chi bộ"),
    Post.CELL_DEPUTY: _("Phó Bí thư chi bộ"),
    Post.CELL_COMMITTEE: _("Chi ủy viên"),
    Post.FOLLOWER: _("Đảng ủy viên theo dõi chi bộ"),
    Post.TEAM_MEMBER: _("Thành viên đoàn kiểm tra"),
    Post.COUNTER: _("Thành viên ban kiểm phiếu"),
    Post.BEARER: _("Người cầm phiếu góp ý"),
    Post.PASSER_BY: _("Người gửi thư góp ý"),
    Post.SETUP: _("Cài đặt"),
}

UNAPPOINTED = (Post.BEARER, Post.PASSER_BY)
"""Stand for what is done without an appointment: no account ever holds them."""
WARD_POSTS = (
    Post.WARD_SECRETARY,
    Post.WARD_DEPUTY,
    Post.WARD_COMMITTEE,
    Post.CLERK,
    Post.INSPECTOR,
    Post.PROGRAMME_HEAD,
)
CELL_POSTS = (Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE, Post.FOLLOWER)

_LOOK = frozenset(
    {
        Can.SEE_UNITS,
        Can.SEE_MEMBERS,
        Can.SEE_PAPERS,
        Can.SEE_PROGRAMMES,
        Can.SEE_TASKS,
        Can.SEE_MEETINGS,
        Can.SEE_BRIEFINGS,
        Can.SEE_OUTREACH,
        Can.SEE_PLANS,
        Can.SEE_CONGRESSES,
        Can.SEE_CONSULTATIONS,
        Can.SEE_STUDY,
        Can.SEE_FIGURES,
        Can.SEE_REPORTS,
        Can.MEND_WARNINGS,
    }
)
_CELL_COMMITTEE = _LOOK | {
    Can.READ_PLANS,
    Can.WRITE_PLANS,
    Can.JUDGE_PLANS,
    Can.EVALUATE_PLANS,
    Can.ASSIGN_TASKS,
    Can.DO_TASKS,
    Can.KEEP_MEETINGS,
    Can.WRITE_RETURNS,
    Can.SEE_INSPECTIONS,
    Can.ANSWER_INSPECTIONS,
    Can.PREPARE_CONGRESSES,
    Can.KEEP_CONGRESSES,
    Can.COUNT_BALLOTS,
    Can.WRITE_OUTREACH,
    Can.READ_ESSAYS,
    Can.DO_STUDY,
    Can.MARK_ESSAYS,
    Can.NOTE_REACH,
    Can.SEE_WARNINGS,
    Can.SEE_REVIEWS,
    Can.READ_REVIEWS,
    Can.WRITE_REVIEWS,
    Can.READ_SELF_CHECKS,
    Can.RECORD_REVIEWS,
}
_CELL_LEAD = _CELL_COMMITTEE | {
    Can.SEE_MEMBER_FILES,
    Can.INVITE,
    Can.CLOSE_MEETINGS,
    Can.LEAD_INSPECTIONS,
    Can.VERIFY_INSPECTIONS,
    Can.NUMBER_PAPERS,
    Can.ISSUE_REPORTS,
    Can.READ_JOURNAL,
}
_WARD_LEAD = _LOOK | {
    Can.SEE_MEMBER_FILES,
    Can.READ_PLANS,
    Can.JUDGE_PLANS,
    Can.READ_ESSAYS,
    Can.LEAD_PROGRAMMES,
    Can.ASSIGN_TASKS,
    Can.DO_TASKS,
    Can.LEAD_BRIEFINGS,
    Can.WRITE_OUTREACH,
    Can.LEAD_OUTREACH,
    Can.APPROVE_OUTREACH,
    Can.RATE_MEETINGS,
    Can.SEE_INSPECTIONS,
    Can.LEAD_INSPECTIONS,
    Can.VERIFY_INSPECTIONS,
    Can.ANSWER_INSPECTIONS,
    Can.NUMBER_PAPERS,
    Can.PREPARE_CONGRESSES,
    Can.LEAD_CONGRESSES,
    Can.APPOINT,
    Can.LEAD_CONSULTATIONS,
    Can.SEE_RESULTS,
    Can.HANDLE_SUGGESTIONS,
    Can.BRING_LISTS,
    Can.ISSUE_REPORTS,
    Can.SEE_WARNINGS,
    Can.READ_JOURNAL,
    Can.SEE_REVIEWS,
    Can.READ_REVIEWS,
    Can.READ_SELF_CHECKS,
    Can.LEAD_REVIEWS,
    Can.DECIDE_REVIEWS,
}

POWERS: dict[Post, frozenset[Can]] = {
    Post.WARD_SECRETARY: _WARD_LEAD,
    Post.WARD_DEPUTY: _WARD_LEAD,
    Post.WARD_COMMITTEE: _LOOK | {Can.SEE_REVIEWS, Can.SEE_WARNINGS, Can.RATE_MEETINGS},
    Post.CLERK: _LOOK
    | {
        Can.SHAPE_UNITS,
        Can.SET_RULES,
        Can.SEE_MEMBER_FILES,
        Can.REVEAL_IDENTITY,
        Can.KEEP_MEMBERS,
        Can.APPOINT,
        Can.INVITE,
        Can.BRING_LISTS,
        Can.KEEP_PAPERS,
        Can.LEAD_PROGRAMMES,
        Can.ASSIGN_TASKS,
        Can.DO_TASKS,
        Can.LEAD_BRIEFINGS,
        Can.WRITE_RETURNS,
        Can.NUMBER_PAPERS,
        Can.PREPARE_CONGRESSES,
        Can.LEAD_CONGRESSES,
        Can.LEAD_CONSULTATIONS,
        Can.SEE_RESULTS,
        Can.HANDLE_SUGGESTIONS,
        Can.WRITE_OUTREACH,
        Can.LEAD_OUTREACH,
        Can.ISSUE_REPORTS,
        Can.SEE_WARNINGS,
        Can.READ_JOURNAL,
        Can.SEE_REVIEWS,
        Can.READ_REVIEWS,
        Can.LEAD_REVIEWS,
        Can.DECIDE_REVIEWS,
    },
    Post.INSPECTOR: _LOOK
    | {
        Can.RATE_MEETINGS,
        Can.READ_PLANS,
        Can.SEE_INSPECTIONS,
        Can.LEAD_INSPECTIONS,
        Can.VERIFY_INSPECTIONS,
        Can.NUMBER_PAPERS,
        Can.SEE_REVIEWS,
        Can.READ_REVIEWS,
        Can.SEE_WARNINGS,
        Can.READ_JOURNAL,
    },
    Post.PROGRAMME_HEAD: _LOOK | {Can.LEAD_PROGRAMMES, Can.WRITE_OUTREACH, Can.LEAD_OUTREACH, Can.BRING_LISTS},
    Post.CELL_SECRETARY: _CELL_LEAD,
    Post.CELL_DEPUTY: _CELL_LEAD,
    Post.CELL_COMMITTEE: _CELL_COMMITTEE,
    Post.TEAM_MEMBER: _LOOK | {Can.READ_PLANS, Can.SEE_WARNINGS, Can.SEE_INSPECTIONS, Can.VERIFY_INSPECTIONS},
    Post.FOLLOWER: _LOOK | {Can.SEE_REVIEWS, Can.SEE_WARNINGS, Can.RATE_MEETINGS, Can.PREPARE_CONGRESSES},
    Post.COUNTER: frozenset({Can.COUNT_BALLOTS}),
    Post.BEARER: frozenset({Can.ANSWER_SLIPS}),
    Post.PASSER_BY: frozenset({Can.DROP_SUGGESTIONS}),
    Post.SETUP: frozenset(Can),
}

_KEEP_HERE = frozenset({Can.KEEP_MEETINGS, Can.CLOSE_MEETINGS, Can.WRITE_REVIEWS, Can.RECORD_REVIEWS})
HERE: dict[Post, frozenset[Can]] = {
    Post.WARD_SECRETARY: _KEEP_HERE,
    Post.WARD_DEPUTY: _KEEP_HERE,
    Post.CLERK: _KEEP_HERE,
}
"""Powers that a post gives in its own unit only, and not below: the ward committee's conferences are called and minuted
by its own people, who keep no book of any cell."""

OWN: frozenset[Can] = frozenset(
    {
        Can.SEE_MEMBERS,
        Can.SEE_MEMBER_FILES,
        Can.SEE_TASKS,
        Can.DO_TASKS,
        Can.SEE_MEETINGS,
        Can.SEE_OUTREACH,
        Can.SEE_PLANS,
        Can.READ_PLANS,
        Can.WRITE_PLANS,
        Can.ANSWER_EVALUATIONS,
        Can.SEE_INSPECTIONS,
        Can.ANSWER_INSPECTIONS,
        Can.SEE_RESULTS,
        Can.TAKE_SLIPS,
        Can.SEE_STUDY,
        Can.READ_ESSAYS,
        Can.DO_STUDY,
        Can.SEE_REVIEWS,
        Can.READ_REVIEWS,
        Can.WRITE_REVIEWS,
        Can.READ_SELF_CHECKS,
        Can.ANSWER_REVIEWS,
        Can.KEEP_OWN_ACCOUNT,
    }
)
"""What everybody may do with their own records, whatever post they hold."""
