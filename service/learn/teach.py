"""Self-training: what an earlier model says where no corpus says anything.

Every corpus labels only some of the heads. A model trained on all of them answers for the rest, and
the next one learns from both (label completion; "born-again" training where the two are alike).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.extract.encoder import Encoder
from service.extract.windows import plan_windows
from service.learn.batches import TAUGHT, Prepared

AT_ONCE = 8


def teach(encoder: Encoder, prepared: Sequence[Prepared]) -> Iterator[Prepared]:
    """The examples with *encoder*'s logits for every piece and sentence."""
    for at in range(0, len(prepared), AT_ONCE):
        some = prepared[at : at + AT_ONCE]
        cut = [(p.pieces, plan_windows(p.pieces.sentence, p.readings), len(p.targets)) for p in some]
        for p, tags in zip(some, encoder.read_pieces(cut), strict=True):
            yield replace(p, teacher={name: getattr(tags, name) for name in TAUGHT})
