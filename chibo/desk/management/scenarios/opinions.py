"""Opinions asked and given: seed S1's 121 respondents about two leaders, and a round and letters of the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chibo.consultations.actions import (
    announce_consultation,
    ask_question,
    hand_out_slips,
    invite_group,
    launch_consultation,
    name_subject,
    sort_opinions,
    sum_up,
)
from chibo.consultations.actions.answering import fill_slip
from chibo.consultations.actions.suggestions import answer_suggestion, assign_suggestion, note_suggestion
from chibo.consultations.models import Consultation
from chibo.consultations.selectors import bearer_of, turnout_of
from chibo.consultations.selectors.results import results_of
from chibo.desk.management.scenarios.claims import Claim, number
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.desk.management.scenarios.people import name_of
from chibo.units.models import Unit

OFFICIALS, HEADS = "Cán bộ, công chức, viên chức", "Bí thư chi bộ, tổ trưởng dân phố, trưởng ban công tác mặt trận"
LEVELS = ("Tốt", "Khá", "Trung bình", "Yếu")
SAID = ("Sâu sát cơ sở", "Lắng nghe ý kiến nhân dân", "Giải quyết kịp thời việc bức xúc")
"""What opinions came to in the seed (S1-16)."""


def hold_round(office: Office, title: str, opens_on: date, groups: dict[str, int], leaders: Sequence[str], *, close: bool = True) -> Consultation:  # fmt: skip
    """A round from plan to summary: everybody answers on a slip, two in three in words as well."""
    closes_on = opens_on + timedelta(days=7)
    made = announce_consultation(office.ward, title=title, opens_on=opens_on, closes_on=closes_on, **AS_SETUP)
    for leader in leaders:
        name_subject(
            made,
            name=name_of(office.chance, "male" if office.chance.random() < 0.6 else "female"),
            post=leader,
            **AS_SETUP,
        )
    ask_question(made, kind="levels", text="Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", levels=LEVELS, **AS_SETUP)  # fmt: skip
    ask_question(made, kind="text", text="Ưu điểm cần phát huy, hạn chế cần khắc phục", **AS_SETUP)
    for words, size in groups.items():
        invite_group(
            made,
            name=words,
            names=[name_of(office.chance, "male" if office.chance.random() < 0.6 else "female") for _ in range(size)],
            **AS_SETUP,
        )
    made = launch_consultation(made, **AS_SETUP)
    slips = hand_out_slips(made, invitees=list(made.invitees.select_related("group")), today=opens_on, **AS_SETUP)
    for number_, (_group, code) in enumerate(slips if close else slips[: len(slips) // 2]):
        _slip, bearer = bearer_of(code)
        filled: dict[str, int | str] = {}
        for order in range(1, len(leaders) + 1):
            filled[f"{order}-1"] = 0 if office.chance.random() < 0.9 else 1
            if number_ % 3:
                filled[f"{order}-2"] = SAID[number_ // 3 % len(SAID)]
        fill_slip(made, actor=bearer, code=code, filled=filled, today=opens_on)
    if not close:
        return made
    made = sum_up(made, today=closes_on + timedelta(days=1), **AS_SETUP)
    for subject in made.subjects.all():
        for said in SAID:
            sort_opinions(subject, name=said, opinions=list(subject.opinions.filter(text=said)), **AS_SETUP)
    return made


def seed_s1(office: Office) -> tuple[Claim, ...]:
    """S1-14 … S1-16: 121 respondents in two groups about the two leaders; opinions come to three themes."""
    leaders = ("Bí thư Đảng ủy, Chủ tịch Hội đồng nhân dân", "Phó Bí thư Đảng ủy, Chủ tịch Ủy ban nhân dân")
    made = hold_round(office, "Lấy ý kiến góp ý hai đồng chí lãnh đạo", date(2021, 3, 1), {OFFICIALS: 56, HEADS: 65}, leaders)  # fmt: skip

    def groups() -> str:
        lines = turnout_of(made)
        return f"{sum(line.answered for line in lines)} = {' + '.join(str(line.answered) for line in lines)}"

    def themes() -> str:
        found = [{theme.name for theme in result.themes} for result in results_of(made)]
        return "; ".join(said for said in SAID if all(said in of for of in found))

    return (
        Claim("S1-14", "lấy ý kiến góp ý hai đồng chí lãnh đạo chủ chốt", "2", lambda: str(sum(r.is_shown for r in results_of(made)))),
        Claim("S1-15", "121 người được lấy ý kiến", "121", number("consultations.asked", office.ward, "2021")),
        Claim("S1-15", "121 = 56 + 65", "121 = 56 + 65", groups),
        Claim("S1-16", "ý kiến tập trung vào", "; ".join(SAID), themes),
    )  # fmt: skip


def fill_demo(office: Office, cells: Sequence[Unit], today: date) -> None:
    """A round that is summed up, one that runs, and letters in every state."""
    hold_round(office, f"Góp ý Ban Thường vụ Đảng ủy năm {today.year}", today - timedelta(days=60), {OFFICIALS: 18, HEADS: 24, "Đại diện đoàn thể": 4}, ("Bí thư Đảng ủy", "Phó Bí thư Đảng ủy"))  # fmt: skip
    hold_round(office, "Góp ý việc thực hiện nhiệm vụ cuối năm", today - timedelta(days=2), {OFFICIALS: 12, HEADS: 15}, ("Chủ tịch Ủy ban nhân dân",), close=False)  # fmt: skip
    letters = (
        ("paper", "Ngõ 12 thiếu đèn chiếu sáng, người già đi lại khó", "Chiếu sáng, an toàn ngõ xóm"),
        ("contact", "Đề nghị thu gom rác đúng giờ vào buổi tối", "Vệ sinh môi trường"),
        ("box", "Nhà văn hóa tổ dân phố khóa cửa cả ngày chủ nhật", ""),
        ("reception", "Vỉa hè bị lấn chiếm trước cổng trường", "Trật tự đô thị"),
    )
    for at, (channel, text, topic) in enumerate(letters):
        received = today - timedelta(days=24 - 5 * at)
        letter = note_suggestion(office.ward, channel=channel, text=text, received_on=received, **AS_SETUP)
        if topic:
            letter = assign_suggestion(
                letter, topic=topic, due_on=received + timedelta(days=15), on=received, handler=cells[at % len(cells)], **AS_SETUP
            )  # fmt: skip
        if at == 0:
            answer_suggestion(
                letter, answer="Đã lắp thêm 3 bóng đèn.", answered_on=received + timedelta(days=9), **AS_SETUP
            )
