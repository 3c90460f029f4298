"""Languages: other than English only where there is enough text to be sure.

The sentences are ours; short English lines and headlines are what such tools call Swedish, Pidgin or Afrikaans.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from service.extract.errands import Errand
from service.extract.identifiers import load_identifier, unpack
from service.extract.language import find_language

LANGUAGES = [
    ("The council voted on Monday to back the bridge.", "en"),
    ("Der Stadtrat hat am Montag für die neue Brücke gestimmt.", "de"),
    ("El ayuntamiento votó el lunes a favor del nuevo puente.", "es"),
    ("Het stadsbestuur stemde maandag voor de nieuwe brug, zei de burgemeester.", "nl"),
    ("Городской совет проголосовал в понедельник за новый мост.", "ru"),
    ("市议会周一投票赞成新桥。", "zh"),
]
ENGLISH = [
    "Stocks fell.",
    "Why Trump Won",
    "Friday, October 3, 2025",
    "No.",
    "😀😀😀",
    "",
    "12,400",
]


@pytest.mark.parametrize(("text", "code"), LANGUAGES)
def test_languages_are_known_by_a_sentence(text: str, code: str) -> None:
    assert find_language(text) == code


@pytest.mark.parametrize("text", ENGLISH)
def test_short_lines_are_not_called_another_language(text: str) -> None:
    assert find_language(text) in ("en", None)


@pytest.mark.parametrize("unpacked", [lambda: None, lambda: Errand(unpack).wait()], ids=["here", "by another process"])
def test_shared_tables_say_what_the_library_s_own_say(unpacked: Callable[[], BinaryIO | None]) -> None:
    ours = load_identifier(unpacked())
    theirs = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    for text, _ in LANGUAGES:
        assert ours.rank(text) == theirs.rank(text)


def test_a_long_text_is_judged_by_samples_of_it() -> None:
    assert find_language("The council voted on Monday. " * 7000) == "en"


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert find_language(text + "\ud800") is None or isinstance(find_language(text), str | None)
