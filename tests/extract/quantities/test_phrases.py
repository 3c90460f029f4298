"""Every quantity of some 420 news phrases (see phrases.py for the table and its provenance)."""

from __future__ import annotations

import pytest

from service.extract.quantities import find_quantities

from .phrases import Phrase, read_phrases, write_quantity

KNOWN = "The value is there; what it shares with the number before (noun, direction) is left out and not seen."


def _cases() -> list[object]:
    return [
        pytest.param(
            phrase, id=phrase.text, marks=[pytest.mark.xfail(strict=True, reason=KNOWN)] if phrase.fails else []
        )
        for phrase in read_phrases()
    ]


@pytest.mark.parametrize("phrase", _cases())
def test_phrase(phrase: Phrase) -> None:
    topics = ["of:" in expected for expected in phrase.quantities]
    found = find_quantities(phrase.text)
    written = [write_quantity(each, topic=topic) for each, topic in zip(found, topics, strict=False)]
    assert len(found) == len(phrase.quantities)
    assert tuple(written) == phrase.quantities


def test_table_is_large_and_says_where_each_phrase_comes_from() -> None:
    phrases = read_phrases()
    assert len({phrase.text for phrase in phrases}) == len(phrases) >= 300
    assert all(phrase.provenance for phrase in phrases)
