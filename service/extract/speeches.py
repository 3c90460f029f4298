"""How likely a sentence reports what people say: narrower than ``quotation``, which documents and offices can have too.

The definition is that of NewsDiscourse (Choubey et al. 2020): the words of a person or a group of them, with or
without quotation marks. A head of its own learnt it; the ``quotation`` label does not depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from service.extract.decode import Floats
from service.extract.labels import Decisions
from service.extract.records import Role, Sentence
from service.extract.values import replace


def add_speech(sentences: Sequence[Sentence], logits: Floats, decisions: Decisions) -> tuple[Sentence, ...]:
    """The sentences, those of the body with their calibrated probability. *logits* *Shape:* (sentences,)"""
    slope, offset, _ = decisions.speech
    odds = 1 / (1 + np.exp(-np.clip(slope * logits + offset, -30, 30)))
    return tuple(
        replace(s, speech=round(p, 4)) if s.role is Role.BODY else s
        for s, p in zip(sentences, odds.tolist(), strict=True)
    )
