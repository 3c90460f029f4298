"""What the page shows is what the service found, at the right words; texts are the repository's seeds and our own."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.conftest import OpenPage
from tests.page.readings import SEEDS, ask, marked, paste, read_marks
from tests.servers import RunningServer

pytestmark = pytest.mark.browser

ASTRAL = (
    "🦀🦀 The minister said “we 🚢 will ship 1,200 boats” on Monday.\r\n\r\n"
    "“Nobody asked,” said Ana Šimić, a “so-called” expert. <b>&amp; \u202bנמל\u202c, 40% of it.</b>\n"
)
ARTICLES = [
    (SEEDS / "polling-story.txt", "text"),
    (SEEDS / "editorial.md", "markdown"),
    (SEEDS / "science.html", "html"),
    (SEEDS / "court.txt", "text"),
]
TEXTS = [pytest.param(path.read_text(encoding="utf-8"), form, id=path.stem) for path, form in ARTICLES]


@pytest.mark.parametrize(("text", "form"), [*TEXTS, pytest.param(ASTRAL.replace("\r", ""), "text", id="astral")])
def test_marks_hold_the_words_of_their_spans(open_page: OpenPage, shipped: RunningServer, text: str, form: str) -> None:
    page = open_page()
    paste(page, text, form)
    found = ask(shipped, text, form)
    marks = read_marks(page)
    assert page.text_content("#reading") == found["text"]
    for sentence in found["sentences"]:
        if sentence["label"]:
            assert marked(marks, sentence["id"], "sentence") == (sentence["start"], sentence["text"])
    for quantity in found["quantities"]:
        assert marked(marks, quantity["id"], "quantity") == (quantity["start"], quantity["text"])
    for quotation in found["quotations"]:
        words = "".join(span["text"] for span in sorted(quotation["content"], key=lambda span: span["start"]))
        assert marked(marks, quotation["id"], "content") == (quotation["content"][0]["start"], words)
        if quotation["source"]:
            source = quotation["source"]
            assert marked(marks, quotation["id"], "source") == (source["start"], source["text"])
    for number, term in enumerate(found["quoted_terms"], 1):
        assert marked(marks, f"t{number}", "term") == (term["start"], term["text"])


# Lays out an extraction as the page does; the words under each finding's marks.
_LAY_OUT = """async (extractions) => {
  const { layOut } = await import("/page/reading.js");
  return extractions.map((extraction) => {
    const room = document.createElement("div");
    room.append(...layOut(extraction, { add: (element, { id }) => { element.dataset.id = id; } }));
    const words = (id) => [...room.querySelectorAll(`.content[data-id=${id}]:not(.sign), .quantity[data-id=${id}]`)];
    const ids = [...extraction.quotations, ...extraction.quantities].map(({ id }) => id);
    return [room.textContent, ids.map((id) => words(id).map((element) => element.textContent).join(""))];
  });
}"""


def make_extraction(random: Random) -> dict[str, Any]:
    """Findings that nest, cross one another and cross sentences, anywhere in a text that is short of words."""
    length = random.randint(1, 40)
    text = "".join(random.choice("ab “”\n.") for _ in range(length))
    cuts = sorted(random.sample(range(length + 1), min(random.choice([0, 2, 4, 6]), (length + 1) // 2 * 2)))
    label = {
        "label": "quotation",
        "labels": ["quotation"],
        "scores": {"quotation": 0.5},
        "evidence": [],
        "role": "body",
    }

    def span(start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": text[start:end]}

    def anywhere() -> dict[str, Any]:
        start = random.randrange(length)
        return span(start, random.randint(start + 1, length))

    said = {"kind": "direct", "act": "statement", "status": "asserted", "confidence": 0.9, "cue": [], "source": None}
    counted = {"kind": "count", "value": 1, "upper": None, "unit": None, "unit_text": None, "speaker": None}
    return {
        "text": text,
        "sentences": [
            span(start, end) | label | {"id": f"s{start}", "paragraph": random.randint(0, 1)}
            for start, end in zip(cuts[::2], cuts[1::2], strict=True)
        ],
        "quotations": [
            said | {"id": f"q{n}", "speaker": None, "content": [anywhere()]} for n in range(random.randint(0, 4))
        ],
        "quantities": [counted | anywhere() | {"id": f"n{n}"} for n in range(random.randint(0, 3))],
        "speakers": [],
        "quoted_terms": [anywhere() for _ in range(random.randint(0, 2))],
    }


def test_marks_that_cross_each_other_still_hold_their_words(open_page: OpenPage) -> None:
    random = Random(20)
    extractions = [make_extraction(random) for _ in range(400)]
    for extraction, (text, words) in zip(extractions, open_page().evaluate(_LAY_OUT, extractions), strict=True):
        spans = [quotation["content"][0] for quotation in extraction["quotations"]] + extraction["quantities"]
        assert text == extraction["text"]
        assert words == [span["text"] for span in spans]


def test_every_label_has_a_sign_besides_its_tint(open_page: OpenPage) -> None:
    page = open_page()
    paste(page, (SEEDS / "polling-story.txt").read_text(encoding="utf-8"))
    signs = {"quotation": "Q", "numerical_claim": "N", "editorial_assertion": "O", "factual_statement": "F"}
    for label, sign in signs.items():
        shown = page.locator(f"#reading .sign.sentence.{label}").evaluate_all(
            "all => all.map((one) => one.dataset.sign)"
        )
        assert shown
        assert all(one.startswith(sign) for one in shown)


def test_what_was_not_simply_said_looks_so_and_says_so(open_page: OpenPage, shipped: RunningServer) -> None:
    text = (SEEDS / "editorial.md").read_text(encoding="utf-8") + (SEEDS / "polling-story.txt").read_text(
        encoding="utf-8"
    )
    page = open_page()
    paste(page, text, "markdown")
    quotations = ask(shipped, text, "markdown")["quotations"]
    lines = {"hypothetical": "dashed", "denied": "double", "thought": "dotted", "asserted": "solid"}
    words = {"hypothetical": "imagined", "denied": "denied", "thought": "thought"}
    kinds = set()
    for quotation in quotations:
        kind = "thought" if (quotation["act"], quotation["status"]) == ("thought", "asserted") else quotation["status"]
        content = page.locator(f"#reading .mark.content[data-id={quotation['id']}]").first
        expect(content).to_have_css("text-decoration-style", lines[kind])
        sign = page.locator(f"#reading .sign.content[data-id={quotation['id']}]")
        shown = sign.get_attribute("data-sign") or ""
        assert words.get(kind, "") in shown
        assert (quotation["confidence"] < 0.7) == ("?" in shown or quotation["speaker"] is None), quotation
        assert ("uncertain" in (sign.get_attribute("aria-label") or "")) == (quotation["confidence"] < 0.7)
        kinds.add(kind)
    assert {"hypothetical", "thought", "asserted"} <= kinds


def test_speakers_are_listed_with_their_quotations_in_order(open_page: OpenPage, shipped: RunningServer) -> None:
    text = (SEEDS / "polling-story.txt").read_text(encoding="utf-8")
    page = open_page()
    paste(page, text)
    found = ask(shipped, text)
    names = page.locator("#speakers h3").all_text_contents()
    assert names[: len(found["speakers"])] == [speaker["name"] for speaker in found["speakers"]]
    for speaker in found["speakers"]:
        section = page.locator("#speakers section", has=page.locator(f".who[data-id={speaker['id']}]"))
        ids = section.locator("li [data-stop]").evaluate_all("all => all.map((one) => one.dataset.id)")
        assert ids == speaker["quotations"]
        assert (speaker["role"] or "") in (section.locator(".who p").text_content() or "")
        places = [int(name[1:]) for name in ids]
        assert all(one < other for one, other in pairwise(places))


def test_numbers_are_listed_with_value_unit_and_who_said_them(open_page: OpenPage) -> None:
    page = open_page()
    paste(page, "“We owe £2.4m to 31 banks,” said Rosa Quill, the treasurer. The firm employs 1,250 people.")
    page.click("#tab-numbers")
    rows = page.locator("#numbers li").all_text_contents()
    assert [("2,400,000 GBP" in rows[0], "says Rosa Quill" in rows[0])] == [(True, True)]
    assert "31 banks" in rows[1]
    assert "1,250 people" in rows[2]
    assert "says the article" in rows[2]


def test_the_strips_shares_are_those_of_the_labels(open_page: OpenPage, shipped: RunningServer) -> None:
    text = (SEEDS / "investigation.txt").read_text(encoding="utf-8")
    page = open_page()
    paste(page, text)
    body = [sentence for sentence in ask(shipped, text)["sentences"] if sentence["label"]]
    total = sum(sentence["end"] - sentence["start"] for sentence in body)
    for label in ("quotation", "numerical_claim", "editorial_assertion", "factual_statement"):
        length = sum(one["end"] - one["start"] for one in body if one["label"] == label)
        lane = page.locator(".lane", has=page.locator(f"input[value={label}]"))
        shown = int((lane.locator(".share").text_content() or "").removesuffix("%"))
        assert abs(shown - 100 * length / total) <= 0.5
        assert lane.locator("rect").count() == sum(label in one["labels"] for one in body)
