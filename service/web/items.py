"""Items: articles that are sent together but answered each for itself, in a batch or in a job."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.settings import Settings
from service.web.bodies import parse_json
from service.web.problems import Problem
from service.web.refusals import describe
from service.web.submissions import Submission, load_submission


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that cannot be read, and why; its own id where it names one."""

    problem: Problem
    external_id: str | None = None


Item = Submission | Refusal


def read_items(contents: list[object], settings: Settings) -> Iterator[Item]:
    """Each of *contents* as the submission it is, or as what is wrong with it."""
    for content in contents:
        yield _read_item(content, settings)


def read_lines(body: bytes, settings: Settings) -> Iterator[Item]:
    """The items of an NDJSON *body*, one a line; blank lines count for nothing."""
    for line in body.split(b"\n"):
        if line.strip():
            try:
                content = parse_json(line)
            except Problem as problem:
                yield Refusal(problem)
            else:
                yield _read_item(content, settings)


def _read_item(content: object, settings: Settings) -> Item:
    try:
        return load_submission(content, settings)
    except Problem as problem:
        named = content.get("external_id") if isinstance(content, dict) else None
        sound = isinstance(named, str) and named.isprintable()
        return Refusal(problem, named if sound else None)


def describe_success(position: int, extraction: dict[str, Any]) -> dict[str, Any]:
    """What the item at *position* is answered with: its extraction."""
    told = {"index": position, "external_id": extraction["external_id"], "status": "succeeded"}
    return told | {"extraction": extraction, "problem": None}


def describe_failure(position: int, refusal: Refusal) -> dict[str, Any]:
    """What the item at *position* is answered with: its problem."""
    problem = describe(refusal.problem, path="", request_id="")
    own = {name: value for name, value in problem.items() if name not in {"instance", "request_id"}}
    told = {"index": position, "external_id": refusal.external_id, "status": "failed"}
    return told | {"extraction": None, "problem": own}


def write_line(told: dict[str, Any]) -> str:
    """An item's answer as one line of NDJSON, without its end."""
    return json.dumps(told, ensure_ascii=False, allow_nan=False)
