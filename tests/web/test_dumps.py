"""What writers write is what marshmallow would."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from marshmallow import Schema, fields

from service.extract.records import Article
from service.web import renderings
from service.web.schemas.dumps import make_writer
from service.web.schemas.extractions import ExtractionSchema, QuantitySchema
from service.web.submissions import Submission

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

TEXT = """Mill shuts

"Output fell by 1.5 per cent," said Ada Roe, the owner. She called the plan a "farce". It is a sorry tale.

Sales rose to £3bn from 200 to 300 tonnes a month, the mill said."""


def test_an_extraction_is_written_as_its_schema_dumps_it(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article(TEXT)
    telling = renderings.tell(Submission(article, "utf16"), analyzer.analyze(article), analyzer)
    written = renderings.describe(telling)
    monkeypatch.setattr(renderings, "_write_extraction", ExtractionSchema().dump)
    dumped = renderings.describe(telling)
    assert written == dumped
    assert list(written) == list(dumped)
    assert [list(s) for s in written["sentences"]] == [list(s) for s in dumped["sentences"]]


@pytest.mark.parametrize("value", [Decimal(3), Decimal("1.5"), None], ids=str)
def test_a_field_of_our_own_writes_for_itself(value: Decimal | None) -> None:
    record: dict[str, object] = {"kind": "money", "value": value, "corrections": []}
    assert make_writer(QuantitySchema())(record) == QuantitySchema().dump(record)


def test_what_a_record_lacks_is_left_out_and_what_is_none_stays() -> None:
    schema = Schema.from_dict(
        {"one": fields.Integer(), "two": fields.Nested(QuantitySchema), "three": fields.Float()}
    )()
    record: dict[str, object] = {"one": None, "two": {"id": "n1"}}
    assert make_writer(schema)(record) == schema.dump(record) == {"one": None, "two": {"id": "n1"}}
