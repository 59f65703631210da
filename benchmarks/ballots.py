"""Paper ballots: the catalogue of cases, wrong against sent to people as a curve, misplaced sheets, speed, memory, kill -9.

    python -m benchmarks.ballots                         a few minutes
    python -m benchmarks.ballots --cells 1500000 --names 300000 --pages 100000 --seeds 20     hours

Sheets are generated; no figure here is a promise on real paper. Zero wrong in n leaves 3/n as the 95 % bound.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from base64 import b64encode
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from benchmarks.cases import CASES, Desk, style
from benchmarks.goals import done, interleaved, tell
from benchmarks.hands import Sheet
from benchmarks.machines import OFFICE, PROFILES, jpeg, lies_at, scanned
from benchmarks.trials import Score, Trial, try_boxes, try_names
from chibo.ballots.blank import Blank
from chibo.ballots.command import count_ballots, print_ballots, verify_journal
from chibo.ballots.intake import Unreadable, picture_of
from chibo.ballots.reading import read_picture
from chibo.ballots.registration import place
from chibo.ballots.style import Form

AGREE, STRIKE = Blank.of(style(listed=12)), Blank.of(style(Form.STRIKE, listed=11))
DPIS = (200, 300)


def catalogue(seeds: int) -> None:
    """Every case in every combination of resolution and colour."""
    failed = 0
    agree, strike = Blank.of(style()), STRIKE
    for number in sorted(CASES):
        name, allowed, run = CASES[number]
        seen: Counter[str] = Counter()
        for seed in range(seeds):
            rng = np.random.default_rng([number, seed])
            seen[run(Desk(agree, strike, DPIS[seed % 2], bool(seed // 2 % 2), rng))] += 1
        bad = sum(count for outcome, count in seen.items() if outcome not in allowed)
        failed += bool(bad)
        print(f"     {'MISS' if bad else 'ok  '} {number:2} {name} ({allowed}): {dict(seen)}", flush=True)
    tell(f"cases of {len(CASES)} generated with any other outcome ({seeds} seeds each)", failed, most=0, unit="cases")


def curve(what: str, trial: Trial, blank: Blank, cells: int) -> Score:
    """Wrong against sent to people, by profile, resolution and share of odd rows."""
    per_sheet = len(blank.layout.rows) * (2 if what == "boxes" else 1)
    whole, clean = Score(), Score()
    for profile, dpi, odd, share in _mix():
        score = Score()
        for seed in range(max(1, round(cells * share / per_sheet))):
            score.add(
                trial(
                    blank,
                    dpi,
                    PROFILES[profile],
                    np.random.default_rng([seed, dpi, len(profile) + ord(profile[1]), round(odd * 100)]),
                    odd=odd,
                )
            )
        print(
            f"     {what} {profile} {dpi} dpi, {odd:4.0%} odd: {score.cells:8} read, wrong {score.wrong}, "
            f"to people {score.doubtful / score.cells:7.3%} (clean marks {score.clean_doubtful / max(1, score.clean):7.3%}), "
            f"rows accepted {score.rows_auto}, of them wrong {score.rows_wrong}",
            flush=True,
        )  # fmt: skip
        if score.wrong:
            print(f"          {[k for k in score.by_kind.items() if k[0].endswith('wrong')]}")
        whole.add(score)
        if not odd and profile in {"S0", "S1", "P1"}:
            clean.add(score)
    tell(
        f"{what}: wrong rows among {whole.rows_auto} accepted (of {whole.cells} positions)",
        whole.rows_wrong,
        most=0,
        unit="rows",
    )
    tell(
        f"{what}: wrong per million on clean marks ({clean.cells} tried)",
        clean.wrong / clean.cells * 1e6,
        most=1,
        unit="",
    )
    tell(f"{what}: clean marks sent to people", clean.clean_doubtful / clean.clean * 100, most=0.3, unit="%")
    return whole


def _mix() -> list[tuple[str, int, float, float]]:
    """Profile, resolution, odd rows, share of the trials."""
    easy = [
        (profile, dpi, odd, share)
        for profile in ("S0", "S1", "P1")
        for dpi in DPIS
        for odd, share in ((0.0, 0.08), (0.06, 0.04), (0.5, 0.01))
    ]
    hard = [("S2", dpi, odd, share) for dpi in DPIS for odd, share in ((0.0, 0.06), (0.06, 0.03), (0.5, 0.01))]
    return [*easy, *hard, ("P2", 200, 0.06, 0.02)]


@lru_cache(maxsize=4)
def _sheets(dpi: int) -> tuple[tuple[Blank, Sheet], ...]:
    """Filled ballots of both forms, in gray: a crossed one, a struck one, and so on."""
    desk, made = Desk(AGREE, STRIKE, dpi, False, np.random.default_rng(1)), []
    for blank in (AGREE, STRIKE) * 4:
        sheet = desk.ballot(row=-1, blank=blank)
        sheet.page = np.ascontiguousarray(sheet.page.min(2))
        made.append((blank, sheet))
    return tuple(made)


def placed_within(seed: int) -> tuple[str, float | None]:
    """A whole sheet whose true place is known: what it is, and how far (mm) the reader has it from there; None: refused.
    Every eighth is scanned at 300 dpi, every third has a spot on a corner mark.
    """
    profile, dpi = ("S1", "S2", "P1", "P2")[seed % 4], 300 if seed // 8 % 8 == 0 else 200
    rng, truth, machine = np.random.default_rng([seed, 5]), {}, PROFILES[profile]
    blank, sheet = _sheets(dpi)[seed // 4 % 8]
    page, layout = sheet.page, blank.layout
    if seed % 3 == 0:
        page, tag = page.copy(), layout.tags[int(rng.integers(4))]
        middle = round(tag.middle[0] * sheet.scale), round(tag.middle[1] * sheet.scale)
        cv2.circle(page, middle, round(rng.uniform(0.6, 7.6) * sheet.scale), 0.4, -1)
    window = (160, 222) if seed % 2 else None
    data = jpeg(scanned(page, sheet.scale, machine, rng, truth=truth, window=window), machine, rng)
    kind = f"{profile} {dpi} dpi {blank.style.form}"
    try:
        placed = place(picture_of(data), blank)
    except Unreadable:
        return kind, None
    points = np.array([b.middle for row in layout.rows for b in row.boxes or (row.number, row.name)])
    meant = lies_at(points.copy(), truth)
    moved = (points + placed.moved(points)).reshape(-1, 1, 2)
    found = cv2.perspectiveTransform(moved, placed.plane).reshape(-1, 2)
    return kind, float(np.abs(found - meant).max() / sheet.scale)


def misplaced(pages: int) -> None:
    """None may be accepted more than 0.5 mm off."""
    offs = [off for _kind, off in map(placed_within, range(pages)) if off is not None]
    print(f"     {len(offs)} of {pages} sheets accepted; worst {max(offs, default=0):.2f} mm off")
    wrong = sum(off > 0.5 for off in offs)
    tell(f"sheets silently misplaced by more than 0.5 mm, of {len(offs)}", wrong, most=0, unit="sheets")


def speed(folder: Path) -> None:
    """Everything against merely decoding the same files, turn by turn, on one core."""
    for name, blank in (("agree", AGREE), ("strike", STRIKE)):
        for dpi in DPIS:
            desk = Desk(AGREE, STRIKE, dpi, False, np.random.default_rng(dpi))
            files = []
            for seed in range(6):
                sheet = desk.ballot(row=-1, blank=blank)
                rng = np.random.default_rng([seed, dpi])
                files.append(folder / f"{name}-{dpi}-{seed}.jpg")
                files[-1].write_bytes(jpeg(scanned(sheet.page, sheet.scale, OFFICE, rng), OFFICE, rng))
            everything, decoding = _timed(files, blank)
            tell(
                f"{name} form, {dpi} dpi: ballots a second and core",
                1000 / everything,
                least=100 if dpi == 200 else 50,
                unit="",
            )
            tell(
                f"{name} form, {dpi} dpi: everything ÷ decoding ({decoding:.1f} ms)", everything / decoding, most=3.5
            )


def memory(folder: Path) -> None:
    """The most that a process held which did nothing but read the files of ``speed``."""
    form = folder / "weighed.json"
    form.write_text(
        json.dumps({"style": AGREE.style.as_json(), "pdf": b64encode(AGREE.pdf).decode()}), encoding="utf-8"
    )
    command = [sys.executable, "-m", "benchmarks.weighing", str(form), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    tell("memory of a worker", float(run.stdout), most=200, unit="MB")


def _timed(files: list[Path], blank: Blank) -> tuple[float, float]:
    turn = {"all": 0, "decode": 0}

    def read() -> object:
        turn["all"] += 1
        return read_picture(picture_of(files[turn["all"] % len(files)].read_bytes()), blank)

    def decode() -> object:
        turn["decode"] += 1
        return cv2.imdecode(
            np.frombuffer(files[turn["decode"] % len(files)].read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE
        )

    return interleaved(read, decode, rounds=60)


def killed(folder: Path, ballots: int) -> None:
    """A count killed again and again with kill -9 ends with the same record as one that was left alone."""
    desk, scans = Desk(AGREE, STRIKE, 200, False, np.random.default_rng(3)), folder / "scans"
    (folder / "style.json").write_text(json.dumps(AGREE.style.as_json()), encoding="utf-8")
    print_ballots(folder / "style.json", folder / "form", voters=ballots, spare=0)
    scans.mkdir()
    for at in range(ballots):
        (scans / f"{at:05}.jpg").write_bytes(desk.scan(desk.ballot(row=-1)))
    form, day = folder / "form" / "form.json", date(2025, 3, 1)
    alone = count_ballots(form, scans, folder / "alone", on=day)
    command = [sys.executable, "-m", "benchmarks.ballots", "--go-on", str(folder)]
    kills = 0
    for _ in range(40):
        run = subprocess.Popen(command)
        try:
            run.wait(1.5 + random.random() * 2)
            break
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
            kills += 1
    again = count_ballots(form, scans, folder / "killed", on=day)
    same = (folder / "alone" / "count.journal").read_bytes() == (folder / "killed" / "count.journal").read_bytes()
    tell(
        f"journal after {kills} kills is the same, of {ballots} ballots",
        int(same and again["totals"] == alone["totals"]),
        least=1,
        unit="",
    )
    tell("journal whole", int(verify_journal(folder / "killed" / "count.journal")["whole"]), least=1, unit="")


def main() -> int:
    options = argparse.ArgumentParser()
    for name, default in (("cells", 12_000), ("names", 4_000), ("pages", 150), ("seeds", 4), ("ballots", 60)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--only", choices=("cases", "boxes", "names", "pages", "speed", "kill"), action="append")
    options.add_argument("--go-on", type=Path)
    asked = options.parse_args()
    if asked.go_on:
        count_ballots(
            asked.go_on / "form" / "form.json", asked.go_on / "scans", asked.go_on / "killed", on=date(2025, 3, 1)
        )
        return 0
    only, begin = set(asked.only or ()), time.monotonic()
    with TemporaryDirectory(prefix="chibo-ballots-") as made:
        folder = Path(made)
        parts = {
            "speed": lambda: (speed(folder), memory(folder)), "cases": lambda: catalogue(asked.seeds),
            "boxes": lambda: curve("boxes", try_boxes, AGREE, asked.cells), "names": lambda: curve("names", try_names, STRIKE, asked.names),
            "pages": lambda: misplaced(asked.pages), "kill": lambda: killed(folder, asked.ballots),
        }  # fmt: skip
        for name, part in parts.items():
            if not only or name in only:
                part()
    print(f"     {time.monotonic() - begin:.0f} s")
    return done()


if __name__ == "__main__":
    sys.exit(main())
