"""Marks that a reader does not read: emphasis, escapes, link targets, control characters.

Every function takes the reading so far and gives one of the same length, in which marks beside
a space are spaces and marks inside a piece of writing are soft hyphens (U+00AD), which tokenizers drop.
"""

from __future__ import annotations

import re

SOFT_HYPHEN = "\u00ad"

_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ODD_BREAK = re.compile(r"[\x0c\x0b\x1c-\x1e]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,30}(?:\s[^<>\n]{0,500})?/?>")
_IMAGE_OR_LINK = re.compile(
    r"(!?\[)([^\[\]\n]{0,500})(\](?:\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s+\"[^\"\n]{0,500}\")?\)|\[[^\[\]\n]{0,200}\]))"
)
_AUTOLINK = re.compile(r"(<)((?:https?://|mailto:)[^\s<>]{1,2000})(>)")
_DEFINITION = re.compile(r"^[ \t>]*\[[^\]\n]{1,200}\]:[ \t]*\S+[^\r\n]*", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~\r\n])")
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)([^`\n]{1,500})\1(?!`)")
_EMPHASIS = (
    re.compile(r"(?<![*\\])(\*{1,3})(?=[^\s*])((?:[^*\n]|\n(?!\s*\n)){1,2000}?)(?<=[^\s*])\1(?!\*)"),
    re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])((?:[^_\n]|\n(?!\s*\n)){1,2000}?)(?<=[^\s_])\1(?!\w)"),
    re.compile(r"(?<![~\\])(~~)(?=[^\s~])([^~\n]{1,2000}?)(?<=[^\s~])\1(?!~)"),
)


def _blank(text: str, start: int, end: int) -> str:
    """What stands in for ``text[start:end]``: soft hyphens between two characters of a piece, else spaces."""
    inside = start > 0 and end < len(text) and not text[start - 1].isspace() and not text[end].isspace()
    return (SOFT_HYPHEN if inside else " ") * (end - start)


def _mask_pairs(pattern: re.Pattern[str], reading: str) -> str:
    """*reading* with groups 1 and 3 (or the repeated group 1) of every match blanked."""

    def blanked(match: re.Match[str]) -> str:
        inner_start, inner_end = match.span(2)
        opening = _blank(reading, match.start(), inner_start)
        closing = _blank(reading, inner_end, match.end())
        return opening + match.group(2) + closing

    return pattern.sub(blanked, reading)


def _mask_links(reading: str) -> str:
    """Links read as their text, images as nothing."""

    def blanked(match: re.Match[str]) -> str:
        if match.group(1).startswith("!"):
            return " " * len(match.group())
        opening = _blank(match.string, *match.span(1))
        return opening + match.group(2) + _blank(match.string, *match.span(3))

    return _IMAGE_OR_LINK.sub(blanked, _IMAGE_OR_LINK.sub(blanked, reading))


def _mask_comments(reading: str) -> str:
    """HTML comments blanked, their line ends kept; one that is never closed is no comment."""
    pieces: list[str] = []
    done = 0
    while (start := reading.find("<!--", done)) >= 0 and (end := reading.find("-->", start)) >= 0:
        pieces += [reading[done:start], re.sub(r"[^\r\n]", " ", reading[start : end + 3])]
        done = end + 3
    return "".join([*pieces, reading[done:]])


def mask_unreadable(text: str) -> str:
    """Control characters, lone surrogates and byte order marks as spaces; form feeds as line ends."""
    return _UNREADABLE.sub(" ", _ODD_BREAK.sub("\n", text))


def mask_marks(reading: str) -> str:
    """Emphasis, escapes, code ticks, links' targets and definitions, comments and stray tags blanked."""
    reading = _mask_comments(reading)
    reading = _DEFINITION.sub(lambda m: " " * len(m.group()), reading)
    reading = _TAG.sub(lambda m: " " * len(m.group()), reading)
    for mark, pattern in zip("`*_~", (_CODE, *_EMPHASIS), strict=True):
        reading = _mask_pairs(pattern, reading) if mark in reading else reading
    reading = _mask_links(reading) if "[" in reading else reading
    reading = _mask_pairs(_AUTOLINK, reading) if "<" in reading else reading
    return _ESCAPE.sub(" ", reading)
