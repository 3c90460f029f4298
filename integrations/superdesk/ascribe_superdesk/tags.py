"""Extractions as Superdesk's tags: who is quoted, as people and organisations."""

from __future__ import annotations

import re
from typing import Any

_GROUPS = {"person": "person", "organization": "organisation"}  # groups, documents and the unnamed are no entities


def make_analysis(extraction: dict[str, Any]) -> dict[str, Any]:
    """Tags by Superdesk's groups, most quoted first, and the whole extraction under ``ascribe``."""
    analysis: dict[str, Any] = {"person": [], "organisation": []}
    for speaker in sorted(extraction["speakers"], key=_importance):
        group = _GROUPS.get(speaker["kind"])
        if group and speaker["quotations"]:
            analysis[group].append(make_tag(speaker, group))
    analysis["ascribe"] = extraction
    return analysis


def make_tag(speaker: dict[str, Any], group: str) -> dict[str, Any]:
    """The tag for one speaker. Its code follows from the name, so that it is the same in every article.

    >>> tag = make_tag({"name": "Mark Rutte", "role": "NATO chief", "mentions": [{"text": "Rutte"}]}, "person")
    >>> tag["qcode"], tag["aliases"], tag["description"]
    ('ascribe:person:mark-rutte', ['Rutte'], 'NATO chief')
    """
    name = speaker["name"]
    slug = re.sub(r"\W+", "-", name.casefold()).strip("-")
    code = f"ascribe:{group}:{slug}"
    mentions = dict.fromkeys(mention["text"] for mention in speaker["mentions"])
    tag = {
        "name": name,
        "qcode": code,
        "parent": None,
        "source": "ascribe",
        "original_source": "ascribe",
        "aliases": [text for text in mentions if text != name and text[:1].isupper() and not _is_pronoun(text)],
        "altids": {"ascribe": code},
    }
    if speaker.get("role"):
        tag["description"] = speaker["role"]
    return tag


def _importance(speaker: dict[str, Any]) -> int:
    return -len(speaker["quotations"])


def _is_pronoun(text: str) -> bool:
    return text.lower() in {"he", "she", "they", "it", "i", "we", "who"}
