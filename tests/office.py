"""LibreOffice, where it is installed: it opens what the office would open."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest

Convert = Callable[..., bytes]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """A .docx as PDF, or saved again as .docx; with a profile of its own, so that two runs do not lock each other out."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("soffice (LibreOffice) is not installed: the docx cannot be rendered here")
    home = tmp_path_factory.mktemp("office")
    made = iter(range(10_000))

    def convert(file: bytes, to: str = "pdf") -> bytes:
        source = home / f"paper{next(made)}.docx"
        source.write_bytes(file)
        out = home / "out"
        subprocess.run(
            [soffice, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", to,
             "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return (out / source.with_suffix(f".{to}").name).read_bytes()

    return convert
