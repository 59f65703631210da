"""Every part of the look on a few pages, empty and full, for looking at them.

``python -m tests.core.gallery`` writes them to ``var/gallery``; with ``--shots`` Chromium takes pictures at 390 and
1280 px, light, dark and in large type, and prints one on A4.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
from django.conf import settings

if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
    settings.configure(
        SECRET_KEY="gallery",
        INSTALLED_APPS=["django.contrib.staticfiles", "template_partials", "django_htmx", "chibo.core"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        FORM_RENDERER="chibo.core.forms.Renderer",
        LANGUAGE_CODE="vi",
        LANGUAGES=[("vi", "Tiếng Việt"), ("en", "English")],
        STATIC_URL="static/",
        TIME_ZONE="Asia/Ho_Chi_Minh",
    )
    django.setup()

from django import forms
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory, override_settings
from django.urls import include, path, resolve

from chibo.core.charts import Bar, Grid, Part, Point, Row, Square
from chibo.core.forms import Segments, VersionedForm, VietnameseDateField
from chibo.core.registry import Column, Manifest, NavItem, registry
from chibo.core.tables import Filter, State, Table
from chibo.core.values import Period, Share, months_after


def nowhere(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


DOORS = (
    ("Bàn làm việc", "desk:home", "desk"),
    ("Sổ chi bộ", "units:book", "book"),
    ("Sinh hoạt", "meetings:index", "meetings"),
    ("Kế hoạch phấn đấu", "plans:index", "plans"),
    ("Việc được giao", "tasks:index", "tasks"),
    ("Văn bản", "papers:index", "papers"),
    ("Đảng viên", "members:index", "members"),
    ("Chương trình", "programmes:index", "programmes"),
    ("Số liệu", "figures:index", "figures"),
    ("Báo cáo", "reports:index", "reports"),
    ("Cảnh báo", "warnings:index", "warnings"),
)


def _app(label: str, *names: str) -> Any:
    return path(
        f"{label}/", include(([path("" if n == "index" else f"{n}/", nowhere, name=n) for n in names], label))
    )


urlpatterns = [
    path("", include(([path("", nowhere, name="home"), path("search/", nowhere, name="search"), path("journal/", nowhere, name="journal")], "desk"))),
    path("units/", include(([
        path("book/", nowhere, name="book"),
        path("board/<int:unit>/<str:period>/", nowhere, name="board"),
    ], "units"))),
    *(_app(name.split(":")[0], "index") for _label, name, _icon in DOORS[2:]),
    _app("access", "account", "appearance", "language"),
    path("logout/", nowhere, name="account_logout"),
]  # fmt: skip

NAMES = (
    "Nguyễn Thị Hoa", "Trần Văn Bảo", "Lê Thị Kim Ngân", "Hoàng Nguyễn Phương Quỳnh Trang", "Phạm Quốc Việt",
    "Đặng Thị Thanh Hương", "Công Tằng Tôn Nữ Như Nguyệt Ánh", "Bùi Xuân Trường", "Vũ Đình Khải", "Ngô Mỹ Duyên",
)  # fmt: skip
STATES = (
    State("Đã duyệt", "ok"), State("Chờ góp ý", "info"), State("Còn 2 ngày", "due"), State("Quá hạn 6 ngày", "late"),
    State("Chưa đăng ký", "none"),
)  # fmt: skip


def people(count: int) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            pk=i,
            name=NAMES[i % len(NAMES)],
            cell=SimpleNamespace(name=f"Chi bộ Khu dân cư số {i % 7 + 1}"),
            joined=date(1968 + i % 50, i % 12 + 1, i % 28 + 1),
            plan=STATES[i % len(STATES)],
            works=i % 5 + 3 if i % 4 else None,
            note="" if i % 3 else "Miễn công tác và sinh hoạt Đảng",
        )
        for i in range(count)
    ]


COLUMNS = (
    Column("Họ và tên", "name", link=lambda p: f"/members/{p.pk}/"),
    Column("Chi bộ", "cell.name"),
    Column("Ngày vào Đảng", "joined", kind="date"),
    Column("Kế hoạch tháng 8", "plan", kind="state"),
    Column("Số việc", "works", kind="number"),
    Column("Ghi chú", "note"),
)


class PlanForm(VersionedForm):
    title = forms.CharField(
        label="Việc đăng ký làm theo Bác",
        help_text="Một việc cụ thể, đo được. Ví dụ: “Mỗi tuần đến thăm một hộ neo đơn trong khu phố”.",
    )
    held_on = VietnameseDateField(label="Ngày họp", help_text="Ghi như 3/2/2026 hoặc “hôm nay”.")
    kind = forms.ChoiceField(
        label="Loại sinh hoạt", choices=[("", "Chọn loại sinh hoạt"), ("r", "Thường kỳ"), ("t", "Chuyên đề")]
    )
    mark = forms.ChoiceField(
        label="Mức đánh giá",
        widget=Segments,
        choices=[("a", "Xuất sắc"), ("b", "Tốt"), ("c", "Hoàn thành"), ("d", "Không hoàn thành")],
    )
    who = forms.MultipleChoiceField(
        label="Người phối hợp",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(enumerate(NAMES[:4])),
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="Văn bản kèm theo", required=False)
    agreed = forms.BooleanField(label="Đã đọc cho cả chi bộ nghe và không ai có ý kiến khác", required=False)


class LoginForm(forms.Form):
    username = forms.CharField(label="Tên đăng nhập")
    password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)


def board(rows: int = 14) -> Grid:
    def square(i: int, m: int) -> Square:
        if (i + m) % 11 == 10:
            return Square("", None)
        n, base = (i * 7 + m * 5) % 19, 18
        return Square(f"{n}/{base}", n * 4 // base, "/plans/", f"Tháng {m}: {n} trong {base} đảng viên")

    made = [
        Row(f"Chi bộ Khu dân cư số {i + 1}" if i % 4 else "Chi bộ Trường Tiểu học Nguyễn Thị Minh Khai",
            [square(i, m) for m in range(1, 13)], "/units/1/")
        for i in range(rows)
    ]  # fmt: skip
    return Grid("Đảng viên có kế hoạch được duyệt, theo chi bộ và tháng", [f"T{m}" for m in range(1, 13)], made,
                corner="Chi bộ", foot=Row("Toàn phường", [Square(f"{60 + m * 9}/252", m // 3) for m in range(12)]))  # fmt: skip


def context() -> dict[str, Any]:
    today = date(2026, 8, 14)
    months = [months_after(date(2025, 9, 1), i) for i in range(12)]
    values = [62, 68, 71, None, 70, 74, 82, 80, 86, 91, 89, 94]
    trend = [Point(f"T{m.month}", v, f"{v}%" if v else "", "/figures/") for m, v in zip(months, values, strict=True)]
    bars = [
        Bar(f"Chi bộ Khu dân cư số {i + 1}" if i != 4 else "Chi bộ Trường Tiểu học Nguyễn Thị Minh Khai",
            v, f"{v}% ({v * 20 // 100}/20)" if v is not None else "chưa có", "/figures/", current=i == 2)
        for i, v in enumerate([100, 95, 90, 80, 75, 40, 0, None])
    ]  # fmt: skip
    typed = {
        "title": "Thăm hộ neo đơn",
        "held_on": "31/2/2026",
        "kind": "r",
        "note": "Đã sửa sau buổi họp",
        "seen_version": "3",
    }
    wrong = PlanForm(typed)
    wrong.is_valid()
    conflict = PlanForm({**typed, "held_on": "3/2/2026", "mark": "a"})
    conflict.is_valid()
    conflict.add_error(None, forms.ValidationError(
        "Lê Thị Kim Ngân đã sửa nội dung này lúc 09:41 14/08/2026. Nội dung đồng chí vừa nhập còn nguyên bên dưới; hãy xem bản mới rồi lưu lại.", code="conflict"))  # fmt: skip
    conflict.show_stored(
        SimpleNamespace(version=4),
        {"title": "Mỗi tháng thăm hai hộ neo đơn", "held_on": today, "kind": "r", "note": ""},
    )
    return {
        "unit": "Đảng bộ phường Sao Mai", "unit_switch_url": "/units/", "today": today,
        "table": Table(COLUMNS, people(12), caption=""), "nobody": Table(COLUMNS, [], empty="Chưa có đảng viên nào khớp với bộ lọc."),
        "wide": Table([*COLUMNS, *COLUMNS], people(6), wide=True, caption="Bảng rộng"),
        "filters": [Filter("state", "Kế hoạch", [("approved", "Đã duyệt", 160), ("waiting", "Chờ góp ý", 4), ("none", "Chưa đăng ký", 6)]),
                    Filter("kind", "Đối tượng", [("leader", "Cán bộ lãnh đạo, quản lý"), ("member", "Đảng viên"), ("exempt", "Được miễn")])],
        "sorts": [("name", "Theo tên"), ("late", "Quá hạn trước")],
        "saved": [("state=none&kind=leader", "Lãnh đạo chưa đăng ký")],
        "form": PlanForm(), "wrong": wrong, "conflict": conflict, "login": LoginForm(),
        "trend": trend, "bar_rows": bars, "board": board(), "spark": values,
        "parts": [Part("Đã duyệt", 160, "160", "/x/"), Part("Chờ góp ý", 4, "4"), Part("Chưa đăng ký", 20, "20"), Part("Được miễn", 33, "33")],
        "share": Share(160, 170), "people": people(6), "names": NAMES,
        "roll": [("c", "Có mặt", "c"), ("l", "Vắng có lý do", "l"), ("k", "Vắng không lý do", "k")],
        "page": SimpleNamespace(next_after="abc", first=False),
        "messages": [Message(25, "Đã lưu biên bản sinh hoạt tháng 8 của Chi bộ 5.")],
    }  # fmt: skip


HEAD = '{% extends "core/base.html" %}{% load ui %}'
PAGES = {
    "desk": HEAD + """{% block title %}Bàn làm việc{% endblock %}{% block heading %}Bàn làm việc{% endblock %}
{% block lead %}<p class="lead">Thứ sáu, 14/08/2026</p>{% endblock %}
{% block actions %}{% button "Triệu tập họp" href="/x/" kind="main" icon="plus" %}{% endblock %}
{% block content %}<section class="stack"><h2>Cần đồng chí</h2><ul class="lines">
<li><span class="line-text">Duyệt kế hoạch của Hoàng Nguyễn Phương Quỳnh Trang<small>gửi ngày 10/08/2026</small></span>{% state "due" "Còn 2 ngày" %}<a class="button button-plain line-verb" href="#">Duyệt</a></li>
<li><span class="line-text">6 đảng viên chưa đăng ký kế hoạch tháng 8</span>{% state "late" "Quá hạn 6 ngày" %}<a class="button button-plain line-verb" href="#">Đôn đốc</a></li>
<li><span class="line-text">Biên bản sinh hoạt tháng 7 chưa kết thúc</span>{% state "info" "Đang ghi" %}<a class="button button-plain line-verb" href="#">Ghi tiếp</a></li></ul>
<p><a href="#">Còn 4 việc nữa</a></p></section>
<section class="stack"><h2>Sắp tới</h2><ul class="lines"><li><span class="line-text">Sinh hoạt chi bộ thường kỳ tháng 8</span><span class="line-when">20/08/2026</span><a class="button button-plain line-verb" href="#">Chuẩn bị</a></li></ul></section>
<section class="stack"><h2>Tháng này</h2><div class="stats">{% stat "Đảng viên có kế hoạch được duyệt" share=share href="/figures/" hint="trong 170 đảng viên chính thức" %}{% stat "Cuộc họp đã kết thúc" "7" href="/x/" %}{% stat "Chưa đăng ký" 6 %}</div></section>
<section class="stack"><h2>Từ lần xem trước</h2>{% blank "Chưa có gì mới từ 13/08/2026" then="Khi có văn bản mới hoặc người gửi kế hoạch, đồng chí thấy ở đây." href="/x/" action="Xem cả nhật ký" %}</section>{% endblock %}""",
    "list": HEAD + """{% block title %}Kế hoạch{% endblock %}{% block heading %}Kế hoạch tháng 8/2026{% endblock %}
{% block actions %}{% button "Đăng ký kế hoạch" href="/x/" kind="main" icon="plus" %}{% button "In" icon="print" type="button" attrs="data-print" %}{% endblock %}
{% block content %}{% list_controls filters=filters count=170 search="Tìm theo tên" sorts=sorts saved=saved %}{% table table %}{% next_page page %}
<h2>Khi không có dòng nào</h2>{% table nobody %}<h2>Bảng rộng</h2>{% table wide %}{% endblock %}""",
    "record": HEAD + """{% block title %}Kế hoạch{% endblock %}{% block heading %}Kế hoạch của Hoàng Nguyễn Phương Quỳnh Trang{% endblock %}
{% block kind %}<p class="kind">Kế hoạch phấn đấu, tu dưỡng · tháng 8/2026</p>{% endblock %}{% block lead %}<p class="cluster">{% state "due" "Chờ duyệt, còn 2 ngày" %}</p>{% endblock %}
{% block actions %}{% button "Duyệt kế hoạch" kind="main" icon="tick" %}{% endblock %}
{% block content %}<dl class="facts"><div><dt>Chi bộ</dt><dd>Chi bộ Trường Tiểu học Nguyễn Thị Minh Khai</dd></div><div><dt>Gửi ngày</dt><dd>10/08/2026</dd></div><div><dt>Việc đăng ký</dt><dd>Mỗi tuần đến thăm một hộ neo đơn trong khu phố; giúp hai em học sinh lớp năm ôn tập hè tại nhà văn hóa.</dd></div><div><dt>Căn cứ</dt><dd><a href="#">Hướng dẫn số 12-HD/BTCTW, mục 3</a></dd></div></dl>
{% notice "due" "Còn 2 ngày để duyệt" %}<p>Duyệt trước 16/08/2026 để kịp sinh hoạt chi bộ.</p>{% endnotice %}{% notice "late" "Chưa khớp" %}<p>32 + 23 = 55, nhưng cột kia là 54.</p>{% endnotice %}{% notice "ok" %}<p>Đã đủ chữ ký.</p>{% endnotice %}{% notice "info" %}<p>Đảng viên dự bị chỉ cần một việc.</p>{% endnotice %}
<p class="cluster">{% state "ok" %}{% state "due" %}{% state "late" %}{% state "none" %}{% state "info" %}</p>
<p class="cluster">{% button "Việc chính" kind="main" %}{% button "Việc phụ" icon="edit" %}{% button "Lặng lẽ" kind="quiet" %}{% button "Bỏ kế hoạch" kind="danger" icon="delete" %}{% button "Chưa được" attrs="disabled" %}</p>
{% progress 28 40 "Đã đọc phiếu" %}
<h2>Diễn biến</h2><ol class="timeline"><li class="month">Tháng 8</li><li class="now"><span class="when">Hôm nay</span>Chờ Bí thư chi bộ duyệt</li><li class="done"><span class="when">10/08/2026</span>Gửi kế hoạch</li><li class="done"><span class="when">05/08/2026</span>Sinh hoạt thường kỳ, giao viết kế hoạch tháng</li></ol>{% endblock %}
{% block aside %}<section class="card"><h2>Việc làm được bây giờ</h2>{% button "Trả lại để sửa" icon="undo" %}{% button "In kế hoạch" icon="print" %}<p class="quiet">Chưa đánh giá được: kế hoạch phải được duyệt trước (HD 12, mục 3).</p></section>{% endblock %}""",
    "forms": HEAD + """{% block title %}Biểu mẫu{% endblock %}{% block heading %}Đăng ký kế hoạch{% endblock %}{% block content %}{% form form submit="Gửi kế hoạch" cancel="/x/" keep="plan" %}{% endblock %}""",
    "errors": HEAD + """{% block title %}Biểu mẫu{% endblock %}{% block heading %}Đăng ký kế hoạch{% endblock %}{% block content %}<div class="columns">{% form wrong %}{% form conflict %}</div>{% endblock %}""",
    "entry": HEAD + """{% block title %}Điểm danh{% endblock %}{% block heading %}Điểm danh sinh hoạt tháng 8{% endblock %}{% block lead %}<p class="lead">Mũi tên để di chuyển; C có mặt, L vắng có lý do, K vắng không lý do.</p>{% endblock %}
{% block actions %}<span class="saved" data-saved role="status">đã lưu 09:41</span>{% endblock %}
{% block content %}<form><table class="grid-entry" data-grid><thead><tr><th>Đảng viên</th><th>Có mặt</th><th>Lý do</th></tr></thead><tbody>{% for p in people %}<tr><th scope="row">{{ p.name }}</th><td>{% choices p.pk|stringformat:"d" roll "c" label=p.name %}</td><td data-label="Lý do"><input name="n{{ p.pk }}" aria-label="Lý do"></td></tr>{% endfor %}</tbody></table></form>{% endblock %}""",
    "board": HEAD + """{% block title %}Bảng{% endblock %}{% block heading %}Bảng theo dõi phường{% endblock %}{% block layout %}board{% endblock %}{% block content %}{% heatmap board %}{% endblock %}
{% block aside %}<section class="card"><h2>Còn thiếu</h2><ul class="lines">{% for p in people %}<li><span class="line-text">{{ p.name }}<small>{{ p.cell.name }}</small></span></li>{% endfor %}</ul></section>{% endblock %}""",
    "figure": HEAD + """{% block title %}Số liệu{% endblock %}{% block heading %}Đảng viên có kế hoạch được duyệt{% endblock %}{% block lead %}<p class="lead">Trong số đảng viên chính thức đang sinh hoạt, bao nhiêu người có kế hoạch được duyệt trong tháng.</p>{% endblock %}
{% block content %}<div class="columns"><div class="figure-big">{% stat "Tháng 8/2026" share=share %}</div><div>{% stacked parts title="Theo trạng thái" text="tổng 217" %}</div></div>{% line trend title="12 tháng qua" unit="%" high=100 low=0 %}<section><h2>Theo chi bộ</h2>{% bars bar_rows top=100 %}</section><p>Xu hướng: {% sparkline spark label="12 tháng, từ 62 lên 94" %} 94%</p>{% endblock %}""",
    "door": """{% extends "core/plain.html" %}{% load ui %}{% block title %}Đăng nhập{% endblock %}{% block heading %}Đăng nhập{% endblock %}{% block content %}{% form login submit="Đăng nhập" %}{% endblock %}""",
    "missing": '{% extends "404.html" %}',
}  # fmt: skip


class Everything:
    """An actor who holds every power."""

    def __init__(self, **user: Any) -> None:
        self.user = SimpleNamespace(
            **{"name": "Hoàng Nguyễn Phương Quỳnh Trang", "theme": "light", "large_type": False, **user}
        )

    def holds(self, can: str) -> bool:
        return True


def request_of(where: str, actor: Any) -> Any:
    """A request as a view gets it: with its actor, and the period of its address read."""
    request: Any = RequestFactory().get(where)
    request.actor = actor
    request.resolver_match = resolve(where, "tests.core.gallery")
    kwargs = request.resolver_match.kwargs
    if "period" in kwargs:
        kwargs["period"] = Period.parse(kwargs["period"])
    return request


def render(name: str, **user: Any) -> str:
    template = engines["django"].from_string(PAGES[name])
    shown = context()
    if name not in ("desk",):
        shown["messages"] = []
    where = {"board": "/units/board/1/2026-08/", "desk": "/", "figure": "/units/board/1/2026-08/"}.get(
        name, "/plans/"
    )
    request = request_of(where, Everything(**user))
    if name in ("door", "missing"):
        del request.actor
    return template.render(shown | {"period": Period.parse("2026-08")}, request)


def write(folder: Path) -> list[str]:
    """The pages, with the static files beside them; the names of the files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    here = Path(__file__).resolve().parents[2] / "chibo/core/static/core"
    import django_htmx

    shutil.copytree(here, folder / "static/core")
    shutil.copytree(Path(django_htmx.__file__).parent / "static/django_htmx", folder / "static/django_htmx")
    looks = {"": {}, "-dark": {"theme": "dark"}, "-large": {"large_type": True}}
    names = []
    manifests = registry.manifests
    registry.manifests = {
        "gallery": Manifest(nav=tuple(NavItem(label, url, "", n, icon) for n, (label, url, icon) in enumerate(DOORS)))
    }
    try:
        with override_settings(ROOT_URLCONF="tests.core.gallery"):
            for page in PAGES:
                for look, user in looks.items():
                    names.append(f"{page}{look}.html")
                    (folder / names[-1]).write_text(render(page, **user), encoding="utf-8")
    finally:
        registry.manifests = manifests
    return names


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None: ...

    def end_headers(self) -> None:
        self.send_header(
            "Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"
        )
        super().end_headers()


def shoot(folder: Path, names: list[str], only: set[str]) -> None:
    """Pictures of every page in ``folder``; what the browser complains about goes to the terminal."""
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for width, height in ((390, 844), (1280, 800)):
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
            page.on("console", lambda m: print("console:", m.text) if m.type in ("error", "warning") else None)
            page.on("pageerror", lambda e: print("error:", e))
            for name in names:
                if only and not any(name.startswith(o) for o in only):
                    continue
                page.goto(f"http://127.0.0.1:{server.server_port}/{name}")
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    print(f"{name} at {width}: {wide} px too wide")
                page.screenshot(path=folder / f"{name[:-5]}-{width}.png", full_page=True)
            if width == 1280:
                for name in ("list", "record", "board", "figure"):
                    page.goto(f"http://127.0.0.1:{server.server_port}/{name}.html")
                    page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True)
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    target = Path("var/gallery").resolve() if len(sys.argv) < 2 or sys.argv[1].startswith("-") else Path(sys.argv[1])
    written = write(target)
    print(target)
    if "--shots" in sys.argv:
        shoot(target, written, {a for a in sys.argv[2:] if not a.startswith("-")})
