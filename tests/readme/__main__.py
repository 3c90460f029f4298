"""``python -m tests.readme``: whatever in the README comes of the model, written anew."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.readme.parts import rewrite
from tests.readme.snippets import README, ROOT
from tests.servers import run_server

if __name__ == "__main__":
    with (
        TemporaryDirectory() as folder,
        run_server(Path(folder), MODEL_PATH=ROOT / "models" / "standard", WORKERS=1) as server,
    ):
        text = README.read_text(encoding="utf-8")
        README.write_text(rewrite(text, server, Path(folder)), encoding="utf-8")
