"""Requests that schemathesis makes up from the API description, against a real server, with every check it has.

``SCHEMATHESIS_EXAMPLES=2500 make test ARGS=tests/web/test_schemathesis.py`` is the long form.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.servers import RunningServer

COMMAND = Path(sys.executable).parent.parent / "tools" / "bin" / "schemathesis"


def test_no_request_made_up_from_the_description_finds_a_fault(server: RunningServer, tmp_path: Path) -> None:
    examples = os.environ.get("SCHEMATHESIS_EXAMPLES", "20")
    command: list[str | Path] = [COMMAND, "--no-color", "run", f"{server.url}/openapi.json", "--max-examples", examples]
    command += ["--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--seed", "7"]
    command += ["--suppress-health-check", "filter_too_much"]  # of the hooks' making
    hooks = Path(__file__).parent
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(hooks)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-8000:]
    counted = re.search(r"(\d+) generated", done.stdout)
    assert counted is not None
    assert int(counted[1]) >= 100
    print(counted[0])  # noqa: T201 (the figure of the long form)
