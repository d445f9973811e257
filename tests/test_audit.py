"""What `make check` says of known vulnerabilities: red for one, a line where nobody could be asked."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FILE = Path(__file__).parents[1] / ".ci" / "audit.py"
WELL = {"name": "a", "version": "1", "vulns": []}
ILL = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "c", "skip_reason": "not found on PyPI"}


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("told", "code", "line"),
    [
        ([WELL, UNKNOWN], 0, "dependencies: 1 of 2 audited, no known vulnerability"),
        ([UNKNOWN], 0, "dependencies: not audited: the package index knows no advisories"),
        ([WELL, ILL], 1, "b 2: PYSEC-1, mended in 2.1 (`make lock`), or IGNORED in .ci/audit.py with a reason"),
    ],
)
def test_a_vulnerability_is_red_and_no_answer_is_not(
    audit: ModuleType, told: list[dict[str, Any]], code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.judge(told) == code
    assert capsys.readouterr().out == f"{line}\n"


def test_without_a_network_it_says_so(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = subprocess.CompletedProcess([], 1, "", "Traceback\nConnectionError: no address for pypi.org\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: nothing)
    assert audit.main() == 0
    assert capsys.readouterr().out == "dependencies: not audited: ConnectionError: no address for pypi.org\n"
