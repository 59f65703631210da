"""The frame, lists, forms and parts: what is shown to whom, escaped, fast, and without inline styles or scripts."""

from __future__ import annotations

import gzip
import re
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from chibo.access.models import User
from chibo.core.forms import Segments, VersionedForm, VietnameseDateField, read_date
from chibo.core.registry import Column, Manifest, NavItem, registry
from chibo.core.tables import Filter, State, Table, cell_value, page_by_key, value_text
from chibo.core.values import Period, Share
from tests.core import gallery

STATIC = Path(gallery.__file__).resolve().parents[2] / "chibo/core/static/core"
TODAY = date(2026, 8, 14)


def show(source: str, request: Any = None, **context: Any) -> str:
    return engines["django"].from_string("{% load ui frame %}" + source).render(context, request)


# ------------------------------------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/2/2026", date(2026, 2, 3)),
        ("03-02-2026", date(2026, 2, 3)),
        ("3.2.2026", date(2026, 2, 3)),
        (" 3 / 2 / 2026 ", date(2026, 2, 3)),
        ("03022026", date(2026, 2, 3)),
        ("2026-02-03", date(2026, 2, 3)),
        ("Hôm nay", TODAY),
        ("hom qua", date(2026, 8, 13)),
        ("ngày mai", date(2026, 8, 15)),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str, day: date) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31/2/2026", "3/2/26", "tháng hai", "2026", "3/13/2026", "1/1/0000"])
def test_a_date_that_cannot_be_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValidationError):
        read_date(typed, TODAY)


def test_a_date_shows_again_as_it_was_typed_or_written_out() -> None:
    class Asked(forms.Form):
        on = VietnameseDateField(label="Ngày")

    assert 'value="31/2/2026"' in str(Asked({"on": "31/2/2026"}))
    assert 'value="03/02/2026"' in str(Asked(initial={"on": date(2026, 2, 3)}))
    assert Asked({"on": "3/2/2026"}, initial={"on": date(2026, 2, 3)}).has_changed() is False


# ------------------------------------------------------------------------------------------------ forms


class PlanForm(VersionedForm):
    title = forms.CharField(label="Việc đăng ký", help_text="Một việc cụ thể.")
    mark = forms.ChoiceField(label="Mức", widget=Segments, choices=[("a", "Tốt"), ("b", "Khá")])


def test_a_form_carries_version_and_a_token_of_its_own() -> None:
    record = SimpleNamespace(version=7)
    html = str(PlanForm(record=record))
    assert 'name="seen_version" value="7"' in html
    tokens = [re.search(r'name="once" value="(\w{32})"', str(PlanForm()))[1] for _ in range(2)]
    assert tokens[0] != tokens[1]
    form = PlanForm({"title": "x", "mark": "a", "seen_version": "7", "once": tokens[0]})
    assert form.is_valid()
    assert form.cleaned_data["seen_version"] == 7
    assert form.cleaned_data["once"] == tokens[0]


def test_errors_stand_on_top_and_beside_their_field() -> None:
    form = PlanForm({"title": "", "mark": "a"})
    html = str(form)
    assert "Mục này còn trống." in html
    assert 'href="#id_title"' in html
    assert 'role="alert"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html


def test_after_a_conflict_the_stored_text_stands_beside_the_typed_and_the_next_saving_passes() -> None:
    stored = SimpleNamespace(version=8, title="Bản của người khác", mark="b")
    form = PlanForm({"title": "Bản tôi gõ", "mark": "b", "seen_version": "7"}, record=SimpleNamespace(version=7))
    form.is_valid()
    form.show_stored(stored)
    assert form.stored == {}, "nothing to show before there is a conflict"
    form.add_error(None, ValidationError("Hoa đã sửa", code="conflict"))
    form.show_stored(stored)
    html = str(form)
    assert form.stored == {"title": "Bản của người khác"}
    assert "Bản tôi gõ" in html
    assert "Bản của người khác" in html
    assert 'name="seen_version" value="8"' in html


def test_a_stored_choice_is_shown_by_its_word() -> None:
    form = PlanForm({"title": "x", "mark": "a"})
    form.add_error(None, ValidationError("Hoa đã sửa", code="conflict"))
    form.show_stored(SimpleNamespace(version=1), {"mark": "b"})
    assert form.stored == {"mark": "Khá"}


# ---------------------------------------------------------------------------------------------- tables


def test_a_cell_follows_its_path_and_ends_at_the_first_none() -> None:
    row = SimpleNamespace(member=SimpleNamespace(name="Hoa", cell=None, get_sex_display=lambda: "Nữ"))
    assert cell_value(Column("", "member.name"), row) == "Hoa"
    assert cell_value(Column("", "member.cell.name"), row) is None
    assert cell_value(Column("", "member.get_sex_display"), row) == "Nữ"
    assert cell_value(Column("", lambda r: r.member), {"member": 1} and row) is row.member
    assert cell_value(Column("", "a.b"), {"a": {"b": 3}}) == 3
    with pytest.raises(AttributeError):
        cell_value(Column("", "member.nmae"), row)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, "1.234.567"),
        (Decimal("1234.50"), "1.234,50"),
        (True, "Có"),
        (date(2026, 2, 3), "03/02/2026"),
        (datetime(2026, 2, 3, 2, 5, tzinfo=UTC), "09:05 03/02/2026"),
        (Share(160, 170), "160/170 (94,1%)"),
        (Share(0, 0), "0/0"),
        (["a", 2], "a, 2"),
        (None, ""),
    ],
)
def test_values_read_as_they_are_written_in_vietnamese(value: object, text: str) -> None:
    assert value_text(value) == text


def test_a_table_escapes_links_and_marks_its_cells() -> None:
    columns = [
        Column("Tên <b>", "name", link=lambda r: "/?a=1&b=2"),
        Column("Số", "count", kind="number"),
        Column("Trạng thái", lambda r: State("Quá <hạn>", "late"), kind="state"),
    ]
    html = Table(columns, [SimpleNamespace(name="<script>", count=0)], caption="A & B").render()
    assert "<script>" not in html
    assert '<a href="/?a=1&amp;b=2">&lt;script&gt;</a>' in html
    assert '<td class="number" data-label="Số">0</td>' in html
    assert 'class="state state-late"' in html
    assert "Quá &lt;hạn&gt;" in html


def test_an_empty_table_says_what_is_missing() -> None:
    assert "Chưa có cuộc họp nào." in Table([Column("", "x")], [], empty="Chưa có cuộc họp nào.").render()


def test_fifty_rows_of_six_columns_cost_about_a_millisecond() -> None:
    table = Table(gallery.COLUMNS, gallery.people(50))
    table.render()
    spent = []
    for _ in range(20):
        start = time.process_time_ns()
        table.render()
        spent.append(time.process_time_ns() - start)
    assert min(spent) < 3_000_000, "three times the aim of 1 ms, for slow machines"


def test_a_state_is_just_its_words_in_a_workbook() -> None:
    assert State("Đã duyệt", "ok") == "Đã duyệt"


# ------------------------------------------------------------------------------------------- next page


@pytest.fixture
def twelve(db: None) -> None:
    User.objects.bulk_create(User(username=f"u{i:02}", name="ABC"[i % 3]) for i in range(12))


@pytest.mark.parametrize(
    "order", [("name", "pk"), ("-name", "pk"), ("name", "-pk"), ("pk",), ("-name", "username", "pk")]
)
def test_pages_follow_one_another_without_gap_or_repetition(twelve: None, order: tuple[str, ...]) -> None:
    seen, after = [], None
    while True:
        page = page_by_key(User.objects.all(), order=order, after=after, size=5)
        assert page.first is (after is None)
        seen += [user.pk for user in page]
        after = page.next_after
        if after is None:
            break
    assert seen == list(User.objects.order_by(*order).values_list("pk", flat=True))


def test_the_next_page_is_asked_by_key_never_by_offset(twelve: None, django_assert_num_queries: Any) -> None:
    first = page_by_key(User.objects.all(), order=("name", "pk"), after=None, size=5)
    with django_assert_num_queries(1) as asked:
        page_by_key(User.objects.all(), order=("name", "pk"), after=first.next_after, size=5)
    assert "OFFSET" not in asked[0]["sql"]


@pytest.mark.parametrize("token", ["rubbish", "", "WzFd:abc"])
def test_a_token_nobody_gave_shows_the_first_page(twelve: None, token: str) -> None:
    page = page_by_key(User.objects.all(), order=("pk",), after=token, size=5)
    assert page.first
    assert len(page) == 5


def test_a_token_of_another_order_shows_the_first_page(twelve: None) -> None:
    other = page_by_key(User.objects.all(), order=("name", "pk"), after=None, size=5).next_after
    assert page_by_key(User.objects.all(), order=("pk",), after=other, size=5).first


# ------------------------------------------------------------------------------------------------ parts


def test_every_part_escapes_what_it_is_given() -> None:
    nasty = '<i x="1">'
    for tag in (
        "{% button n href=n icon=n kind=n name=n value=n %}",
        "{% state 'late' n %}",
        "{% state n n %}",
        "{% blank n then=n href=n action=n %}",
        "{% stat n n href=n hint=n %}",
        "{% progress 1 2 n %}",
        "{% icon n n n %}",
        "{% notice n n %}{{ n }}{% endnotice %}",
        "{% choices n options n label=n %}",
    ):
        html = show(tag, n=nasty, options=[(nasty, nasty, nasty)])
        assert nasty not in html, tag


def test_a_share_shows_its_n_of_n() -> None:
    html = show('{% stat "Có kế hoạch" share=share href="/figures/" %}', share=Share(160, 170))
    assert "94,1<small>%</small>" in html
    assert "160/170" in html
    assert 'href="/figures/"' in html


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2026", "Năm 2026"),
        ("2026-08", "Tháng 8/2026"),
        ("2026-q3", "Quý III/2026"),
        ("2016..2020", "2016–2020"),
        ("2026-01..2026-08", "Tháng 1–8/2026"),
        ("2025-11..2026-02", "01/11/2025 – 28/02/2026"),
    ],
)
def test_periods_are_said_in_words(written: str, words: str) -> None:
    assert show("{{ p|period_words }}", p=Period.parse(written)) == words


def test_the_list_controls_keep_the_other_answers_and_begin_at_the_first_page() -> None:
    request = RequestFactory().get("/plans/?state=none&q=hoa&after=abc&sort=late")
    html = show(
        '{% list_controls filters=filters count=1250 search="Tìm theo tên" sorts=sorts %}',
        request,
        filters=[Filter("kind", "Đối tượng", [("leader", "Lãnh đạo", 5)])],
        sorts=[("name", "Theo tên"), ("late", "Quá hạn trước")],
    )
    assert "?state=none&amp;q=hoa&amp;sort=late&amp;kind=leader" in html
    assert "?state=none&amp;q=hoa&amp;sort=late&amp;format=xlsx" in html
    assert '<input type="hidden" name="state" value="none">' in html
    assert "1.250" in html
    assert "after=abc" not in html


# ------------------------------------------------------------------------------------------------ frame


@pytest.fixture
def doors(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.core.gallery"
    nav = tuple(
        NavItem(label, url, "figures.see" if "figures" in url else "", n, icon)
        for n, (label, url, icon) in enumerate((*gallery.DOORS, ("Không có trang", "no:where", "")))
    )
    monkeypatch.setattr(registry, "manifests", {"gallery": Manifest(nav=nav)})


def frame_of(where: str, holds: Any = lambda can: True) -> str:
    user = SimpleNamespace(name="Nguyễn Thị Hoa", theme="", large_type=True)
    request = gallery.request_of(where, SimpleNamespace(user=user, holds=holds))
    return render_to_string("core/base.html", {"unit": "Chi bộ 5"}, request)


def test_the_rail_shows_only_the_doors_whose_power_is_held(doors: None) -> None:
    assert "Số liệu" in frame_of("/")
    html = frame_of("/", holds=lambda can: not can)
    assert "Số liệu" not in html
    assert "Sinh hoạt" in html
    assert "Không có trang" not in html, "a door that leads nowhere is not shown"


def test_the_door_of_the_page_is_marked(doors: None) -> None:
    assert re.findall(r'href="([^"]+)" aria-current="page"', frame_of("/plans/")) == ["/plans/", "/plans/"]
    assert 'href="/" aria-current="page"' in frame_of("/")


def test_the_period_in_the_address_can_be_changed(doors: None) -> None:
    html = frame_of("/units/board/1/2026-08/")
    assert 'href="/units/board/1/2026-07/"' in html
    assert "Tháng 8/2026" in html
    html = frame_of("/units/board/1/2025/")
    assert 'href="/units/board/1/2024/"' in html


def test_a_reader_gets_large_type_language_and_a_way_to_the_content(doors: None) -> None:
    html = frame_of("/")
    assert '<html lang="vi" data-type="large">' in html
    assert 'class="skip" href="#main"' in html
    assert "<main" in html


@pytest.mark.parametrize(
    "name", ["404.html", "403.html", "500.html", "403_csrf.html", "core/plain.html", "core/base.html"]
)
def test_pages_without_anybody_show_no_rail(doors: None, name: str) -> None:
    for request in (None, RequestFactory().get("/")):
        html = render_to_string(name, {}, request)
        assert 'class="rail"' not in html
        assert "<h1>" in html


def test_panels_of_apps_above_are_shown_where_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        registry,
        "manifests",
        {
            "a": Manifest(panels={"member": lambda request, who: f"<{who}>"}),
            "b": Manifest(panels={"member": lambda *_: ""}),
        },
    )
    assert show('{% panel "member" "Hoa" %}') == "&lt;Hoa&gt;"
    assert show('{% panel "nobody" %}') == ""


# ------------------------------------------------------------------------------------------------ house


@pytest.mark.parametrize("name", gallery.PAGES)
def test_no_page_carries_an_inline_style_or_script(doors: None, name: str) -> None:
    html = gallery.render(name)
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert not re.search(r"<[^>]+\son\w+=", html)
    assert not re.search(r"<script(?![^>]+src=)", html)


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = {icon for _label, _url, icon in gallery.DOORS}
    for template in (STATIC.parents[1] / "templates").rglob("*.html"):
        named |= set(re.findall(r'{% icon "([\w-]+)"', template.read_text(encoding="utf-8")))
    assert named <= drawn


def test_the_first_page_is_light() -> None:
    assert len(gzip.compress((STATIC / "chibo.js").read_bytes())) < 3 * 1024  # as it is sent (ADR 0098)
    assert sum(file.stat().st_size for file in STATIC.iterdir()) < 80_000


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_far_enough_apart(theme: str) -> None:
    blocks = (STATIC / "tokens.css").read_text(encoding="utf-8").split("\n}\n")
    colours = _tokens(blocks[0])
    if theme == "dark":
        dark = next(block for block in blocks if '[data-theme="dark"]' in block)
        by_system = next(block for block in blocks if "prefers-color-scheme: dark" in block)
        assert _tokens(dark) == _tokens(by_system), "dark by choice and dark by the system are one"
        colours |= _tokens(dark)

    def contrast(a: str, b: str) -> float:
        high, low = sorted((_luminance(colours[a]), _luminance(colours[b])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    texts = [("ink", g) for g in ("paper", "ground", "raised", "heat-1", "heat-2", "heat-3", "heat-4", "info-wash")]
    texts += [("ink-2", g) for g in ("paper", "ground", "raised", "info-wash")]
    texts += [(s, f"{s}-wash") for s in ("ok", "due", "late", "info", "none")]
    texts += [("ink", f"{s}-wash") for s in ("ok", "due", "late", "info", "none")]
    texts += [
        ("link", "paper"),
        ("link", "ground"),
        ("on-red", "red"),
        ("on-red", "red-2"),
        ("red-ink", "paper"),
        ("late", "paper"),
    ]
    assert [pair for pair in texts if contrast(*pair) < 4.5] == []
    shapes = [
        ("rule-2", "paper"),
        ("rule-2", "raised"),
        ("bar", "paper"),
        ("focus", "paper"),
        ("heat-rule", "heat-4"),
    ]
    assert [pair for pair in shapes if contrast(*pair) < 3] == []
