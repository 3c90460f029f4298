"""Quotation marks: which stretches stand between them, in every style that news is set in. All texts are ours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.quoted import find_quoted
from service.extract.records import Article, Block
from service.extract.text import read

STYLES = {
    "curly": ("“", "”"),
    "straight": ('"', '"'),
    "single": ("‘", "’"),
    "typed": ("'", "'"),
    "angled": ("«", "»"),
    "low": ("„", "“"),
}
WORDS = st.lists(st.sampled_from(["the", "dam", "will", "hold", "Ana", "said", "2019"]), min_size=1, max_size=6)


def stretches(text: str) -> list[str]:
    """What stands in quotation marks in *text*, in order."""
    document = read(Article(text))
    return [document.text[q.start : q.end] for q in find_quoted(document.reading, document.blocks)]


# What stands in marks is set in [brackets]; they are taken out before reading.
TABLE = [
    ("“[The dam will hold,]” she said, “[whatever comes.]”", "a comma inside, two pieces"),
    ("He called it ‘[a disgrace]’ and the council's plan '[daft]'.", "singles, an apostrophe"),
    ('He said in 2019 "[the dam will hold]" and left.', "a straight mark after a year"),
    ("“[We heard him say ‘[never again]’ and leave,]” she said.", "single within double"),
    ("``[We won]'' was all that she said.", "typed doubles"),
    ("The dogs' home and the '90s bands of Leeds aren't closed.", "apostrophes alone"),
    ('The plank is 6" wide and 5\' 10" long.', "feet and inches"),
    ('“[A 6" plank,]” he said.', "an inch within a quotation"),
    ("Il a dit «[jamais]», and „[nie]“ in German.", "angled and low"),
    ("“[No closing mark here.]", "never closed"),
    ("“[The first paragraph goes on.]\n\n“[The second ends it,]” she said.", "re-opened in the next paragraph"),
    ("“[The first is left open.]\n\n[The second closes it,]” she said.", "closed a paragraph later"),
    ("“[One] “[Two,]” he said.", "a closing mark forgotten"),
    ('"[She said, "Because it floats,"]" Mr Lund recalled.', "the same marks within, closed together"),
    ('"[If one asks, "May I sail?" you say no.]" Then he left.', "the same marks within"),
    ("“[They call it “late” or “too late” here.]” He left.", "curly marks within curly ones"),
    ('"[One] "[Two,]" he said, "[and three,]" and left.', "a straight closing mark forgotten"),
    ('He did not mean"[to upset anybody]", he said.', "no space before an opening mark"),
    ('"[It floats,]" Lund said," [and it will sail.]"', "the space on the wrong side of an opening mark"),
    ('"[Will it sail?] " Lund asked.', "a space before the closing mark"),
    ('The dam will hold," she said. "[It will.]"', "an opening mark forgotten"),
]


@pytest.mark.parametrize(("marked", "phenomenon"), TABLE, ids=[phenomenon for _, phenomenon in TABLE])
def test_what_stands_between_marks(marked: str, phenomenon: str) -> None:
    wanted: list[str] = []
    waiting: list[tuple[int, int]] = []
    plain = ""
    for char in marked:
        if char == "[":
            waiting.append((len(plain), len(wanted)))
            wanted.append("")
        elif char == "]":
            start, at = waiting.pop()
            wanted[at] = plain[start:]
        else:
            plain += char
    assert [found.strip() for found in stretches(plain)] == wanted


@given(before=WORDS, inside=WORDS, after=WORDS, style=st.sampled_from(sorted(STYLES)))
def test_a_stretch_is_found_in_every_style(before: list[str], inside: list[str], after: list[str], style: str) -> None:
    opening, closing = STYLES[style]
    said = " ".join(inside)
    assert stretches(f"{' '.join(before)} {opening}{said}{closing} {' '.join(after)}.") == [said]


@given(text=st.text(alphabet=st.sampled_from("“”„«»\"‘’'‚` ab.,\n6s\u00a0—(")), step=st.integers(1, 40))
def test_any_marks_give_ordered_stretches_within_their_blocks(text: str, step: int) -> None:
    blocks = [Block(start, min(start + step, len(text))) for start in range(0, len(text), step)]
    found = find_quoted(text, blocks)
    assert [(q.start, -q.end) for q in found] == sorted((q.start, -q.end) for q in found)
    for q in found:
        assert any(b.start <= q.start <= q.end <= b.end for b in blocks)
    for one, other in pairwise(found):
        if one.double and other.double:
            assert one.end <= other.start
