"""The first day of an office: from an empty database to the issued report, through the pages only."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chibo.access.models import User
from chibo.imports.models import Run
from chibo.members.models import Member
from chibo.plans.models import Campaign, Evaluation, Plan
from chibo.units.models import Unit
from tests.imports.sheets import workbook
from tests.journeys.conftest import Seat, document_text
from tests.world import plant_centre

HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Chi bộ",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Chức vụ Đảng",
)
PEOPLE = (
    ("Nguyễn Thị Hoa", "Nữ", "Bí thư chi bộ"), ("Trần Văn Bình", "Nam", ""), ("Lê Thị Ánh", "Nữ", ""),
    ("Đặng Văn Đường", "Nam", ""), ("Phạm Văn Dương", "Nam", ""),
)  # fmt: skip
PASSWORD = "hoa sen nở tháng sáu"


def list_of_members() -> SimpleUploadedFile:
    rows = [
        [n, name, f"{n:02}/05/19{60 + n}", sex, "Chi bộ 1", "03/02/1995", "03/02/1996", post]
        for n, (name, sex, post) in enumerate(PEOPLE, 1)
    ]
    data = workbook(*rows, headings=HEADINGS, title="DANH SÁCH ĐẢNG VIÊN CHI BỘ 1")
    return SimpleUploadedFile("dang-vien.xlsx", data)


def claim(slip: str, password: str) -> Seat:
    """The holder of a slip sets a password and is in."""
    code = re.search(r"([A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4})", slip)[1]
    holder = Seat()
    holder.fill(reverse("access:claim"), code=code, password=password, again=password)
    return holder


@pytest.mark.django_db
def test_s0_05_x_03_x_05_from_an_empty_database_to_the_issued_report(clock) -> None:
    plant_centre()
    clock(date(2026, 1, 6))
    office = Seat()
    # Whoever comes first is led to the set-up, which makes the office's account; afterwards there is no such page.
    assert office.client.get("/", follow=True).redirect_chain[-1][0] == reverse("opening:setup")
    desk = office.fill(
        reverse("opening:setup"), province="Thành phố Hoa Sen", ward="Đảng bộ phường Sao Khuê", key="saokhue",
        since="1/7/2025", name="Trần Thị Văn Phòng", username="vanphong", password=PASSWORD, again=PASSWORD,
    )  # fmt: skip
    assert "Bàn làm việc" in desk
    assert "Lập chi bộ" in desk
    assert Seat().client.get(reverse("opening:setup")).status_code == 404
    ward = Unit.objects.get(key="saokhue")
    office.fill(
        reverse("units:found", args=[ward.pk]),
        name="Chi bộ 1",
        key="sk-1",
        level="cell",
        cell_kind="residential",
        on="1/7/2025",
    )
    cell = Unit.objects.get(key="sk-1")
    assert "Nhập từ Excel" in office.read("/")
    # The list it already has becomes the register.
    office.fill(reverse("imports:index", args=[ward.pk]), importer="members", file=list_of_members())
    run = Run.objects.get()
    preview = office.read(reverse("imports:show", args=[run.pk]))
    assert "Đặng Văn Đường" in preview
    assert Member.objects.count() == 0
    office.fill(reverse("imports:show", args=[run.pk]), to=reverse("imports:confirm", args=[run.pk]), mode="good")
    assert Member.objects.filter(unit=cell).count() == 5
    names = office.read(reverse("members:index", args=[cell.pk]))
    assert names.index("Lê Thị Ánh") < names.index("Trần Văn Bình") < names.index("Nguyễn Thị Hoa")
    # Slips let the secretary and a member in.
    hoa, binh = (Member.objects.get(full_name=name) for name in ("Nguyễn Thị Hoa", "Trần Văn Bình"))
    slips = office.fill(reverse("members:invite", args=[cell.pk]), members=[str(hoa.pk)])
    secretary = claim(slips, PASSWORD + " hai")
    slips = secretary.fill(reverse("members:invite", args=[cell.pk]), members=[str(binh.pk)])
    own = claim(slips, PASSWORD + " ba")
    assert User.objects.count() == 3
    # The ward calls for plans, as its desk asks of it.
    assert "Lập chương trình" in office.read("/")
    office.fill(
        reverse("programmes:launch", args=[ward.pk]), name="Chỉ thị 05-CT/TW", code="ct05", valid_from="15/5/2016"
    )
    assert "Chưa phát động đợt đăng ký kế hoạch tu dưỡng năm 2026" in office.read("/")
    office.fill(reverse("plans:open", args=[ward.pk]), year="2026", opened_on="6/1/2026", deadline="28/2/2026")
    campaign = Campaign.objects.get()
    assert "Chưa phát động" not in office.read("/")
    # The member makes a plan; the secretary enters one for another, and confirms both.
    own.fill(reverse("plans:mine"), to=reverse("plans:begin", args=[binh.pk, campaign.pk]))
    own.fill(
        own.at,
        **{"item-0-statement": "Giúp đỡ hộ khó khăn", "item-0-measure": "2 hộ", "item-0-deadline": "15/12/2026"},
    )
    plan = Plan.objects.get()
    own.fill(reverse("plans:plan", args=[plan.pk]), to=reverse("plans:register", args=[plan.pk]))
    duong = Member.objects.get(full_name="Phạm Văn Dương")
    index = reverse("plans:index", args=[cell.pk, "2026"])
    secretary.fill(index, to=reverse("plans:draft_several", args=[cell.pk, "2026"]), members=[str(duong.pk)])
    behalf = Plan.objects.get(member=duong)
    secretary.fill(
        reverse("plans:write", args=[behalf.pk]),
        **{"item-0-statement": "Dự đủ sinh hoạt", "item-0-measure": "12 kỳ", "item-0-deadline": "15/12/2026"},
    )
    secretary.fill(reverse("plans:plan", args=[behalf.pk]), to=reverse("plans:register", args=[behalf.pk]))
    assert Plan.objects.get(pk=behalf.pk).on_behalf
    secretary.fill(
        index, to=reverse("plans:confirm_several", args=[cell.pk, "2026"]), plans=[str(plan.pk), str(behalf.pk)]
    )
    # The cell meets and evaluates both on one page; the meeting is closed with its minutes.
    secretary.fill(
        reverse("meetings:convene", args=[cell.pk]),
        held_on="6/1/2026",
        starts_at="19:30",
        chair=str(hoa.pk),
        recorder=str(binh.pk),
    )
    meeting = re.search(r"/meetings/(\d+)/", secretary.at)[1]
    secretary.fill(reverse("meetings:roll", args=[meeting]), press={"rest": "1"})
    secretary.fill(
        reverse("plans:evaluate_cell", args=[meeting]),
        **{f"{plan.pk}-level": "excellent", f"{plan.pk}-remark": "commend", f"{behalf.pk}-level": "good"},
    )
    _close(secretary, meeting)
    assert Evaluation.objects.count() == 2
    # The figure says it, and who is missing.
    page = secretary.read(reverse("figures:figure", args=["plans.having", cell.pk, "2026"]))
    assert "40 %" in page
    assert "2/5" in page
    missing = secretary.read(reverse("figures:figure", args=["plans.having", cell.pk, "2026"]) + "?show=missing")
    assert "Đặng Văn Đường" in missing
    assert "Phạm Văn Dương" not in missing
    # The report goes out.
    secretary.fill(reverse("reports:draft", args=["plans-inspection", cell.pk, "2026"]), on="6/1/2026")
    said = document_text(secretary.file(secretary.at + "docx/"))
    assert "2/5" in said
    assert "Nguyễn Thị Hoa" in said


def _close(secretary: Seat, meeting: str) -> None:
    """The minutes are composed from what happened; closing asks only for the hour."""
    page = reverse("meetings:minutes", args=[meeting])
    secretary.fill(page, ends_at="21:00", closed_on="6/1/2026", press={"close": "1"})
