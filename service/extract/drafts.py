"""The blocks of a page, drawn up from its runs of text: lines, white space, what belongs together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from service.extract.lines import follows, is_furniture, is_torn
from service.extract.records import Origin
from service.extract.regions import Region
from service.extract.values import dataclass, replace

_UNSEEN = re.compile(r"[\u00ad\u200b\u2060\ufeff\u200e\u200f]")
# What a raised number is a power of: ten, or a unit after a number; after anything else it is a footnote's.
_POWER = re.compile(r"(?<!\d)10$|\d\s?(?:[kcm]?m|mi|ft|yd|in)$")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_UNIT = 5  # characters that show whether it is one
NOWHERE = Origin(-1, -1, -1)


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one text node or one inserted mark, and where the node's text begins; ``data`` is None at a break."""

    data: str | None
    region: Region
    origin: Origin
    line: bool = False


@dataclass(slots=True)
class Draft:
    """A block to be: its characters, what they read as, where they stand."""

    region: Region
    text: str
    reading: str
    origins: list[Origin]

    @property
    def kind(self) -> str:
        """The kind of block that the draft makes."""
        return self.region.block_kind(self.text)


def draw(runs: list[Run]) -> list[list[Draft]]:
    """The drafts of each block, in order: one, or several where the elements cut a sentence in two."""
    return _mended([draft for block in _blocks(runs) for draft in _drafts(block)])


def after(at: Origin, data: str) -> Origin:
    """The place after *data*."""
    if data.isascii():
        return Origin(at.code_point + len(data), at.utf16 + len(data), at.utf8 + len(data))
    wide = sum(c > "\uffff" for c in data)
    return Origin(
        at.code_point + len(data), at.utf16 + len(data) + wide, at.utf8 + len(data.encode("utf-8", "surrogatepass"))
    )


def _blocks(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs between two breaks of blocks; two line breaks in a row break a block too."""
    block: list[Run] = []
    lines = 0
    for run in runs:
        if run.data is None and not run.line:
            yield block
            block, lines = [], 0
            continue
        if run.line:
            lines += 1
            if lines == 2:
                yield block
                block = []
        elif run.data and run.data.strip():
            lines = 0
        block.append(run)
    yield block


def _drafts(runs: list[Run]) -> Iterator[Draft]:
    """The block's lines as one draft, or as several where a line does not go on with the one above."""
    lines: list[Draft] = []
    for line in _lines(runs):
        draft = _draft(line)
        if draft is None:
            continue
        if lines and not follows(lines[-1].reading, draft.reading):
            yield _joined(lines)
            lines = []
        lines.append(draft)
    if lines:
        yield _joined(lines)


def _lines(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs of each line: ``<br>`` ends one, and a line end where white space is kept."""
    line: list[Run] = []
    for run in runs:
        for part in _parts(run):
            line.append(part)
            if part.line or (part.region.preserves and (part.data or "").endswith("\n")):
                yield line
                line = []
    yield line


def _parts(run: Run) -> Iterator[Run]:
    """The run, cut after each of its line ends where they count."""
    if not run.region.preserves or not run.data:
        yield run
        return
    at = run.origin
    for part in run.data.splitlines(keepends=True):
        yield replace(run, data=part, origin=at)
        at = after(at, part)


def _draft(runs: list[Run]) -> Draft | None:
    """One line with its white space collapsed, characters that nobody sees left out."""
    text: list[str] = []
    reading: list[str] = []
    origins: list[Origin] = []
    for run in runs:
        at = run.origin
        power = run.region.raised and _POWER.search("".join(reading[-_UNIT:])) is not None
        for char in run.data or "":
            shown = " " if char.isspace() else char
            if not _UNSEEN.match(char) and (shown != " " or (text and text[-1] != " ")):
                text.append(shown)
                reading.append(shown.translate(_RAISED) if power else " " if run.region.masked else shown)
                origins.append(at)
            at = at if run.origin is NOWHERE else after(at, char)
    length = len(text) - (text[-1:] == [" "])
    region = next((r.region for r in runs if r.data and r.data.strip()), None)
    if not length or region is None:
        return None
    return Draft(_settled(region, runs), "".join(text[:length]), "".join(reading[:length]), origins[:length])


def _settled(region: Region, runs: list[Run]) -> Region:
    """The region of a block: whether it is nothing but links, and what all of it is inside the block, if one thing."""
    seen = [(len(r.data.strip()), r.region) for r in runs if r.data and r.data.strip()]
    linked = sum(n for n, inner in seen if inner.link)
    inline = {inner.inline for _, inner in seen}
    return replace(
        region, linked=linked > 0.9 * sum(n for n, _ in seen), inline=inline.pop() if len(inline) == 1 else ""
    )


def _joined(lines: list[Draft]) -> Draft:
    """Several lines as one draft, a line end between two."""
    origins = [*lines[0].origins]
    for line in lines[1:]:
        origins += [line.origins[0], *line.origins]
    text, reading = "\n".join(line.text for line in lines), " ".join(line.reading for line in lines)
    return Draft(lines[0].region, text, reading, origins)


def _mended(drafts: list[Draft]) -> list[list[Draft]]:
    """The drafts of each block: several where the elements cut a sentence in two, page furniture between them too."""
    counts = Counter(draft.text for draft in drafts if draft.region.kind == "paragraph")
    blocks: list[list[Draft]] = []
    held = 0
    for draft in drafts:
        if blocks and draft.region.kind == "paragraph" and is_furniture(draft.text, counts[draft.text]):
            draft.region = replace(draft.region, apart=True)
            blocks.append([draft])
            held += 1
            continue
        above = blocks[-1 - held][-1] if len(blocks) > held else None
        if above and _may_go_on(above, draft) and is_torn(above.reading, draft.reading, first=len(blocks) == 1):
            between = [piece for block in blocks[len(blocks) - held :] for piece in block]
            for piece in between:
                piece.reading = " " * len(piece.reading)
            del blocks[len(blocks) - held :]
            blocks[-1] += [*between, draft]
        else:
            blocks.append([draft])
        held = 0
    return blocks


def _may_go_on(above: Draft, below: Draft) -> bool:
    return above.kind == below.kind == "paragraph"
