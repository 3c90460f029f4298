"""Risk and coverage of named speakers: how often the name is right among those at least so sure.

After El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification" (JMLR 2010). What a
quotation's ``confidence`` is worth: who leaves out the speakers below a threshold keeps this share, this right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from service.extract.analyzer import Analyzer
from service.extract.records import Act, Article, Extraction, Status
from service.learn.corpus import dev_files
from service.learn.evaluate import load_scorer
from service.learn.examples import Row, read_rows

THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
Judged = tuple[float, bool]  # a quotation's confidence, and whether its speaker is one whom the reader named there


@dataclass(frozen=True, slots=True)
class Risk:
    """Of *found* quotations with a speaker, those at least *threshold* sure, and the share of them that is right."""

    threshold: float
    found: int
    kept: int
    right: int

    @property
    def coverage(self) -> float:
        """Percent that are kept."""
        return 100 * self.kept / self.found if self.found else 0.0

    @property
    def accuracy(self) -> float:
        """Percent of the kept that name the right speaker."""
        return 100 * self.right / self.kept if self.kept else 0.0


def measure_risks(analyzer: Analyzer, shared: Path) -> tuple[Risk, ...]:
    """The table over the house development split: statements that overlap a quotation whose speaker is known."""
    rows, scorer = read_rows(dev_files(shared)["house"]), load_scorer(shared)
    judged = [point for row in rows for point in judge_speakers(analyzer.analyze(Article(row["text"])), row, scorer)]
    return tabulate(judged)


def judge_speakers(extraction: Extraction, row: Row, scorer: ModuleType) -> Iterator[Judged]:
    """The quotations of an article that have a speaker, judged by the names of the sentences they stand in."""
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    for quotation in extraction.quotations:
        if quotation.speaker is None or quotation.act is Act.THOUGHT or quotation.status is Status.HYPOTHETICAL:
            continue
        held = [
            s for s in row["sentences"] if any(c.start < s["end"] and s["start"] < c.end for c in quotation.content)
        ]
        gold = [name for s in held if "quotation" in s["labels"] for name in s["speakers"] if name != "?"]
        if gold:
            found = names[quotation.speaker]
            yield quotation.confidence, any(scorer.same_name(name, found) for name in gold)


def tabulate(judged: Sequence[Judged], thresholds: Sequence[float] = THRESHOLDS) -> tuple[Risk, ...]:
    """The table, one line a threshold.

    >>> [(r.coverage, r.accuracy) for r in tabulate([(0.9, True), (0.4, False)], (0.0, 0.5))]
    [(100.0, 50.0), (50.0, 100.0)]
    """
    found = []
    for threshold in thresholds:
        kept = [right for confidence, right in judged if confidence >= threshold]
        found.append(Risk(threshold, len(judged), len(kept), sum(kept)))
    return tuple(found)
