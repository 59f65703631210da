"""What a ward tells the public, told through the actions: the ledger, the week's articles, exemplars, the open page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chibo.core.values import month_of
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.members.models import Member
from chibo.outreach.actions.articles import (
    approve_article,
    ask_for_articles,
    orient_week,
    publish_article,
    return_article,
    send_article,
)
from chibo.outreach.actions.exemplars import (
    approve_exemplar,
    commend_exemplar,
    find_exemplar,
    present_exemplar,
    propose_exemplar,
)
from chibo.outreach.actions.items import enter_items
from chibo.outreach.actions.publishing import show_article, show_exemplar
from chibo.outreach.models import Exemplar
from chibo.outreach.rules import Entry, ItemKind
from chibo.outreach.rules.exemplars import Channel
from chibo.programmes.models import Programme, Theme
from chibo.units.actions import decide_setting
from chibo.units.models import Unit

NEWS = (
    "Chi bộ {cell} ra quân tổng vệ sinh đường làng, ngõ phố",
    "Đảng viên {cell} giúp người cao tuổi làm thủ tục hành chính trực tuyến",
    "Khai mạc hội thi kể chuyện về Bác Hồ tại nhà văn hóa {cell}",
    "{cell}: 20 hộ tự nguyện tháo dỡ mái che, trả lại vỉa hè thông thoáng",
    "Trao 15 suất quà cho hộ khó khăn tại {cell}",
)
TALKS = ("Kể chuyện về Bác tại lớp học hè", "Tuyên truyền chuyên đề năm tại họp tổ dân phố")
DEEDS = (
    ("Ba năm đưa đón cháu hàng xóm mồ côi đi học", "Mỗi sáng đưa cháu đến trường, chiều đón về, không nghỉ buổi nào từ tháng 9/2023."),
    ("Nhặt được 12 triệu đồng, tìm trả người mất", "Nhặt được túi tiền ở chợ, đến công an phường nhờ tìm; người mất nhận lại đủ."),
    ("Vận động 14 hộ hiến đất mở ngõ", "Gặp từng hộ trong hai tháng; 14 hộ ký, ngõ rộng thêm 1,2 mét, xe cứu thương vào được."),
)  # fmt: skip


def tell(
    office: Office, cells: Sequence[Unit], people: dict[Unit, list[Member]], programme: Programme, today: date
) -> None:
    """The months of this year so far; last week's articles are published, this week's are on their way."""
    theme = programme.themes.filter(year=today.year).first()
    _ledger(office, cells, programme, theme, today)
    _weeks(office, cells, programme, theme, today)
    _exemplars(office, people, programme, theme, today)


def _ledger(office: Office, cells: Sequence[Unit], programme: Programme, theme: Theme | None, today: date) -> None:
    """The ward's portal and loudspeaker; banners on the great days; the cells' own doings, but for two that are silent."""
    chance, ward = office.chance, office.ward
    days = [
        date(today.year, 1, 4) + timedelta(days=4 * n) for n in range((today - date(today.year, 1, 4)).days // 4 + 1)
    ]
    news = [
        Entry(
            ItemKind.PORTAL, day, chance.choice(NEWS).format(cell=chance.choice(cells).name.removeprefix("Chi bộ ")),
            f"https://saokhue.example/tin-tuc/{day:%Y%m%d}",
        )
        for day in days
    ]  # fmt: skip
    heard = [
        Entry(ItemKind.LOUDSPEAKER, day, f"Bản tin phát thanh số {n}", minutes=chance.randint(5, 7), place="Đài truyền thanh")
        for n, day in enumerate(days, 1)
    ]  # fmt: skip
    hung = [
        Entry(ItemKind.BANNER, day, words, pieces=chance.randint(6, 30), place="Các trục đường chính")
        for day, words in (
            (date(today.year, 1, 28), "Mừng Đảng, mừng Xuân"),
            (date(today.year, 5, 15), "Kỷ niệm ngày sinh Chủ tịch Hồ Chí Minh 19/5"),
            (date(today.year, 8, 26), "Chào mừng Quốc khánh 2/9"),
        )
        if day <= today
    ]
    enter_items(ward, entries=[*news, *heard, *hung], programme=programme, theme=theme, today=today, **AS_SETUP)
    for cell in cells[:-2]:
        told = [
            Entry(ItemKind.TALK, max(month_of(today) - timedelta(days=20 * n + 5), date(today.year, 1, 1)), words)
            for n, words in enumerate(TALKS)
        ]
        enter_items(cell, entries=told, programme=programme, theme=theme, today=today, **AS_SETUP)


def _weeks(office: Office, cells: Sequence[Unit], programme: Programme, theme: Theme | None, today: date) -> None:
    for back in (14, 7, 0):
        day = today - timedelta(days=back)
        week = orient_week(
            office.ward, starts_on=day,
            text="Tập trung tuyên truyền chuyên đề năm; đăng ít nhất 3 tin, phát thanh 2 buổi; nêu việc làm cụ thể của chi bộ.",
            **AS_SETUP,
        )  # fmt: skip
        ask_for_articles(
            week, what="Một việc làm cụ thể của chi bộ theo chuyên đề năm", units=cells[: 3 if back else 2],
            due_on=week.starts_on + timedelta(days=4), asked_on=week.starts_on, programme=programme, theme=theme, **AS_SETUP,
        )  # fmt: skip
        for n, article in enumerate(week.articles.order_by("pk")):
            if n == 2 or (not back and n):
                continue  # one has not come
            on = min(article.due_on or day, today)
            title = f"{article.unit.name}: mỗi tuần một việc có ích cho ngõ phố"
            text = (
                "Từ đầu quý, chi bộ phân công mỗi đảng viên phụ trách 5 hộ.\n\nĐến nay 42 hộ đã phân loại rác tại nhà, "
                "hai điểm tập kết rác tự phát được xóa, thay bằng bồn hoa do bà con tự chăm."
            )
            send_article(article, title=title, text=text, on=on, today=today, **AS_SETUP)
            if back == 14:
                approve_article(article, on=on, **AS_SETUP)
                publish_article(
                    article, kind=ItemKind.PORTAL, held_on=min(on + timedelta(days=1), today), today=today,
                    link=f"https://saokhue.example/bai-viet/{article.pk}", **AS_SETUP,
                )  # fmt: skip
                show_article(article, on=on, **AS_SETUP)
            elif back == 7 and n:
                return_article(article, reason="Cần thêm con số và tên tổ dân phố", on=on, **AS_SETUP)
    decide_setting(
        office.ward, code="outreach.public", value=1, effective_from=date(today.year, 1, 1),
        source="Thông báo số 12-TB/ĐU của Đảng ủy phường Sao Khuê", **AS_SETUP,
    )  # fmt: skip


def _exemplars(
    office: Office, people: dict[Unit, list[Member]], programme: Programme, theme: Theme | None, today: date
) -> None:
    """One on the whole road, one approved and not yet presented, one only found."""
    decision = office.paper(
        "41-QĐ/ĐU",
        "Quyết định",
        "Đảng ủy phường Sao Khuê",
        "Biểu dương gương người tốt, việc tốt",
        today - timedelta(days=20),
    )
    for n, (cell, (title, story)) in enumerate(zip(people, DEEDS, strict=False)):
        day = today - timedelta(days=100)
        outside = {"name": office.names.next("female"), "about": "tổ viên tổ dân phố"}
        exemplar: Exemplar = find_exemplar(
            cell, title=title, story=story, found_on=day, today=today, programme=programme, theme=theme,
            **(outside if n == 1 else {"member": people[cell][5]}), **AS_SETUP,
        )  # fmt: skip
        if n == 2:
            continue
        propose_exemplar(exemplar, on=day + timedelta(days=3), **AS_SETUP)
        approve_exemplar(exemplar, on=day + timedelta(days=10), **AS_SETUP)
        if n == 0:
            for channel, later in ((Channel.MEETING, 30), (Channel.BULLETIN, 40)):
                present_exemplar(
                    exemplar, channel=channel, on=day + timedelta(days=later), today=today, note="", **AS_SETUP
                )
            commend_exemplar(exemplar, on=today - timedelta(days=20), paper=decision, note="Giấy khen", **AS_SETUP)
            show_exemplar(exemplar, on=today - timedelta(days=15), agreed=True, **AS_SETUP)
