"""What the network's outputs mean: the names of its tags, heads and links, in the order of its weights."""

from __future__ import annotations

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ENTITIES = ("O", "B-person", "I-person", "B-organization", "I-organization", "B-place", "I-place", "B-group", "I-group")
SENTENCE_HEADS = (
    "quotation",
    "numerical_claim",
    "editorial_assertion",
    "thought",
    "hypothetical",
    "nonbody",
    "speech",
)
LINKS = ("source", "cue", "antecedent", "speaker")

QUOTATION, NUMERICAL, EDITORIAL, NONBODY, SPEECH = (
    SENTENCE_HEADS.index(n) for n in ("quotation", "numerical_claim", "editorial_assertion", "nonbody", "speech")
)
SOURCE, CUE, ANTECEDENT, SPEAKER = range(len(LINKS))
