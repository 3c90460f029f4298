"""What an editor set right in an article, laid over what the model found in it."""

from .changes import Attribution, Change, Correction, Labelling, Naming, Valuation, hash_text
from .replays import UNAPPLIED, apply_corrections, pick_standing

__all__ = [
    "UNAPPLIED",
    "Attribution",
    "Change",
    "Correction",
    "Labelling",
    "Naming",
    "Valuation",
    "apply_corrections",
    "hash_text",
    "pick_standing",
]
