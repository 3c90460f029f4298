"""The adapter in Superdesk's hands: registered, asked for analyses and operations, the service there or not."""

from __future__ import annotations

import asyncio
import doctest
import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from service.web.keys import Keys
from tests.hooks.receivers import run_receiver, status
from tests.servers import RunningServer, run_server
from tests.superdesk.published import GROUPS, OPTIONAL, REQUIRED, SuperdeskApiError, make_modules

FOLDER = Path(__file__).parents[2] / "integrations" / "superdesk"
ITEM = {
    "guid": "urn:newsml:quay.example:2026-11-21:4711",
    "language": "en",
    "headline": "Dam will hold, engineers say",
    "body_html": "<p>The crowd cheered 😀 on Monday.</p><p>“The dam will hold,” said Petra Novak, the engineer.</p>",
    "_links": {"self": {"href": "archive/4711"}},
}
MODEL = Path(__file__).parents[2] / "models" / "standard"


@pytest.fixture(params=[False, True], ids=["called", "awaited"])
def superdesk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Superdesk's modules, with the adapter importable; those of version 2, whose services are called, and of 3."""
    modules = make_modules(awaited=request.param)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.syspath_prepend(str(FOLDER))
    yield modules
    for name in [name for name in sys.modules if name.startswith("ascribe_superdesk")]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningServer, str]]:
    """The service with the model that is shipped, and a key for it."""
    folder = tmp_path_factory.mktemp("superdesk")
    key = Keys(folder / "var" / "keys.sqlite3").create("superdesk")
    with run_server(folder, MODEL_PATH=MODEL, WORKERS=1) as running:
        yield running, key


def start(superdesk: dict[str, Any], **config: object) -> Any:
    """The service that Superdesk knows after it has started with *config*."""
    app = SimpleNamespace(config=config)
    import_module("ascribe_superdesk").init_app(app)
    return superdesk["superdesk.text_checkers.ai.base"].registered_ai_services["ascribe"]


def finish(answer: Any) -> Any:
    """What a method gives, awaited where it is to be."""
    return asyncio.run(_wait(answer)) if inspect.isawaitable(answer) else answer


async def _wait(answer: Any) -> Any:
    return await answer


def test_it_is_registered_once_under_its_name(superdesk: dict[str, Any]) -> None:
    service = start(superdesk)
    assert (service.name, service.label) == ("ascribe", "Ascribe: who said what")
    assert start(superdesk) is service
    awaited = inspect.iscoroutinefunction(superdesk["superdesk.text_checkers.ai.base"].AIServiceBase.analyze)
    for method in (service.analyze, service.data_operation, service.search_images):
        assert inspect.iscoroutinefunction(method) == awaited


def test_an_item_is_analyzed_into_tags_as_the_widget_shows_them(
    superdesk: dict[str, Any], server: tuple[RunningServer, str]
) -> None:
    running, key = server
    service = start(superdesk, ASCRIBE_URL=f"{running.url}/", ASCRIBE_KEY=key, ASCRIBE_TIMEOUT=150)
    analysis = finish(service.analyze(ITEM, {"person": []}))
    extraction = analysis.pop("ascribe")
    assert set(analysis) <= GROUPS
    (tag,) = [tag for tag in analysis["person"] if tag["name"] == "Petra Novak"]
    assert (tag["qcode"], tag["source"]) == ("ascribe:person:petra-novak", "ascribe")
    assert REQUIRED <= set(tag) <= REQUIRED | OPTIONAL
    assert extraction["offset_unit"] == "utf16"
    assert extraction["external_id"] == ITEM["guid"]
    text = extraction["text"].encode("utf-16-le")
    for sentence in extraction["sentences"]:
        assert text[2 * sentence["start"] : 2 * sentence["end"]].decode("utf-16-le") == sentence["text"]


def test_one_argument_is_enough_as_the_older_endpoint_has_it(
    superdesk: dict[str, Any], server: tuple[RunningServer, str]
) -> None:
    running, key = server
    service = start(superdesk, ASCRIBE_URL=running.url, ASCRIBE_KEY=key, ASCRIBE_TIMEOUT=150)
    assert finish(service.analyze(ITEM))["person"]


def test_without_an_address_or_a_text_there_is_nothing(
    superdesk: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASCRIBE_URL", raising=False)
    assert finish(start(superdesk).analyze(ITEM)) == {}
    service = start(superdesk)
    monkeypatch.setenv("ASCRIBE_URL", "http://127.0.0.1:9")
    assert finish(service.analyze({"guid": "1", "language": "en", "body_html": "", "headline": None})) == {
        "subject": []
    }


def test_a_refusal_is_told_by_its_code(superdesk: dict[str, Any], server: tuple[RunningServer, str]) -> None:
    service = start(superdesk, ASCRIBE_URL=server[0].url, ASCRIBE_KEY="ask_wr0ng_key")
    with pytest.raises(SuperdeskApiError, match=r"\(401\) from Ascribe: key_invalid") as refused:
        finish(service.analyze(ITEM))
    assert refused.value.status_code == 502
    assert "wr0ng" not in str(refused.value)


def test_what_cannot_be_reached_or_leads_elsewhere_is_an_error_of_superdesks(superdesk: dict[str, Any]) -> None:
    with run_receiver() as receiver:
        service = start(superdesk, ASCRIBE_URL=receiver.url(""), ASCRIBE_KEY="k3y")
        receiver.answers = [status(307, Location=receiver.url("/elsewhere"))]
        with pytest.raises(SuperdeskApiError, match="307"):
            finish(service.analyze(ITEM))
        assert len(receiver.received) == 1
    with pytest.raises(SuperdeskApiError, match="cannot be reached"):
        finish(service.analyze(ITEM))


def test_operations_of_the_widget_are_answered(superdesk: dict[str, Any]) -> None:
    service = start(superdesk)
    assert finish(service.data_operation("POST", "search", None, {"term": "dam"})) == {"tags": {}, "broader": {}}
    assert finish(service.data_operation("POST", "feedback", None, {"item": ITEM, "tags": {}})) == {}
    assert finish(service.search_images([{"title": "dam"}])) == []
    for operation in ("create", "delete"):
        with pytest.raises(SuperdeskApiError) as refused:
            finish(service.data_operation("POST", operation, None, {}))
        assert refused.value.status_code == 400


def test_the_examples_in_the_docstrings_are_true(superdesk: dict[str, Any]) -> None:
    start(superdesk)
    assert doctest.testmod(sys.modules["ascribe_superdesk.tags"]).failed == 0
