"""Every refusal the service can give: one class each, its status stated, its code from its name.

    Problem
    |   400  InvalidJson, InvalidEncoding, InvalidRequest
    |   401  KeyRequired, KeyInvalid, SignatureMissing, SignatureInvalid, SignatureStale
    |   403  LoopbackOnly
    |   404  NotFound, SystemNotConfigured    405  MethodNotAllowed    406  NotAcceptable    408  RequestTimeout
    |   409  RequestInProgress    410  ResultsErased
    |   413  BodyTooLarge, ArticleTooLong, TooManyArticles, TooManyFindings    414  UriTooLong
    |   415  UnsupportedMediaType, UnsupportedEncoding
    |   417  ExpectationFailed    422  ValidationFailed, IdempotencyKeyReused
    |   429  RateLimited    431  HeadersTooLarge
    |   500  InternalError, ArticleFailed    501  TransferCodingUnknown
    +-- 503  QueueFull, DeadlineExceeded, NotReady

A problem is answered as RFC 9457 ``application/problem+json``; its ``code`` is the snake_case of the
class name and its title is the class's docstring.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: a JSON pointer, what is wrong there, and the part it points into."""

    pointer: str
    message: str
    part: str = "body"  # "body", "query" or "header"


class Problem(Exception):
    """A request that was not answered as asked."""

    status = 500

    def __init__(
        self, detail: str = "", *, faults: tuple[Fault, ...] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail or self.title()
        self.faults = faults
        self.headers = dict(headers or {})

    @classmethod
    def code(cls) -> str:
        """The stable name of this problem, such as ``queue_full``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        """The problem in a sentence, the same for every occurrence."""
        return (cls.__doc__ or "").strip()


class InvalidJson(Problem):
    """The body is not JSON."""

    status = 400


class InvalidEncoding(Problem):
    """The body's bytes are not text in the charset, or not data in the coding, that its headers name."""

    status = 400


class InvalidRequest(Problem):
    """The request is not valid HTTP."""

    status = 400


class KeyRequired(Problem):
    """An API key is needed here."""

    status = 401


class KeyInvalid(Problem):
    """The API key is unknown, expired or revoked."""

    status = 401


class SignatureMissing(Problem):
    """The content system's signature or token is missing."""

    status = 401


class SignatureInvalid(Problem):
    """The signature or token is not this content system's."""

    status = 401


class SignatureStale(Problem):
    """The signature was made too long ago, or by a clock that is off."""

    status = 401


class LoopbackOnly(Problem):
    """No API key is configured, so only callers on the same machine are answered."""

    status = 403


class NotFound(Problem):
    """There is nothing at this address."""

    status = 404


class SystemNotConfigured(Problem):
    """No secret is set for this content system."""

    status = 404


class MethodNotAllowed(Problem):
    """The method is none that this address takes."""

    status = 405


class NotAcceptable(Problem):
    """None of the media types that Accept asks for can be given."""

    status = 406


class RequestTimeout(Problem):
    """The request did not arrive in time."""

    status = 408


class RequestInProgress(Problem):
    """A request with this Idempotency-Key is being worked on."""

    status = 409


class ResultsErased(Problem):
    """The job's texts and results have been erased."""

    status = 410


class BodyTooLarge(Problem):
    """The body is larger than the service takes."""

    status = 413


class ArticleTooLong(Problem):
    """The article is longer than the service takes."""

    status = 413


class TooManyFindings(Problem):
    """More is found in the article than the service tells in one answer."""

    status = 413


class TooManyArticles(Problem):
    """There are more articles in the body than the service takes at once."""

    status = 413


class UriTooLong(Problem):
    """The address is too long."""

    status = 414


class UnsupportedMediaType(Problem):
    """The body's media type is none the service takes here."""

    status = 415


class UnsupportedEncoding(Problem):
    """The body's charset or content coding is none the service takes."""

    status = 415


class ExpectationFailed(Problem):
    """The Expect header asks for something that the service does not do."""

    status = 417


class ValidationFailed(Problem):
    """The request says something that it cannot say; every fault is listed."""

    status = 422


class IdempotencyKeyReused(Problem):
    """The Idempotency-Key was given to another request before."""

    status = 422


class HeadersTooLarge(Problem):
    """The request's headers are too many or too long."""

    status = 431


class RateLimited(Problem):
    """Too many requests in too short a time."""

    status = 429


class InternalError(Problem):
    """The service failed; the request itself may be right."""

    status = 500


class ArticleFailed(Problem):
    """The article could not be read, however often it was tried."""

    status = 500


class TransferCodingUnknown(Problem):
    """The request's transfer coding is none the service knows."""

    status = 501


class QueueFull(Problem):
    """More requests wait for the model than can be served in time."""

    status = 503


class DeadlineExceeded(Problem):
    """The request could not be answered before its deadline."""

    status = 503


class NotReady(Problem):
    """The service is starting or stopping."""

    status = 503


def every_problem() -> Iterator[type[Problem]]:
    """All problems, by status and then in the order above."""
    return iter(sorted(Problem.__subclasses__(), key=lambda problem: problem.status))
