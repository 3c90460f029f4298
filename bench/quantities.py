"""Megabytes of text a second that quantities are read from, on one core.

``python bench/quantities.py [FILE.jsonl]`` reads the "text" of every line, or news phrases of the
tests repeated. CPU time, the best of five rounds.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from service.extract.quantities import find_quantities  # noqa: E402 the script runs without an installation

ROUNDS = 5


def read_texts(path: Path | None) -> list[str]:
    """The articles to read."""
    if path is not None:
        return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    table = (ROOT / "tests" / "extract" / "quantities" / "phrases.tsv").read_text(encoding="utf-8")
    phrases = [line.split("\t")[1] for line in table.splitlines() if not line.startswith("#")]
    return [" ".join(phrases[start:] + phrases[:start]) for start in range(0, len(phrases), 7)]


def main() -> None:
    """Print size, findings and speed."""
    texts = read_texts(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    size = sum(len(text.encode()) for text in texts)
    best, found = float("inf"), 0
    find_quantities("")
    for _ in range(ROUNDS):
        start = time.process_time()
        found = sum(len(find_quantities(text)) for text in texts)
        best = min(best, time.process_time() - start)
    print(f"{size} bytes, {found} quantities, {best:.3f} s: {size / best / 1e6:.2f} MB/s")  # noqa: T201 its output


if __name__ == "__main__":
    main()
