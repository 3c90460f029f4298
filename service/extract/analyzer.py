"""The whole flow: an article in, an extraction out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from service.extract.artifacts import Artifact, load_artifact
from service.extract.attributions import find_attributions
from service.extract.encoder import Encoder, Tags
from service.extract.evidence import add_evidence
from service.extract.findings import join_findings
from service.extract.frame import find_frame
from service.extract.labels import decide_acts, label_sentences, refine_roles
from service.extract.language import find_language
from service.extract.outputs import NONBODY, SPEECH
from service.extract.quantities import find_quantities
from service.extract.quantities.disagreements import disagreements
from service.extract.quotations import find_quoted_terms, make_quotations
from service.extract.quoted import Quoted, find_quoted
from service.extract.records import Article, Document, Extraction, Sentence, Warning  # noqa: A004 the contract's word
from service.extract.sentences import split
from service.extract.speakers import resolve
from service.extract.speeches import add_speech
from service.extract.stages import UNWATCHED, Stages
from service.extract.text import read
from service.extract.values import replace

Prepared = tuple[Document, tuple[Sentence, ...], tuple[Quoted, ...]]


class Analyzer:
    """Reads articles with one model; it keeps nothing between them and may be shared by threads that take turns."""

    def __init__(self, artifact: Artifact, encoder: Encoder) -> None:
        self.artifact, self.encoder = artifact, encoder

    @classmethod
    def load(
        cls, path: Path, runtime: str = "openvino", threads: int = 0, compiled: BinaryIO | None = None
    ) -> Analyzer:
        """The analyzer of a model folder; what it computes with is as ``Artifact.make_encoder`` says.

        :raises ArtifactError: where the folder's files are not what its manifest says.
        """
        artifact = load_artifact(path)
        return cls(artifact, artifact.make_encoder(runtime, threads, compiled))

    @property
    def name(self) -> str:
        """The model's name."""
        return self.artifact.name

    @property
    def version(self) -> str:
        """The model's version."""
        return self.artifact.version

    @property
    def card(self) -> Mapping[str, Any]:
        """What the model card states: labels, scores, limits."""
        return self.artifact.card

    @property
    def speech_threshold(self) -> float:
        """The probability from which on a sentence is counted as the words of people."""
        return self.artifact.decisions.speech[2]

    def analyze(self, article: Article, stages: Stages = UNWATCHED) -> Extraction:
        """Everything found in *article*, watched by *stages*."""
        return self.analyze_many([article], stages)[0]

    def analyze_many(self, articles: Sequence[Article], stages: Stages = UNWATCHED) -> list[Extraction]:
        """Everything found in each of *articles*, in their order; they share the forward passes."""
        prepared = [_prepare(article, stages) for article in articles]
        languages = [find_language(document.reading) for document, _, _ in prepared]
        english = [i for i, language in enumerate(languages) if language in ("en", None)]
        with stages.stage("encode"):
            tags = dict(zip(english, self.encoder.read_many([prepared[i] for i in english], stages), strict=True))
        return [
            self._extract(each, tags[i], stages) if i in tags else _refuse(each[0], each[1], language)
            for i, (each, language) in enumerate(zip(prepared, languages, strict=True))
        ]

    def read_tags(self, article: Article) -> tuple[tuple[Sentence, ...], Tags]:
        """The article's sentences and what the network says of them, before anything is decided."""
        prepared = _prepare(article)
        return prepared[1], self.encoder.read(*prepared)

    def _extract(self, prepared: Prepared, tags: Tags, stages: Stages) -> Extraction:
        (document, sentences, quoted), decisions = prepared, self.artifact.decisions
        with stages.stage("quotations"):
            sentences = refine_roles(sentences, tags.sentences[:, NONBODY], decisions)
            scores = decisions.probabilities(tags.sentences)
            attributions = find_attributions(document, sentences, quoted, tags, decisions.decoding())
            acts = decide_acts(attributions, sentences, scores, decisions)
            quotations = make_quotations(document, sentences, quoted, attributions, acts)
        with stages.stage("speakers"):
            resolution = resolve(document, sentences, attributions, quoted, tags)
        with stages.stage("quantities"):
            quantities = find_quantities(document.reading)
        with stages.stage("labels"):
            joined = join_findings(document, sentences, quotations, resolution, quantities)
            labelled = label_sentences(sentences, scores, joined.quotations, joined.quantities, decisions)
            labelled = add_speech(labelled, tags.sentences[:, SPEECH], decisions)
            return Extraction(
                text=document.text,
                frame=find_frame(document, sentences),
                sentences=add_evidence(document, labelled, tags),
                quotations=joined.quotations,
                speakers=joined.speakers,
                quantities=joined.quantities,
                quoted_terms=find_quoted_terms(document, quoted, joined.quotations),
                warnings=disagreements(joined.quantities, labelled),
                tokens=len(tags.pieces),
            )


def _prepare(article: Article, stages: Stages = UNWATCHED) -> Prepared:
    with stages.stage("read"):
        document = read(article)
    with stages.stage("sentences"):
        return document, split(document), find_quoted(document.reading, document.blocks)


def _refuse(document: Document, sentences: tuple[Sentence, ...], language: str | None) -> Extraction:
    """A valid extraction without findings, for a text that is not English."""
    warning = Warning("language_not_supported", f"The text reads as '{language}'; only English ('en') is labelled.")
    plain = tuple(replace(s, labels=(), label=None) for s in sentences)
    return Extraction(document.text, language, find_frame(document, sentences), plain, warnings=(warning,))
