"""What a caller submitted: the article and the unit it wants offsets in, out of any body the contract takes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Request
from marshmallow import ValidationError

from service.extract.records import Article
from service.settings import Settings
from service.web.bodies import decode_text, parse_json, read_body
from service.web.formats import PROFILES, FieldErrors
from service.web.problems import ArticleTooLong, Fault, UnsupportedEncoding, UnsupportedMediaType, ValidationFailed
from service.web.schemas.articles import ArticleQuerySchema, ArticleSchema
from service.web.turns import Deadline

JSON = "application/json"
TEXT_FORMATS = {"text/plain": "text", "text/markdown": "markdown", "text/html": "html"}
TAKEN = (JSON, *TEXT_FORMATS)


@dataclass(frozen=True, slots=True)
class Submission:
    """An article and how its extraction is to be told."""

    article: Article
    offset_unit: str = "codepoint"


def read_submission(request: Request, settings: Settings, deadline: Deadline) -> Submission:
    """The submission that *request* carries, every fault in it found before anything is refused.

    :raises Problem: any of those for bodies, media types, faulty fields and articles that are too long.
    """
    if request.mimetype not in TAKEN:
        given = request.mimetype or "no Content-Type"
        raise UnsupportedMediaType(f"{given} is not taken. Taken: {', '.join(TAKEN)}.", headers={"Accept": _ACCEPT})
    body = read_body(request, limit=settings.max_body_bytes, deadline=deadline)
    told, faults = _read_query(request)
    fields, more = _read_fields(request, body, told)
    if faults or more:
        raise ValidationFailed(faults=(*faults, *more))
    return _submit(fields, settings)


def load_submission(content: object, settings: Settings) -> Submission:
    """The submission that *content*, one of several in a JSON body, is.

    :raises ValidationFailed: with every fault in it.
    :raises ArticleTooLong: when its text is longer than one alone may be.
    """
    broken = tuple(find_surrogates(content))
    fields, faults = _load_article(content)
    if broken or faults:
        raise ValidationFailed(faults=(*broken, *faults))
    return _submit(fields, settings)


def _submit(fields: dict[str, Any], settings: Settings) -> Submission:
    unit = fields.pop("offset_unit", "codepoint")
    article = Article(**fields)
    check_length(article, settings)
    return Submission(article, unit)


def check_length(article: Article, settings: Settings) -> None:
    """Return where the service takes *article*.

    :raises ArticleTooLong: where it is longer than that.
    """
    if len(article.text) > settings.max_characters:
        raise ArticleTooLong(
            f"The article has {len(article.text)} characters; at most {settings.max_characters} are taken "
            "(MAX_CHARACTERS)."
        )


_ACCEPT = ", ".join(TAKEN)


def _read_query(request: Request) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """What the query parameters say, and what is wrong with them."""
    twice = tuple(
        Fault(_pointer(name), "Given more than once.", "query")
        for name, values in request.args.lists()
        if len(values) > 1
    )
    try:
        told: dict[str, Any] = ArticleQuerySchema().load(request.args.to_dict())
    except ValidationError as error:
        return {}, (*twice, *faults_of(error.messages, "query"))
    return told, twice


def _read_fields(request: Request, body: bytes, told: dict[str, Any]) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """The fields of the article, those in the query (*told*) before those in the body."""
    charset = request.mimetype_params.get("charset")
    if request.mimetype != JSON:
        text = decode_text(body, charset)
        return {"text": text, "format": TEXT_FORMATS[request.mimetype]} | _without(told, "profile"), ()
    if charset and charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedEncoding("JSON is taken in UTF-8 only.")
    content = parse_json(body)
    broken = tuple(find_surrogates(content))
    profile = told.get("profile")
    if broken or profile is None:
        loaded, faults = _load_article(content)
        return loaded | told, (*broken, *faults)
    return _load_profile(profile, content, told)


def _without(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in names}


def _load_article(content: object) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    try:
        return ArticleSchema().load(content), ()  # type: ignore[arg-type]  # what is no mapping is refused by load
    except ValidationError as error:
        return {}, faults_of(error.messages, "body")


def _load_profile(profile: str, content: object, told: dict[str, Any]) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """The fields of an article written by *profile*."""
    if not isinstance(content, dict):
        return {}, (Fault("", "Not an object."),)
    try:
        article = PROFILES[profile](content)
    except FieldErrors as error:
        return {}, tuple(Fault(pointer, message) for pointer, message in error.errors)
    return dataclasses.asdict(article) | _without(told, "profile"), ()


def faults_of(messages: Any, part: str, pointer: str = "") -> tuple[Fault, ...]:  # marshmallow nests messages freely
    """What marshmallow says in *messages* as one fault for each, with JSON pointers."""
    if isinstance(messages, Mapping):
        return tuple(
            fault
            for name, inner in messages.items()
            for fault in faults_of(inner, part, pointer if name == "_schema" else pointer + _pointer(name))
        )
    return tuple(Fault(pointer, str(message), part) for message in messages)


def _pointer(name: object) -> str:
    """One step of a JSON pointer (RFC 6901), with what cannot be encoded replaced."""
    step = str(name).replace("~", "~0").replace("/", "~1")
    return "/" + step.encode("utf-8", "replace").decode()


def find_surrogates(content: object) -> Iterator[Fault]:
    """A fault for every string in *content* that holds half of a surrogate pair, which is no character."""
    waiting: list[tuple[str, object]] = [("", content)]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(pointer + _pointer(name), inner) for name, inner in value.items()]
            waiting += [(pointer, name) for name in value]
        elif isinstance(value, list):
            waiting += [(f"{pointer}/{index}", inner) for index, inner in enumerate(value)]
        elif isinstance(value, str):
            at = next((index for index, char in enumerate(value) if "\ud800" <= char <= "\udfff"), None)
            if at is not None:
                yield Fault(pointer, f"Holds a lone surrogate, U+{ord(value[at]):04X}, at character {at}.")
