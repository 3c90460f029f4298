"""One table of scores: every development corpus and our own seeds, each with its size and floor.

The scorer is the one that comes with the corpora (``SHARED/score/score.py``). Floors stand in a file
beside a hash of each corpus; a corpus that changed, or a score under its floor, fails.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from service.extract.analyzer import Analyzer
from service.extract.records import Article
from service.learn.corpus import dev_files
from service.learn.examples import read_rows

TASKS = {
    "polnear": "attributions",
    "house": "sentences",
    "newsdiscourse": "speech",
    "newssd": "subjective",
    "seeds": "sentences",
}
F1 = re.compile(r"^(?P<name>\S.*?)\s+P .* F1\s+(?P<value>[\d.]+)", re.MULTILINE)
OTHERS = {
    "macro F1": re.compile(r"macro F1(?: of the four)? ([\d.]+)"),
    "exact label set": re.compile(r"exact label set ([\d.]+)"),
    "non-body left unlabelled": re.compile(r"left unlabelled ([\d.]+)"),
    "one label": re.compile(r"one label right ([\d.]+)"),
    "speaker named right": re.compile(r"count as wrong\): ([\d.]+)"),
    "kind": re.compile(r"kind right, where a quotation was found: ([\d.]+)"),
    "right source": re.compile(r"right source, where the content matched:\s+([\d.]+)"),
}


@dataclass(frozen=True, slots=True)
class Score:
    """One figure, in percent, of one corpus."""

    corpus: str
    articles: int
    metric: str
    value: float


def evaluate(analyzer: Analyzer, shared: Path, golds: dict[str, Path]) -> Iterator[Score]:
    """Run every article of *golds* (name of the corpus to its JSONL file) and score the answers."""
    scorer = load_scorer(shared)
    for corpus, gold in golds.items():
        rows = read_rows(gold)
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as answers:
            write_answers(analyzer, rows, answers)
            printed = _score(scorer, TASKS[corpus], gold, Path(answers.name))
            if TASKS[corpus] == "speech":
                printed += _score_speech(scorer, gold, Path(answers.name), analyzer.speech_threshold)
        yield from (Score(corpus, len(rows), metric, value) for metric, value in _figures(printed))


def write_answers(analyzer: Analyzer, rows: Sequence[dict[str, Any]], out: Any) -> None:
    """One line an article in the form that the scorer reads."""
    for some in (rows[at : at + 4] for at in range(0, len(rows), 4)):
        for row, extraction in zip(some, analyzer.analyze_many([Article(r["text"]) for r in some]), strict=True):
            line = {"id": row["id"], "seconds": 0, "extraction": asdict(extraction)}
            out.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    out.flush()


def load_scorer(shared: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", shared / "score/score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"No scorer in {shared}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _score(scorer: ModuleType, task: str, gold: Path, answers: Path) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        if task == "speech":
            scorer.binary(gold, answers, "speech", "quotation")
        elif task == "subjective":
            scorer.binary(gold, answers, "subjective", "editorial_assertion")
        else:
            getattr(scorer, task)(gold, answers)
    return printed.getvalue()


def _score_speech(scorer: ModuleType, gold: Path, answers: Path, threshold: float) -> str:
    """The scorer's figure for ``speech``, which is narrower than the label that it asks for otherwise."""
    rows = read_rows(answers)
    for row in rows:
        for sentence in row["extraction"]["sentences"]:
            sentence["labels"] = ["speech"] * ((sentence["speech"] or 0) >= threshold)
    answers.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        scorer.binary(gold, answers, "speech", "speech")
    return printed.getvalue().partition("\n")[0] + "\n"


def _figures(printed: str) -> Iterator[tuple[str, float]]:
    for hit in F1.finditer(printed):
        yield f"{hit['name']} F1", float(hit["value"])
    for name, pattern in OTHERS.items():
        if (line := pattern.search(printed)) is not None:
            yield name, float(line[1])


def hash_corpus(file: Path) -> str:
    """SHA-256 of a corpus file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def check_floors(scores: Sequence[Score], golds: dict[str, Path], floors: dict[str, Any]) -> list[str]:
    """What is wrong: scores under their floors, corpora that are not the ones the floors were set on."""
    faults = [
        f"{name}: the corpus is not the one the floors were set on"
        for name, file in golds.items()
        if name in floors and floors[name]["sha256"] != hash_corpus(file)
    ]
    for score in scores:
        floor = floors.get(score.corpus, {}).get("floors", {}).get(score.metric)
        if floor is not None and score.value < floor:
            faults.append(f"{score.corpus} {score.metric}: {score.value} is under its floor {floor}")
    return faults


def raise_floors(
    scores: Sequence[Score], golds: dict[str, Path], floors: dict[str, Any], slack: float, *, lower: bool
) -> dict[str, Any]:
    """Floors *slack* under the scores; one goes down only if *lower*."""
    out: dict[str, Any] = {}
    for name, file in golds.items():
        old = floors.get(name, {}).get("floors", {})
        new = {s.metric: round(s.value - slack, 1) for s in scores if s.corpus == name}
        kept = new if lower else {m: max(v, old.get(m, v)) for m, v in new.items()}
        out[name] = {"sha256": hash_corpus(file), "floors": kept}
    return out


def format_table(scores: Sequence[Score], floors: dict[str, Any]) -> Iterator[str]:
    """The scores as the lines of a table, one a figure."""
    yield f"{'corpus':16}{'articles':>9}  {'metric':38}{'score':>7}{'floor':>7}"
    for s in scores:
        floor = floors.get(s.corpus, {}).get("floors", {}).get(s.metric, "")
        yield f"{s.corpus:16}{s.articles:>9}  {s.metric:38}{s.value:>7.1f}{floor:>7}"


def gold_files(shared: Path, seeds: Path | None = None) -> dict[str, Path]:
    """The development split of every corpus, and our own articles where they are given as JSONL."""
    return dev_files(shared) | ({"seeds": seeds} if seeds else {})
