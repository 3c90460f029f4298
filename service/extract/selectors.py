"""CSS selectors that find one element of a parsed page, and no other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from justhtml import Element

from service.extract.records import Origin

_IDENTIFIER = re.compile(r"-?[A-Za-z_][A-Za-z0-9_-]*")
FRAME = "ascribe-frame"  # what a profile's headline, byline and date are wrapped in before its body
_DEEPEST = 64  # steps that a selector may have
_ATTEMPTS = 4  # how many ancestors a selector may name before it names all of them


@dataclass(slots=True)
class Place:
    """An element with its place in the page.

    ``step`` is its own part of a selector, ``begin`` where its text begins; ``foreign`` elements are
    not in the submitted markup.
    """

    element: Element
    parent: Place | None
    step: str
    begin: Origin
    foreign: bool = False
    turns: Counter[str] = field(default_factory=Counter)

    @property
    def tag(self) -> str:
        """The name of the element."""
        return str(self.element.name)


def enter(element: Element, parent: Place | None, begin: Origin) -> Place:
    """The place of *element*, the next child of *parent*."""
    tag = str(element.name)
    foreign = tag == FRAME or (parent is not None and parent.foreign)
    if parent is None or tag in ("html", "body"):
        return Place(element, parent, tag, begin, foreign)
    parent.turns[tag] += 1
    return Place(element, parent, f"{escape(tag)}:nth-of-type({parent.turns[tag]})", begin, foreign)


def enclosing(one: Place | None, other: Place | None) -> Place | None:
    """The smallest element that holds both."""
    if one is other:
        return one
    above = set()
    while one is not None:
        above.add(id(one))
        one = one.parent
    while other is not None and id(other) not in above:
        other = other.parent
    return other


def escape(name: str) -> str:
    """*name* as a CSS identifier, as ``CSS.escape`` gives it."""
    if _IDENTIFIER.fullmatch(name):
        return name
    return "".join(_escaped(name, i) for i in range(len(name)))


def _escaped(name: str, i: int) -> str:
    char = name[i]
    if char.isascii() and not (char.isalnum() or char in "-_"):
        return f"\\{char}" if char.isprintable() else f"\\{ord(char):x} "
    if (char.isdigit() and (i == 0 or (i == 1 and name[0] == "-"))) or char == name == "-":
        return f"\\{ord(char):x} "
    return char


class Selectors:
    """Selectors for the elements of one page.

    A unique id is enough; else the fewest steps up that no other element has too. In a fragment,
    whose place in a page nobody knows, the topmost step rules out the parents of its namesakes.
    """

    def __init__(self, places: Iterable[Place], *, whole: bool) -> None:
        self._whole = whole
        self._paths: Counter[str] = Counter()
        self._ids: Counter[str] = Counter()
        self._known: dict[int, str | None] = {}
        self._parents: dict[str, set[str]] = {}
        for place in places:
            if place.foreign:
                continue
            self._ids[self._id(place)] += 1
            self._parents.setdefault(place.tag, set()).add(place.parent.tag if place.parent else "")
            self._paths.update(self._tails(place))

    def find(self, place: Place) -> str | None:
        """The selector of *place*; ``None`` where the submitted markup does not hold the element."""
        key = id(place)
        if key not in self._known:
            self._known[key] = self._find(place)
        return self._known[key]

    def _find(self, place: Place) -> str | None:
        if place.foreign:
            return None
        if place.tag in ("html", "body"):
            return place.tag if self._whole else None
        if self._ids[self._id(place)] == 1 and self._id(place):
            return f"#{escape(self._id(place))}"
        for tail in self._tails(place):
            if self._paths[tail] == 1:
                return tail
        return self._path(place)

    def _path(self, place: Place) -> str | None:
        """All steps up to the next unique id or to the top; ``None`` where they are too many to be of use."""
        steps: list[str] = []
        at: Place | None = place
        while at is not None and at.tag not in ("html", "body"):
            if steps and self._ids[self._id(at)] == 1 and self._id(at):
                return " > ".join([f"#{escape(self._id(at))}", *reversed(steps)])
            steps.append(at.step)
            top, at = at, at.parent
            if len(steps) > _DEEPEST:
                return None
        if self._whole:
            steps.append("body")
        elif others := sorted(self._parents[top.tag] - {"html", "body", ""}):
            steps[-1] += f":not({', '.join(f'{escape(p)} > {escape(top.tag)}' for p in others)})"
        return " > ".join(reversed(steps))

    def _tails(self, place: Place) -> list[str]:
        """The selectors of one step, two steps … that end at *place*."""
        tails: list[str] = []
        at: Place | None = place
        while at is not None and at.tag not in ("html", "body") and len(tails) < _ATTEMPTS:
            tails.append(f"{at.step} > {tails[-1]}" if tails else at.step)
            at = at.parent
        return tails

    @staticmethod
    def _id(place: Place) -> str:
        return str((place.element.attrs or {}).get("id") or "")
