"""Parcels: bodies that hold several articles, as JSON or, for jobs, as NDJSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import Request
from marshmallow import Schema, ValidationError

from service.settings import Settings
from service.web.bodies import parse_json, read_body
from service.web.items import Item, read_items, read_lines
from service.web.problems import Fault, TooManyArticles, UnsupportedEncoding, UnsupportedMediaType, ValidationFailed
from service.web.schemas.jobs import JobQuerySchema
from service.web.submissions import JSON, faults_of, find_surrogates
from service.web.turns import Deadline

LINES = ("application/x-ndjson", "application/jsonl")


@dataclass(frozen=True, slots=True)
class Parcel:
    """The items of a body, what else it says, and the hash of it."""

    items: Iterator[Item]
    callback_url: str | None
    callback_part: str  # the part of the request that said it
    fingerprint: str


def read_batch(request: Request, settings: Settings) -> list[Item]:
    """The items of a batch.

    :raises Problem: any of those for bodies, media types, and what is wrong with the body as a whole.
    """
    read_query(request, Schema())
    _check_type(request, (JSON,))
    body = read_body(request, limit=settings.max_body_bytes, deadline=Deadline(settings.read_timeout))
    articles, _ = _unpack(parse_json(body), settings.max_batch_articles, "MAX_BATCH_ARTICLES", ())
    return list(read_items(articles, settings))


def read_job(request: Request, settings: Settings) -> Parcel:
    """The articles and the callback of a job; those of NDJSON are parsed as they are asked for.

    :raises Problem: any of those for bodies, media types, and what is wrong with the body as a whole.
    """
    told = read_query(request, JobQuerySchema())
    _check_type(request, (JSON, *LINES))
    deadline = Deadline(settings.read_timeout)
    body = read_body(request, limit=settings.max_job_bytes, deadline=deadline, setting="MAX_JOB_BYTES")
    fingerprint = sha256(repr((request.mimetype, sorted(told.items()))).encode() + body).hexdigest()
    in_query = told.get("callback_url")
    if request.mimetype in LINES:
        if not body.strip():
            raise ValidationFailed(faults=(Fault("", "Holds no article."),))
        return Parcel(read_lines(body, settings), in_query, "query", fingerprint)
    articles, in_body = _unpack(parse_json(body), settings.max_job_articles, "MAX_JOB_ARTICLES", ("callback_url",))
    items = read_items(articles, settings)
    return Parcel(items, in_query or in_body.get("callback_url"), "query" if in_query else "body", fingerprint)


def read_query(request: Request, schema: Schema) -> dict[str, Any]:
    """What the query parameters say.

    :raises ValidationFailed: with everything that is wrong with them.
    """
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    faults = [Fault(f"/{name}", "Given more than once.", "query") for name in twice]
    try:
        told: dict[str, Any] = schema.load(request.args.to_dict())
    except ValidationError as error:
        faults += faults_of(error.messages, "query")
    if faults:
        raise ValidationFailed(faults=tuple(faults))
    return told


def _check_type(request: Request, taken: tuple[str, ...]) -> None:
    if request.mimetype not in taken:
        given, offered = request.mimetype or "no Content-Type", ", ".join(taken)
        raise UnsupportedMediaType(f"{given} is not taken. Taken: {offered}.", headers={"Accept": offered})
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedEncoding("JSON is taken in UTF-8 only.")


def _unpack(content: object, most: int, setting: str, others: tuple[str, ...]) -> tuple[list[object], dict[str, Any]]:
    """The articles in *content*, unread, and the members of it that *others* names.

    :raises TooManyArticles: when there are more than *most*.
    """
    if not isinstance(content, dict):
        raise ValidationFailed(faults=(Fault("", "Not an object."),))
    articles = content.get("articles")
    rest = {name: value for name, value in content.items() if name != "articles"}
    faults = [*find_surrogates(rest), *_check_members(rest, others)]
    if not isinstance(articles, list) or not articles:
        faults.append(Fault("/articles", "Not a list of at least one article."))
    if faults:
        raise ValidationFailed(faults=tuple(faults))
    assert isinstance(articles, list)  # noqa: S101 (as found above, which mypy does not see)
    if len(articles) > most:
        raise TooManyArticles(f"There are {len(articles)} articles; at most {most} are taken ({setting}).")
    return articles, rest


def _check_members(rest: Mapping[str, object], others: tuple[str, ...]) -> Iterator[Fault]:
    try:
        JobQuerySchema(only=others).load({name: value for name, value in rest.items() if value is not None})
    except ValidationError as error:
        yield from faults_of(error.messages, "body")
