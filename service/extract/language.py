"""Which language a text is in, where there is enough of it to tell."""

from __future__ import annotations

from typing import BinaryIO

from py3langid.langid import LanguageIdentifier

from service.extract.identifiers import load_identifier

_ENOUGH = 20  # letters; below it, English and half a dozen others look alike
_PLENTY = 120  # letters; from here on the likeliest language is the right one
_SURE = 0.85  # no English sentence of 20 to 120 letters among 9,994 was another language with more than 0.80
_SAMPLE = 120  # characters from the beginning, the middle and the end; 200 say the same of 1,878 articles
_AS_ENGLISH = frozenset(["pcm", "zxx"])  # Nigerian Pidgin and "no language": headlines and links, in practice


def find_language(text: str) -> str | None:
    """The ISO 639 code of the language of *text*; ``None`` where it is too short or unclear to tell.

    >>> find_language("The council voted on Monday to keep the library open.")
    'en'
    >>> find_language("Le conseil a voté lundi soir sur le pont.")
    'fr'
    >>> find_language("Stocks fell.") is None
    True
    """
    sample = _sample(text)
    letters = sum(map(str.isalpha, sample))
    foreign = not sample.isascii() and sum(c.isalpha() and c > "\u024f" for c in sample) > letters / 2
    if letters < (_ENOUGH / 4 if foreign else _ENOUGH):
        return None
    code, confidence = _identifier().classify(sample)
    if code in _AS_ENGLISH:
        return "en" if letters >= _PLENTY else None
    if code == "en" or foreign or letters >= _PLENTY:
        return str(code)
    return str(code) if confidence >= _SURE else None


def _sample(text: str) -> str:
    """Three stretches of a long text, so that the time does not grow with it."""
    text = text.encode("utf-8", "ignore").decode()
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


_loaded: list[LanguageIdentifier] = []


def load_languages(unpacked: BinaryIO | None = None) -> None:
    """Load the identifier now instead of at the first text; *unpacked* as ``unpack`` writes it."""
    _loaded[:] = [load_identifier(unpacked)]


def _identifier() -> LanguageIdentifier:
    """The identifier of py3langid, with probabilities; loaded once."""
    if not _loaded:
        load_languages()
    return _loaded[0]
