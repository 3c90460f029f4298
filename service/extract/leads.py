"""Quotations that a paragraph leads in: "…, as she wrote in May," and then a paragraph without any mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extract.records import Block
from service.extract.values import replace

_LEAD_IN = re.compile(
    r"\b(?:wrote|writes|said|says|stated|states|declared|declares|noted|notes|explained|explains|reported|reports|commented|warned|"
    r"concluded|concludes|continued|added|read|reads|argued|argues|ruled|observed)\b[^.!?]{0,120}[,:]\s*$"
)
_SOURCE = re.compile(r"[—–-]{1,2}\s*[A-ZÀ-Þ].{2,100}", re.DOTALL)
_LEAST_LEAD, _MOST_LEAD, _LEAST = 40, 300, 80  # characters: of the lead that are read, and of what it leads in


def mark_led(reading: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, a paragraph that the one before leads in as "quote", a line that signs it as "source"."""
    marked: list[Block] = list(blocks[:1])
    for block in blocks[1:]:
        above = marked[-1]
        kind = "quote" if _is_led(reading, above, block) else block.kind
        if kind in ("paragraph", "quote", "item") and above.kind == "quote":
            kind = "source" if _SOURCE.fullmatch(reading, block.start, block.end) else kind
        marked.append(block if kind == block.kind else replace(block, kind=kind))
    return tuple(marked)


def _is_led(reading: str, above: Block, block: Block) -> bool:
    """Whether *above* ends as what leads in a quotation, and *block* has no marks of its own."""
    if not above.kind == block.kind == "paragraph" or reading[block.start : block.start + 1] in "\"“‘'":
        return False
    lead = reading[max(above.start, above.end - _MOST_LEAD) : above.end]
    leads = lead.rstrip().endswith((",", ":")) and len(lead) > _LEAST_LEAD
    return leads and block.end - block.start > _LEAST and _LEAD_IN.search(lead) is not None
