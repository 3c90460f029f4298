"""The articles that are timed: paragraphs of ``seeds/``, one after another up to the length that is wanted."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"


def write_article(words: int, first: int = 0) -> str:
    """Whole paragraphs of at least *words* words together, beginning at the paragraph of number *first*."""
    paragraphs = [
        part.strip() for file in sorted(SEEDS.glob("*.txt")) for part in file.read_text(encoding="utf-8").split("\n\n")
    ]
    chosen: list[str] = []
    count = 0
    for number, paragraph in enumerate(cycle(paragraphs)):
        if number < first % len(paragraphs):
            continue
        chosen.append(paragraph)
        count += len(paragraph.split())
        if count >= words:
            return "\n\n".join(chosen)
    raise AssertionError("a cycle has no end")


def write_long(characters: int) -> str:
    """An article of exactly *characters* characters."""
    text = write_article(characters // 5)
    while len(text) < characters:
        text += "\n\n" + text
    return text[:characters]
