"""JSON-LD: expanded and framed with pyld against a local copy of the schema.org terms that are used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pyld import jsonld

from service.web.formats.linked_data import describe_article
from tests.formats.extractions import ARTICLE, EXTRACTION, IDENTITY

# The terms and their types stand as on https://schema.org/NewsArticle, /Quotation, /Claim, /Person and so on.
LOCAL = json.loads(Path(__file__).with_name("schema-org.json").read_text(encoding="utf-8"))
SCHEMA = "http://schema.org/"


def _load(address: str, _: object) -> dict[str, Any]:
    """The local context in place of schema.org's own; nothing is fetched."""
    assert address.rstrip("/") == "https://schema.org"
    return {"contextUrl": None, "documentUrl": address, "document": {"@context": LOCAL["@context"]}}


DOCUMENT = describe_article(EXTRACTION, ARTICLE, IDENTITY)
EXPANDED: list[dict[str, Any]] = jsonld.expand(DOCUMENT, {"documentLoader": _load})


def _nodes(value: Any) -> list[dict[str, Any]]:
    """Every typed node in the expanded document."""
    if isinstance(value, list):
        return [node for item in value for node in _nodes(item)]
    if not isinstance(value, dict):
        return []
    inner = [node for item in value.values() for node in _nodes(item)]
    return [value, *inner] if "@type" in value and "@value" not in value else inner


def test_every_term_is_one_of_schema_orgs_for_its_type() -> None:
    nodes = _nodes(EXPANDED)
    assert len(nodes) > 8
    for node in nodes:
        (kind,) = (each.removeprefix(SCHEMA) for each in node["@type"])
        used = {key.removeprefix(SCHEMA) for key in node if not key.startswith("@")}
        assert used <= set(LOCAL["terms"][kind]), kind


def test_no_claim_is_rated() -> None:
    assert "ClaimReview" not in json.dumps(EXPANDED)


def test_framing_gives_each_quotation_with_whom_it_quotes() -> None:
    frame = {"@context": "https://schema.org", "@type": "Quotation", "creator": {"@embed": "@always"}}
    framed = jsonld.frame(DOCUMENT, frame, {"documentLoader": _load})
    said = {q["text"]: (q.get("creator") or {}).get("name") for q in framed["@graph"]}
    assert said == {
        "The line will close in June": "Bo Karr",
        "We lost 2.4 million euros, … and we lost heart.": "Bo Karr",
        "the loss at 3.1 million": None,
    }


def test_framing_gives_the_article_its_claims() -> None:
    frame = {"@context": "https://schema.org", "@type": "Claim", "appearance": {"@embed": "@never"}}
    framed = jsonld.frame(DOCUMENT, frame, {"documentLoader": _load})
    assert {
        claim["appearance"]["@id"] if isinstance(claim["appearance"], dict) else claim["appearance"]
        for claim in framed["@graph"]
    } == {ARTICLE.url}
    assert len(framed["@graph"]) == 2


def test_the_article_says_what_the_frame_says() -> None:
    shown = {key: DOCUMENT[key] for key in ("@type", "@id", "headline", "datePublished", "identifier", "inLanguage")}
    assert shown == {
        "@type": "NewsArticle",
        "@id": "https://quay.example/ferry",
        "headline": "Ferry line to close 🛥️",
        "datePublished": "2025-05-03",
        "identifier": "story-7",
        "inLanguage": "en",
    }
    assert (DOCUMENT["author"][0]["name"], DOCUMENT["publisher"]["name"]) == ("Ann Lee", "The Quay")
