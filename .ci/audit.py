"""Ask whether a pinned dependency has a known vulnerability: pip-audit over requirements.lock, for `make check`.

Red for each one that IGNORED does not name; where nobody can be asked it says so in a line, and is not red.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

IGNORED: dict[str, str] = {}
"""Id of a vulnerability → why it does not concern us."""
ASK = ["--requirement", "requirements.lock", "--disable-pip", "--format", "json", "--progress-spinner", "off"]


def main() -> int:
    ignored = [word for id in IGNORED for word in ("--ignore-vuln", id)]
    command = [sys.executable, "-m", "pip_audit", *ASK, "--timeout", "10", *ignored]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        told = json.loads(done.stdout)["dependencies"]
    except (ValueError, LookupError):
        why = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"dependencies: not audited: {why[:200]}")
        return 0
    return judge(told)


def judge(told: list[dict[str, Any]]) -> int:
    """Print what is known of each dependency; 1 when there is a vulnerability."""
    asked = [one for one in told if "skip_reason" not in one]
    found = [(one, vuln) for one in asked for vuln in one["vulns"]]
    for one, vuln in found:
        mend = ", ".join(vuln["fix_versions"]) or "no version yet"
        told_of = f"{one['name']} {one['version']}: {vuln['id']}, mended in {mend} (`make lock`)"
        print(f"{told_of}, or IGNORED in .ci/audit.py with a reason")
    if not asked:
        print("dependencies: not audited: the package index knows no advisories")
    elif not found:
        print(f"dependencies: {len(asked)} of {len(told)} audited, no known vulnerability")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
