"""Rules of inspection: literals in, values out."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.core.calendar import is_working, working_day_after, working_days_between
from chibo.core.registry import registry
from chibo.core.values import Objection, Share
from chibo.core.vietnamese import fold
from chibo.inspections.rules import Body, FindingKind, InspectionForm, OutlineKind, Source, regulation_on, source_of
from chibo.inspections.rules.findings import (
    Declared,
    Earlier,
    claims_in,
    contradicted,
    objections_to_finding,
    objections_to_handing_in,
    objections_to_verifying,
    repeated,
)
from chibo.inspections.rules.flows import (
    FLOWS,
    PIECES,
    STEP_DAYS,
    VERIFIES,
    PieceKind,
    days_taken,
    due_dates,
    flow_of,
    missing_pieces,
    span_of,
)
from chibo.inspections.rules.leading import (
    Deciding,
    objections_to_closing,
    objections_to_concluding,
    objections_to_deciding,
    objections_to_extending,
    objections_to_opening,
    objections_to_publishing,
    objections_to_step,
    objections_to_team,
)
from chibo.inspections.rules.outlines import CRITERIA, OUTLINES, filled_by_itself
from chibo.inspections.rules.programmes import (
    Candidate,
    Planned,
    Planning,
    clashes,
    drafted,
    due_day,
    month_for,
    objections_to_adjusting,
    objections_to_adopting,
    objections_to_amending,
    objections_to_planning,
)
from chibo.inspections.selectors.answers import names_of

DAY = date(2020, 8, 3)


def said(objections) -> str:
    return " | ".join(o.text % o.params if o.params else o.text for o in objections)


def fields(objections) -> set[str]:
    return {o.field for o in objections}


# ------------------------------------------------------------------------------------------ working days


def test_working_days_pass_over_weekends_and_tet() -> None:
    assert working_day_after(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert working_day_after(date(2026, 11, 27), 0) == date(2026, 11, 27)
    assert not is_working(date(2026, 2, 17)), "mùng 1 Tết Bính Ngọ"
    assert working_day_after(date(2026, 2, 13), 1) > date(2026, 2, 18)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # each year's holidays are computed once
@given(st.dates(date(2018, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_counting_working_days_forth_and_back_agree(day: date, count: int) -> None:
    assert working_days_between(day, working_day_after(day, count)) == count


# ------------------------------------------------------------------------------------------------- flows


@pytest.mark.parametrize("form", list(InspectionForm))
def test_every_flow_hangs_together(form: InspectionForm) -> None:
    """Each step waits for one before it, has its days, and the dossier ends with the index."""
    seen: set[str] = set()
    for step in flow_of(form, Body.COMMITTEE):
        assert step.after == "" or step.after in seen, step.code
        assert step.code in STEP_DAYS
        assert all(kind in PIECES for kind in step.pieces)
        seen.add(step.code)
    assert flow_of(form, Body.COMMITTEE)[-1].pieces == (PieceKind.INDEX,)
    assert {"decide", "announce", "archive"} <= seen


def test_topical_supervision_verifies_nothing_and_signs_ask_for_an_explanation() -> None:
    codes = {form: [step.code for step in FLOWS[form]] for form in InspectionForm}
    assert "verify" not in codes[InspectionForm.TOPICAL]
    assert InspectionForm.TOPICAL not in VERIFIES
    assert "explain" in codes[InspectionForm.SIGNS]
    assert codes[InspectionForm.SIGNS][0] == "sign"


def test_a_cell_passes_a_plan_and_issues_no_decision() -> None:
    first = flow_of(InspectionForm.COMPLIANCE, Body.CELL)[0]
    assert first.pieces == (PieceKind.PLAN,)


def test_a_dossier_of_the_ward_asks_for_eleven_kinds_and_the_index() -> None:
    kinds = {kind for step in FLOWS[InspectionForm.COMPLIANCE] for kind in step.pieces}
    assert len(kinds - {PieceKind.INDEX}) >= 11


def test_days_follow_from_what_was_done() -> None:
    steps = flow_of(InspectionForm.COMPLIANCE, Body.COMMITTEE)
    plus = lambda day, count: day + timedelta(days=count)  # noqa: E731
    due = due_dates(steps, decided_on=DAY, days={}, done={}, after=plus)
    assert due["announce"] == DAY + timedelta(days=5)
    late = due_dates(steps, decided_on=DAY, days={"deploy": 1}, done={"announce": date(2020, 9, 1)}, after=plus)
    assert late["deploy"] == date(2020, 9, 2)
    fixed = due_dates(steps, decided_on=DAY, days={}, done={}, after=plus, fixed={"follow": date(2020, 12, 1)})
    assert fixed["follow"] == date(2020, 12, 1)
    assert fixed["archive"] == date(2020, 12, 1) + timedelta(days=STEP_DAYS["archive"])


def test_what_is_conducted_is_due_within_the_inspection_itself_and_what_follows_after_it() -> None:
    steps, last = flow_of(InspectionForm.COMPLIANCE, Body.COMMITTEE), DAY + timedelta(days=19)
    due = due_dates(steps, decided_on=DAY, days={}, done={}, after=lambda day, n: day + timedelta(days=n), conducted_until=last)  # fmt: skip
    assert due["verify"] == due["report"] == last
    assert due["conclude"] == last + timedelta(days=STEP_DAYS["conclude"])


def test_a_step_takes_the_days_since_the_one_before_it() -> None:
    steps = flow_of(InspectionForm.COMPLIANCE, Body.COMMITTEE)
    done = {"decide": DAY, "announce": DAY + timedelta(days=2)}
    taken = {code: days_taken(steps, code, DAY + timedelta(days=9), decided_on=DAY, done=done) for code in ("draft", "deploy", "verify")}  # fmt: skip
    assert taken == {"draft": 9, "deploy": 7, "verify": 7}, (
        "the report before verifying is not there: since it was sent"
    )


def test_what_is_missing_is_named_for_each_place_and_a_joint_paper_serves_all() -> None:
    steps = flow_of(InspectionForm.COMPLIANCE, Body.COMMITTEE)
    missing = set(missing_pieces(steps, subjects=[1, 2], kept=[("decision", None), ("deploying", 1)]))
    assert (PieceKind.DECISION, None) not in missing
    assert (PieceKind.DEPLOYING, 2) in missing
    assert (PieceKind.DEPLOYING, 1) not in missing
    assert not any(kind is PieceKind.INDEX for kind, _pk in missing)
    joint = set(missing_pieces(steps, subjects=[1, 2], kept=[("deploying", None)]))
    assert not any(kind is PieceKind.DEPLOYING for kind, _pk in joint)
    waived = set(missing_pieces(steps, subjects=[1], kept=[], waived_steps=["verify"]))
    assert not any(kind is PieceKind.WORKING for kind, _pk in waived)


def test_an_inspection_of_twenty_days_ends_on_the_twentieth() -> None:
    assert span_of(DAY, 20) == (DAY, date(2020, 8, 22))
    assert span_of(DAY, 20, 6)[1] == date(2020, 8, 28)


# ----------------------------------------------------------------------------------------------- deciding

GOOD = Deciding("compliance", "committee", False, "Kế hoạch tu dưỡng", DAY, (date(2020, 1, 1), date(2020, 7, 31)), 2)


def deciding(**changed) -> list[Objection]:
    from dataclasses import replace

    return list(objections_to_deciding(replace(GOOD, **changed), look_back_months=60))


def test_a_decision_says_whom_what_and_over_which_time() -> None:
    assert deciding() == []
    assert fields(deciding(content=" ", subjects=0)) == {"content", "units"}
    assert fields(deciding(looked=(date(2020, 5, 1), date(2020, 4, 1)))) == {"looked_last"}
    assert fields(deciding(looked=(date(2020, 1, 1), date(2020, 9, 1)))) == {"looked_last"}
    assert "60 tháng" in said(deciding(looked=(date(2015, 8, 2), date(2020, 7, 1))))
    for begins, oldest in ((date(2020, 11, 30), date(2015, 11, 30)), (date(2020, 2, 29), date(2015, 2, 28))):
        assert deciding(begins_on=begins, looked=(oldest, begins)) == []
        assert f"{oldest:%d/%m/%Y}" in said(deciding(begins_on=begins, looked=(oldest - timedelta(days=1), begins)))
    assert deciding(looked=(date(2015, 8, 3), date(2020, 7, 1))) == []
    assert "không thuộc" in said(deciding(outside=["Chi bộ 9"]))
    assert fields(deciding(form="signs")) == {"source"}
    assert "Chi bộ chỉ" in said(deciding(level_is_cell=True, body="cell", persons_only=False))
    assert fields(deciding(level_is_cell=True)) == {"body"}


def test_each_decision_cites_the_regulation_of_its_day() -> None:
    assert "30-QĐ/TW" in deciding(subjects=0)[0].article
    assert "21-QĐ/TW" in regulation_on(date(2026, 5, 1))
    assert "296" in regulation_on(date(2025, 12, 1))


def test_a_team_has_one_head_few_people_and_none_of_the_inspected() -> None:
    assert list(objections_to_team(["head", "member"], most=5, day=DAY)) == []
    assert fields(objections_to_team(["member"], most=5, day=DAY)) == {"head"}
    assert "tối đa 2" in said(objections_to_team(["head", "member", "member"], most=2, day=DAY))
    own = [("An", "secretary"), ("Bình", "member")]
    found = list(objections_to_team(["head", "secretary", "member"], most=5, own=own, day=DAY))
    assert "thuộc nơi" in said(found)
    assert fields(found) == {"secretary", "members"}


@pytest.mark.parametrize(
    ("days", "extended", "taken"), [(6, 0, True), (7, 0, False), (3, 3, True), (3, 4, False), (0, 0, False)]
)
def test_an_extension_is_a_third_at_most(days: int, extended: int, taken: bool) -> None:
    found = list(objections_to_extending(days=days, extended=extended, **IN_TIME))
    assert (found == []) is taken
    assert all("QĐ/TW" in one.article for one in found if one.params)


IN_TIME = {"duration": 20, "reason": "mưa", "part": 3, "day": DAY, "on": DAY, "ends_on": DAY}


def test_an_extension_is_decided_before_the_time_is_over_and_nothing_is_concluded() -> None:
    late = list(objections_to_extending(days=1, extended=0, **{**IN_TIME, "on": date(2020, 8, 4)}))
    assert fields(late) == {"on"}
    assert "hết hạn" in said(late)
    assert "kết luận" in said(objections_to_extending(days=1, extended=0, **IN_TIME, concluded_on=DAY))


PLANNED = {"year": 2026, "month": 3, "of_cell": False, "units": 1, "members": 0}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, None),
        ({"units": 0}, "inspected"),
        ({"members": 1}, "inspected"),
        ({"of_cell": True}, "inspected"),
        ({"of_cell": True, "units": 0}, "member"),
        ({"outside": ["Chi bộ 9"]}, "inspected"),
        ({"same": True}, "month"),
        ({"looked": (date(2025, 2, 1), date(2025, 1, 1))}, "looked_last"),
        ({"looked": (None, date(2026, 4, 1))}, "looked_last"),
        ({"looked": (date(2024, 2, 29), None)}, "looked_first"),
        ({"looked": (date(2024, 3, 1), date(2026, 3, 31))}, None),
    ],
)
def test_a_line_names_one_below_once_and_a_time_that_could_be_decided(change: dict, field: str | None) -> None:
    found = list(objections_to_planning(Planning(**{**PLANNED, **change}), look_back_months=24))
    assert fields(found) == ({field} if field else set())


ADJUSTED = {
    "adopted": DAY,
    "begun": False,
    "left_out": False,
    "pending": False,
    "was": 3,
    "month": 9,
    "reason": "bão",
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"month": None}, ""),
        ({"adopted": None}, "chưa thông qua"),
        ({"begun": True}, "đã tiến hành"),
        ({"left_out": True}, "đã thôi"),
        ({"left_out": True, "pending": True, "month": 3}, ""),
        ({"month": 3}, "phải khác"),
        ({"reason": " "}, "lý do"),
    ],
)
def test_an_adopted_line_is_moved_or_left_out_with_a_reason(change: dict, words: str) -> None:
    found = said(objections_to_adjusting(**{**ADJUSTED, **change}))
    assert words in found
    assert bool(found) is bool(words)


def test_what_was_adopted_is_amended_later_and_still_covers_its_share() -> None:
    good = {"adopted": DAY, "changes": 1, "on": DAY}
    assert list(objections_to_amending(**good)) == []
    assert "Chưa có điều chỉnh" in said(objections_to_amending(**{**good, "changes": 0}))
    assert fields(objections_to_amending(**{**good, "on": date(2020, 8, 2)})) == {"on"}
    assert "2/11" in said(objections_to_amending(**good, members=2, base=11, percent=20))


def test_steps_conclusions_and_publications_come_in_order() -> None:
    assert fields(objections_to_step(done_on=None, on=DAY, today=date(2020, 8, 1))) == {"on"}
    assert "đã xong" in said(objections_to_step(done_on=DAY, on=DAY, today=DAY))
    assert "không bỏ" in said(objections_to_step(done_on=None, on=DAY, today=DAY, waivable=False, waived="x"))
    assert fields(objections_to_step(done_on=None, on=DAY, today=DAY, waived=" ")) == {"reason"}
    early = objections_to_concluding(text="Tốt", on=DAY, report_back_on=None, undone=["Thẩm tra"], remedies=0)
    assert "Thẩm tra" in said(early)
    open_ = objections_to_concluding(text="Tốt", on=DAY, report_back_on=None, undone=[], remedies=1)
    assert fields(open_) == {"report_back_on"}
    assert "Chưa có thông báo" in said(
        objections_to_publishing(concluded_on=DAY, has_notice=False, already=None, on=DAY)
    )


def test_s0_09_a_dossier_with_a_hole_does_not_close() -> None:
    hole = objections_to_closing(already=None, missing=["Biên bản"], undone=["Công bố"], unverified=2, on=DAY)
    assert len(list(hole)) == 3
    assert list(objections_to_closing(already=None, missing=[], undone=[], unverified=0, on=DAY)) == []


def test_what_bears_a_grade_of_secrecy_is_refused() -> None:
    assert list(objections_to_opening("Đơn tố cáo (Mật)"))
    assert list(objections_to_opening("tài liệu Tối mật"))
    assert not list(objections_to_opening("mật độ dân cư; bí mật của thành công"))


# -------------------------------------------------------------------------------------- outline and report


def test_s0_02_four_fifths_of_every_outline_fill_themselves() -> None:
    for name, items in OUTLINES.items():
        share = filled_by_itself(item.kind for item in items)
        assert share.value is not None
        assert share.value >= Fraction(4, 5), name
    assert filled_by_itself(i.kind for i in OUTLINES["plans"]) == Share(17, 19)


@pytest.mark.parametrize("kind", ["figure", "check"])
def test_no_two_that_an_outline_may_name_share_a_name(kind: str) -> None:
    """People choose them by name."""
    names = Counter(fold(name) for name in names_of(kind).values())
    assert [name for name, times in names.items() if times > 1] == []


def test_outlines_and_criteria_name_figures_and_checks_that_exist() -> None:
    known = {"figure": {f.code for f in registry.each("figures")}, "check": {c.code for c in registry.each("checks")}}
    for items in OUTLINES.values():
        assert all(item.code in known[item.kind] for item in items if item.kind in known)
    both = known["figure"] | known["check"] | {""}
    assert {code for criteria in CRITERIA.values() for _text, code in criteria} <= both


def test_a_difference_is_explained_before_the_report_is_handed_in() -> None:
    same = Declared("Có kế hoạch", OutlineKind.FIGURE, "96 % (24/25)", "96%(24/25)")
    other = Declared("Có kế hoạch", OutlineKind.FIGURE, "96 % (24/25)", "100 % (25/25)")
    told = Declared("Có kế hoạch", OutlineKind.FIGURE, "96 % (24/25)", "100 % (25/25)", "Thêm một người")
    empty = Declared("Ưu điểm", OutlineKind.TEXT, "", "")
    facts = {"handed_on": None, "on": DAY, "announced_on": DAY}
    assert not same.differs
    assert list(objections_to_handing_in([same, told], **facts)) == []
    assert "giải thích" in said(objections_to_handing_in([other], **facts))
    assert "còn trống" in said(objections_to_handing_in([empty], **facts))
    assert "đã gửi" in said(objections_to_handing_in([same], handed_on=DAY, on=DAY, announced_on=DAY))
    assert "Chưa đến lúc" in said(objections_to_handing_in([same], handed_on=None, on=DAY, announced_on=None))


# ------------------------------------------------------------------------------------------------ findings


def test_a_remedy_needs_somebody_and_a_day() -> None:
    facts = {"kind": "shortcoming", "text": "Thiếu biên bản", "remedy": "Lập biên bản", "found_on": DAY}
    assert list(objections_to_finding(**facts, due_on=date(2020, 9, 1), has_owner=True)) == []
    assert fields(objections_to_finding(**facts, due_on=None, has_owner=False)) == {"due_on", "owner"}
    assert fields(objections_to_finding(**facts, due_on=DAY, has_owner=True)) == {"due_on"}
    assert fields(
        objections_to_finding(**{**facts, "kind": "strength"}, due_on=date(2020, 9, 1), has_owner=True)
    ) == {"remedy"}
    assert "Khảo sát" in said(objections_to_finding(**facts, due_on=date(2020, 9, 1), has_owner=True, may_mend=False))
    assert fields(objections_to_finding(**{**facts, "text": "", "remedy": ""}, due_on=None, has_owner=False)) == {
        "text"
    }


def test_a_remedy_is_verified_after_it_was_reported_done() -> None:
    assert list(objections_to_verifying(has_task=True, done=True, note="đã xem", verified_on=None)) == []
    assert "chưa báo" in said(objections_to_verifying(has_task=True, done=False, note="x", verified_on=None))
    assert fields(objections_to_verifying(has_task=True, done=True, note=" ", verified_on=None)) == {"note"}


OLD = Earlier(7, FindingKind.SHORTCOMING, "Đánh giá hằng tháng", "Đánh giá kế hoạch tu dưỡng chưa thường xuyên")


def test_a_shortcoming_found_again_is_recognised() -> None:
    again = repeated(
        "shortcoming", "Đánh giá hằng tháng", "Việc đánh giá kế hoạch tu dưỡng của đảng viên chưa thường xuyên", [OLD]
    )
    assert again is OLD
    assert repeated("shortcoming", "Đánh giá hằng tháng", "Không có sổ đảng phí", [OLD]) is None
    assert repeated("strength", "Đánh giá hằng tháng", OLD.text, [OLD]) is None
    assert repeated("shortcoming", "", OLD.text, [OLD]) is OLD


@pytest.mark.parametrize(
    ("text", "part", "base", "clashes_"),
    [
        ("Chưa đảm bảo 100% đảng viên xây dựng kế hoạch", 21, 21, True),
        ("Chưa đảm bảo 100% đảng viên xây dựng kế hoạch", 24, 25, False),
        ("Từng chi bộ chưa đảm bảo 100% số đảng viên", 21, 21, True),
        ("Có từ 96% đến 100% đảng viên xây dựng kế hoạch", 21, 21, False),
        ("Có từ 96% đến 100% đảng viên xây dựng kế hoạch", 18, 20, True),
        ("Đạt 94,1% dự họp", 16, 17, False),
        ("Đạt 94,1% dự họp", 8, 17, True),
        ("Đảng viên thực hiện tốt", 1, 2, False),
        ("Chưa đạt 100%", 0, 0, False),
    ],
)  # fmt: skip
def test_s0_09_a_finding_that_the_figure_contradicts_shows(text: str, part: int, base: int, clashes_: bool) -> None:
    assert (contradicted(text, part, base) is not None) is clashes_


@given(st.integers(0, 100))
def test_not_yet_a_percentage_agrees_with_less_only(percent: int) -> None:
    (claim,) = claims_in("Chưa đạt 80%")
    assert claim.agrees(Fraction(percent)) == (percent < 80)


def test_s3_07_what_is_found_comes_from_its_inspection_or_from_where_the_sign_came() -> None:
    assert source_of("compliance", "complaint") == Source.INSPECTION
    assert source_of("topical", "") == Source.SUPERVISION
    assert source_of("signs", "complaint") == Source.COMPLAINT


# ----------------------------------------------------------------------------------------------- programme


def test_s1_11_a_draft_takes_those_never_or_longest_not_inspected_first() -> None:
    day = date(2026, 1, 10)
    whom = [
        Candidate("a", date(2025, 6, 1)), Candidate("b", None, 1), Candidate("c", date(2022, 1, 1)),
        Candidate("d", None, 5), Candidate("e", date(2022, 2, 1), 9),
    ]  # fmt: skip
    assert [one.key for one in drafted(whom, count=4, day=day)] == ["d", "b", "c", "e"] or [
        one.key for one in drafted(whom, count=4, day=day)
    ] == ["d", "b", "e", "c"]


@given(st.integers(1, 60), st.integers(1, 12))
def test_a_programme_spreads_from_march_to_november_or_over_what_is_left_of_the_year(count: int, first: int) -> None:
    months = [month_for(place, count, first=first) for place in range(count)]
    assert all(max(3, first) <= month <= max(11, first) for month in months)
    assert months == sorted(months)
    assert month_for(0, count) == 3


def test_s2_19_a_programme_is_adopted_in_its_year_and_covers_a_fifth_of_the_members() -> None:
    good = {"lines": 3, "already": None, "on": date(2026, 1, 20), "year": 2026}
    assert list(objections_to_adopting(**good)) == []
    assert "chưa có nội dung" in said(objections_to_adopting(**{**good, "lines": 0}))
    assert "đã thông qua" in said(objections_to_adopting(**{**good, "already": DAY}))
    assert fields(objections_to_adopting(**{**good, "on": date(2027, 1, 1)})) == {"on"}
    assert "2/11" in said(objections_to_adopting(**good, members=2, base=11, percent=20))
    assert list(objections_to_adopting(**good, members=3, base=11, percent=20)) == []
    assert due_day(2026, 1) == date(2026, 1, 31)
    assert due_day(2026, 12) == date(2026, 12, 31)


def test_s2_03_nobody_visits_two_cells_on_one_day() -> None:
    there = Planned(1, "An", DAY, "Chi bộ 1")
    assert "Chi bộ 1" in said(clashes(Planned(1, "An", DAY, "Chi bộ 2"), [there]))
    assert list(clashes(Planned(2, "Bình", DAY, "Chi bộ 2"), [there])) == []
    assert list(clashes(Planned(1, "An", date(2020, 8, 4), "Chi bộ 2"), [there])) == []
