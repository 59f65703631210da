"""Charts say every number in words, escape what they are given, and need no inline style."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from chibo.core.charts import Bar, Grid, Part, Point, Row, Square, bars, heatmap, line, sparkline, stacked

NASTY = '<b onclick="x">Nguyễn & "Trần"</b>'


def drawn() -> dict[str, str]:
    return {
        "bars": bars([Bar(NASTY, 3, "3", "/?a=1&b=2"), Bar("Chi bộ 2", None, "chưa có")], title=NASTY),
        "line": line(
            [Point(NASTY, 1, NASTY, "/x"), Point("T2", None, ""), Point("T3", 3, "3")], title=NASTY, unit="%"
        ),
        "sparkline": sparkline([1, None, 3, 4], label=NASTY),
        "heatmap": heatmap(
            Grid(NASTY, [NASTY], [Row(NASTY, [Square(NASTY, 3, "/x", NASTY)])], NASTY, Row("Cộng", []))
        ),
        "stacked": stacked([Part(NASTY, 3, NASTY, "/x"), Part("b", 0, "0")], title=NASTY, text=NASTY),
    }


@pytest.mark.parametrize("name", drawn())
def test_a_chart_is_well_formed_and_escapes_what_it_is_given(name: str) -> None:
    html = drawn()[name].replace("<wbr>", "<wbr/>")
    ET.fromstring(f"<div>{html}</div>")  # every tag closed, every attribute quoted
    assert "<b onclick" not in html
    assert not re.search(r"\sstyle=|\son\w+=\"", html.replace("onclick=&quot;", ""))


def test_bars_are_measured_against_the_fullest_or_the_given_top() -> None:
    assert 'width="50.00%"' in bars([Bar("a", 5, "5"), Bar("b", 10, "10")])
    assert 'width="5.00%"' in bars([Bar("a", 5, "5"), Bar("b", 10, "10")], top=100)


def test_bars_may_put_the_worst_first_and_the_unknown_last() -> None:
    html = bars([Bar("đủ", 9, ""), Bar("chưa có", None, ""), Bar("thiếu", 1, "")], worst_first=True)
    assert html.index("thiếu") < html.index("đủ") < html.index("chưa có")


def test_nothing_counted_draws_no_bar() -> None:
    assert "<rect" not in bars([Bar("a", 0, "0"), Bar("b", None, "–")])


def test_a_month_without_a_value_is_a_gap_in_the_trend() -> None:
    html = line(
        [Point("1", 1, "1"), Point("2", 2, "2"), Point("3", None, ""), Point("4", 2, "2"), Point("5", 3, "3")],
        title="t",
    )
    assert html.count("<polyline") == 2
    assert html.count("<circle") == 4


def test_a_trend_says_its_numbers_to_readers_and_beneath_as_a_table() -> None:
    html = line([Point("Tháng 7", 94.1, "94,1%"), Point("Tháng 8", None, "")], title="Kế hoạch")
    assert "<desc>Tháng 7: 94,1%; Tháng 8: chưa có</desc>" in html
    assert '<th scope="row">Tháng 7</th><td class="number">94,1%</td>' in html


def test_one_value_or_none_breaks_no_chart() -> None:
    assert "<polyline" not in line([Point("T1", 5, "5")], title="t")
    assert line([], title="t")
    assert "nil" in sparkline([None, None])
    assert "<circle" in sparkline([5])
    assert stacked([Part("a", 0, "0")], title="t")


def test_a_square_without_a_level_is_hatched_and_levels_stay_within_four() -> None:
    html = heatmap(Grid("t", ["T1", "T2"], [Row("a", [Square("", None), Square("9/9", 9)])]))
    assert 'class="heat-none"><span>–' in html
    assert 'class="heat-4"><span>9/<wbr>9' in html
