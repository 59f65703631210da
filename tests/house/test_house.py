"""The house rules that an import linter cannot see."""

from __future__ import annotations

import ast
from datetime import date
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse

import chibo
from chibo.access.actor import NOBODY
from chibo.access.charter import OWN, POWERS, Can, Post
from chibo.access.models import Record
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import chapter_of
from chibo.units.selectors import scope_of

HOUSE = Path(chibo.__file__).parent
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
BELOW_THE_GATE = {"journal", "core"}
ROOMS = {
    "rules",
    "models",
    "selectors",
    "actions",
    "forms",
    "views",
    "urls",
    "manifest",
    "apps",
    "migrations",
    "templates",
    "static",
    "management",
}
OF_ACCESS = {"actor", "charter", "gate", "middleware", "request", "accounts"}


def files_of(room: str) -> list[Path]:
    """Every file of a room, whether it is a module or a package, in the apps above the gate."""
    found = [*HOUSE.glob(f"*/{room}.py"), *HOUSE.glob(f"*/{room}/*.py")]
    return sorted(p for p in found if p.relative_to(HOUSE).parts[0] not in BELOW_THE_GATE)


def module_of(path: Path) -> str:
    dotted = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


def called(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}


def attributes(path: Path) -> set[str]:
    return {n.attr for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Attribute)}


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def every_action() -> list[object]:
    """Every public function of every actions room."""
    found = []
    for path in files_of("actions"):
        module = import_module(module_of(path))
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found.append(getattr(module, node.name))
    return found


def test_an_app_has_only_the_rooms_of_the_house() -> None:
    for app in HOUSE.iterdir():
        if app.is_dir() and (app / "apps.py").exists() and app.name != "core":
            rooms = {p.stem for p in app.iterdir() if not p.name.startswith("__")}
            allowed = ROOMS | (OF_ACCESS if app.name == "access" else set())
            assert rooms <= allowed, f"{app.name}: {rooms - allowed}"


@pytest.mark.parametrize("act", every_action(), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_every_action_passes_the_gate_and_obeys_no_stranger(act) -> None:
    """No database: the gate answers before anything is read."""
    assert isinstance(act.can, Can)
    subject = SimpleNamespace(unit=SimpleNamespace(path="1/2/"), pk=1)
    with pytest.raises(PermissionDenied):
        act(subject, actor=NOBODY)


@pytest.mark.parametrize(
    "path", [p for r in ("rules", "selectors", "forms", "views", "manifest") for p in files_of(r)], ids=name_of
)
def test_only_actions_write(path: Path) -> None:
    assert not called(path) & (WRITES - {"update"})


@pytest.mark.parametrize("path", [p for r in ("views", "forms", "manifest") for p in files_of(r)], ids=name_of)
def test_only_selectors_and_actions_query(path: Path) -> None:
    assert "objects" not in attributes(path)


@pytest.mark.parametrize("path", files_of("rules"), ids=name_of)
def test_rules_look_at_no_clock(path: Path) -> None:
    assert not called(path) & {"today", "now", "localdate", "utcnow"}


def test_every_power_is_held_by_a_post_or_over_ones_own() -> None:
    held = set().union(*(powers for post, powers in POWERS.items() if post != Post.SETUP))
    assert held | OWN == set(Can)


def test_every_post_has_its_powers() -> None:
    assert set(POWERS) == set(Post)


@pytest.mark.parametrize("model", [m for m in apps.get_models() if issubclass(m, Record)], ids=lambda m: m.__name__)
def test_no_record_is_visible_to_a_stranger(model: type[Record], db: None) -> None:
    assert isinstance(model.seen_with, Can)
    assert model.objects.visible_to(NOBODY).query.is_empty()


@pytest.mark.parametrize("figure", list(registry.each("figures")), ids=lambda f: f.code)
def test_every_figure_rests_on_rows_with_a_unit(figure, world) -> None:
    scope = scope_of(world.ward, Period.of_year(2025), date(2025, 12, 31))
    rows = figure.rows(scope)
    assert list(rows.values_list(figure.unit, flat=True)) == []
    assert figure.meaning
    assert figure.columns
    assert chapter_of(figure)
    assert figure.order[-1] == "pk"
    Can(figure.can)


def test_every_check_names_its_article_and_its_seed() -> None:
    checks = list(registry.each("checks"))
    assert len(checks) >= 7
    for check in checks:
        assert check.article, check.code
        assert check.seeds, check.code
        Can(check.can)


def test_every_setting_names_its_source() -> None:
    for setting in registry.each("settings"):
        assert setting.source, setting.code
        assert setting.mark in {"S", "S2", "R"}, setting.code


def test_every_sum_is_made_of_figures() -> None:
    for declared in registry.each("sums"):
        for code in declared.left + declared.right:
            registry.named("figures", code)


@pytest.mark.parametrize("item", list(registry.each("nav")), ids=lambda item: item.url_name)
def test_every_door_opens_without_arguments_and_asks_for_a_power(item) -> None:
    assert reverse(item.url_name)
    assert not item.can or Can(item.can)


def test_the_page_of_the_charter_is_the_charter() -> None:
    from tools.charter import FILE, page

    assert FILE.read_text(encoding="utf-8") == page(), "run python -m tools.charter"


def test_the_page_of_the_checks_is_the_checks() -> None:
    from tools.checks import FILE, page

    assert FILE.read_text(encoding="utf-8") == page(), "run python -m tools.checks"
