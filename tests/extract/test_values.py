"""Values made without a guard are what frozen dataclasses would be: equal, hashed and changed alike."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.mentions import Mention
from service.extract.records import Sentence, Span
from service.extract.values import replace

SPANS = st.builds(Span, st.integers(0, 9), st.integers(0, 9), st.text(max_size=3))


@given(SPANS, SPANS, st.integers(0, 9))
def test_spans_are_equal_hashed_and_changed_by_their_fields(one: Span, other: Span, start: int) -> None:
    same = (one.start, one.end, one.text) == (other.start, other.end, other.text)
    assert (one == other) == same
    assert len({one, other}) == 2 - same
    assert replace(one, start=start) == dataclasses.replace(one, start=start) == Span(start, one.end, one.text)


def test_a_changed_value_leaves_the_first_as_it_was_and_makes_anew_what_follows_from_it() -> None:
    mention = Mention(0, 3, "Roe", "person")
    changed = replace(mention, text="Ann Roe", end=7)
    assert (mention.text, mention.key) == ("Roe", ("roe",))
    assert (changed.text, changed.key, changed.kind) == ("Ann Roe", ("ann", "roe"), "person")
    sentence = Sentence("s1", 0, 3, "Roe", 0)
    assert replace(sentence) == sentence
    assert replace(sentence) is not sentence


def test_a_field_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(KeyError, match="beginning"):
        replace(Span(0, 1, "a"), beginning=2)  # type: ignore[call-arg]
