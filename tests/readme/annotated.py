"""The annotated example in the README: one of each kind out of a real answer, every member with what it means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ARTICLE = "seeds/local-council.txt"
WIDTH = 52  # of a line before its note; the note of a longer one stands above it
_LISTS = ("sentences", "quotations", "speakers", "quantities")
_LONG = 60  # characters of a text that are shown
_NOTES: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("notes.json").read_text(encoding="utf-8"))


def annotate(found: dict[str, Any]) -> str:
    """*found*, an extraction, shortened to one finding of each kind that belong together, with notes."""
    chosen = choose(found)
    lines = ["{"]
    for name, value in found.items():
        if name in _LISTS:
            lines += _write_list(name, chosen[name])
        else:
            told = "…" if name == "id" else value
            lines.append(_note(f"  {_write(name)}: {_write(told)},", _NOTES[""].get(name)))
    return "\n".join([*lines, "}"]) + "\n"


def choose(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The first uttered quotation with cue, source and a speaker who has a role, and what belongs to it."""
    speakers = {speaker["id"]: speaker for speaker in found["speakers"]}

    def rank(quotation: dict[str, Any]) -> tuple[bool, ...]:
        speaker = speakers.get(quotation["speaker"] or "", {})
        counted = any(quantity["quotation"] == quotation["id"] for quantity in found["quantities"])
        return (bool(speaker.get("role")), quotation["act"] == "statement", bool(quotation["cue"]), counted)

    quotation = max(found["quotations"], key=rank)
    inside = [quantity for quantity in found["quantities"] if quantity["quotation"] == quotation["id"]]
    return {
        "sentences": next(one for one in found["sentences"] if one["id"] == quotation["sentences"][0]),
        "quotations": quotation,
        "speakers": speakers[quotation["speaker"]],
        "quantities": (inside or found["quantities"])[0],
    }


def _write_list(name: str, finding: dict[str, Any]) -> list[str]:
    notes = _NOTES[name]
    lines = [_note(f'  "{name}": [{{', notes.get(""))]
    lines += [_note(f"    {_write(key)}: {_write(value)},", notes.get(key)) for key, value in finding.items()]
    return [*lines, "  }, …],"]


def _write(value: Any) -> str:
    if isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict):
        return f"[{_write(value[0])}, …]"
    if isinstance(value, str) and len(value) > _LONG:
        value = value[:_LONG].rstrip() + "…"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_write(key)}: {_write(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_write, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _note(line: str, note: str | None) -> str:
    if note is None:
        return line
    indent = " " * (len(line) - len(line.lstrip()))
    return f"{line:{WIDTH}} // {note}" if len(line) <= WIDTH else f"{indent}// {note}\n{line}"
