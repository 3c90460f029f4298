"""Who is quoted: the source of every attribution resolved to one speaker of the article.

Found first, resolved later: names are gathered into entities (``entities``), a source's words are
read as a phrase (``phrases``), and each phrase is led to one of the ``referents``: a name to its
entity, a pronoun by the learned link and its evidence (``pronouns``), a noun to whom the article
says it of or to itself, and no source at all to whoever is speaking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.extract.attributions import Attribution
from service.extract.encoder import Tags
from service.extract.entities import gather
from service.extract.mentions import Mention, find_mentions, make_mention
from service.extract.names import WORD
from service.extract.nominals import Named, holder_of, read_before
from service.extract.nouns import FIRST, PRONOUNS, RELATIVE
from service.extract.phrases import Form, Phrase, read_phrase
from service.extract.pronouns import SPEAKER, Asked, choose, fits_pronoun, gather_evidence, learn_genders, link_shares, mend_kinds, weigh
from service.extract.quoted import Quoted
from service.extract.records import Document, Sentence, Speaker, SpeakerKind
from service.extract.referents import Cast, Referent, name_referents

NAMED_SURE, NOUN_SURE, RELATIVE_SURE = 0.97, 0.9, 0.9
Choice = tuple[Referent | None, float]
NOBODY: Choice = (None, 0.0)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speakers, and for each attribution the id of its speaker (or ``None``) and how sure that is, 0 to 1."""

    speakers: tuple[Speaker, ...]
    ids: tuple[str | None, ...]
    confidences: tuple[float, ...]


def resolve(
    document: Document,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    quoted: Sequence[Quoted],
    tags: Tags,
) -> Resolution:
    """Name the speaker of every attribution, in their order."""
    reading = document.reading
    sources = [(a.source.start, a.source.end) for a in attributions if a.source]
    mentions = _with_untagged(reading, find_mentions(reading, tags), sources, tags)
    cast = Cast(reading, name_referents(reading, gather(reading, mentions), sources), tags)
    mend_kinds(reading, cast)
    learn_genders(reading, cast)
    scene = Scene(document, sentences, attributions, quoted, cast, mentions)
    choices = scene.play()
    return _number(document, choices, cast)


def _with_untagged(
    reading: str, mentions: Sequence[Mention], sources: Sequence[tuple[int, int]], tags: Tags
) -> tuple[Mention, ...]:
    """The mentions and, where the tagger saw no name in a source that is one, that name."""
    found = list(mentions)
    kinds = {m.key: m.kind for m in mentions}
    for start, end in sources:
        words = [w for w in WORD.finditer(reading, start, end)]
        if not words or any(m.start < end and start < m.end for m in mentions):
            continue
        inner = [w for w in words if w.group().lower() not in {"the", "a", "an"}]
        if inner and all(w.group()[0].isupper() for w in inner) and inner[0].group().lower() not in PRONOUNS:
            if len(inner) == 1 and words[0].start() != inner[0].start() or _is_common(reading, inner[0].group()):
                continue
            made = make_mention(reading, inner[0].start(), end, "organization", tags)
            if made is not None:
                found.append(make_mention(reading, inner[0].start(), end, kinds.get(made.key, made.kind), tags) or made)
    return tuple(sorted(found, key=lambda m: m.start))


def _is_common(reading: str, word: str) -> bool:
    """Whether the article also writes *word* small, or its form is a noun's that only begins a sentence."""
    from service.extract.phrases import kind_of_noun
    from service.extract.nouns import COLLECTIVES, DOCUMENTS, ORGANIZATIONS, STOPS, is_post, singular

    lower = word.lower()
    known = lower in COLLECTIVES | STOPS or is_post(singular(lower)) or singular(lower) in ORGANIZATIONS | DOCUMENTS or lower in DOCUMENTS
    return known or f" {lower} " in reading


class Scene:
    """The attributions of one article, resolved one after the other.

    ``given`` are sources whose referent is known beforehand, by their start (an evaluation has them).
    """

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        attributions: Sequence[Attribution],
        quoted: Sequence[Quoted],
        cast: Cast,
        mentions: Sequence[Mention],
        given: Mapping[int, Referent] | None = None,
    ) -> None:
        self.reading, self.sentences, self.attributions = document.reading, sentences, attributions
        self.quoted, self.cast, self.mentions = quoted, cast, mentions
        self.heard = [(c.start, c.end) for a in attributions for c in a.contents]
        self.given = given or {}
        self.before: list[Referent] = []

    def play(self) -> list[Choice]:
        """The choice for every attribution."""
        choices: list[Choice] = []
        for attribution in self.attributions:
            choice = self.who_says(attribution) if attribution.source else NOBODY
            choices.append(choice)
            if choice[0] is not None and attribution.source is not None:
                self.before.append(choice[0])
                choice[0].spoken.append(attribution.source.start)
        return [c if a.source else self.who_goes_on(i, choices) for i, (a, c) in enumerate(zip(self.attributions, choices, strict=True))]

    def who_says(self, attribution: Attribution) -> Choice:
        """Whom the source's words mean."""
        source = attribution.source
        if source is None:
            return NOBODY
        if source.start in self.given:
            return self.given[source.start], 1.0
        phrase = read_phrase(self.reading, source.start, source.end, self.mentions)
        if phrase is None:
            return NOBODY
        if phrase.form == Form.NAME:
            return self.cast.at(phrase.start), NAMED_SURE
        if phrase.form == Form.NAMES:
            return self.all_of(phrase), NAMED_SURE
        if phrase.form == Form.PRONOUN:
            return self.behind_pronoun(phrase, attribution)
        return self.behind_noun(phrase, attribution)

    def all_of(self, phrase: Phrase) -> Referent:
        """Several people who speak together, as one group under all their names."""
        names, end = [], phrase.start
        for mention in phrase.mentions:
            named = self.cast.at(mention.start)
            whole = self.reading[end : mention.end].strip(" ,&").removeprefix("and ").strip()
            names.append(whole if mention.kind == "group" or named is None else named.name)
            end = mention.end
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        known = next((r for r in self.cast.unnamed if r.name == name), None)
        if known is None:
            known = Referent(name, SpeakerKind.GROUP, head="people")
            self.cast.unnamed.append(known)
        known.add(phrase.start, phrase.end, self.cast.piece_at(phrase.start))
        return known

    def behind_pronoun(self, phrase: Phrase, attribution: Attribution) -> Choice:
        """Whom a pronoun means."""
        if phrase.head in RELATIVE:
            return self.before_relative(phrase)
        if phrase.head in FIRST:
            return self.who_narrates(attribution)
        candidates = [r for r in self.cast if fits_pronoun(phrase.head, r) and self._in_reach(r, phrase.start)]
        asked = Asked(phrase.head, phrase.start, attribution.contents[0].low, self.before, self.heard)
        evidence = gather_evidence(asked, self.cast, candidates, self.sentences)
        best, share = choose([weigh(e) for e in evidence])
        if best < 0:
            return NOBODY
        candidates[best].add(phrase.start, phrase.end, -1)
        return candidates[best], share

    def _in_reach(self, referent: Referent, at: int) -> bool:
        return any(start < at + 400 for start, _ in referent.places[:1])

    def before_relative(self, phrase: Phrase) -> Choice:
        """The name or noun right before "who" or "which"."""
        end = len(self.reading[: phrase.start].rstrip(" ,—–-("))
        name = next((m for m in reversed(self.mentions) if m.end <= end and end - m.end <= 2), None)
        if name is not None:
            return self.cast.at(name.start), RELATIVE_SURE
        start = max((s.start for s in self.sentences if s.start <= phrase.start), default=0)
        noun = read_before(self.cast, end, start)
        return (self.cast.add_noun(noun), RELATIVE_SURE) if noun else NOBODY

    def who_narrates(self, attribution: Attribution) -> Choice:
        """Who says "I": whoever is being quoted there; the author is nobody's source."""
        source = attribution.source
        shares = link_shares(self.cast.tags, SPEAKER, attribution.contents[0].low, self.cast)
        inside = source is not None and any(s <= source.start < e for s, e in [*self.heard, *((q.start, q.end) for q in self.quoted)])
        if inside and self.before:
            shares[self.before[-1]] = shares.get(self.before[-1], 0.0) + 0.6
        best = max(shares, key=lambda r: shares[r], default=None)
        return (best, min(0.9, shares[best])) if best is not None and shares[best] > 0.5 else NOBODY

    def behind_noun(self, phrase: Phrase, attribution: Attribution) -> Choice:
        """The person or thing that the article says the noun of, or the noun itself."""
        shares = link_shares(self.cast.tags, SPEAKER, attribution.contents[0].low, self.cast)
        held = holder_of(Named(phrase, shares, self.before), self.cast, self.sentences)
        if held is not None:
            held[0].add(phrase.start, phrase.end, -1)
            return held
        return self.cast.add_noun(phrase), NOUN_SURE

    def who_goes_on(self, index: int, choices: Sequence[Choice]) -> Choice:
        """Who speaks where no source is named: by the learned link and by who speaks around."""
        attribution = self.attributions[index]
        shares = link_shares(self.cast.tags, SPEAKER, attribution.contents[0].low, self.cast)
        scores = {r: s for r, s in shares.items()}
        before = next((choices[i][0] for i in range(index - 1, -1, -1) if choices[i][0]), None)
        if before is not None:
            scores[before] = scores.get(before, 0.0) + 0.5
        if not scores:
            return NOBODY
        best = max(scores, key=lambda r: scores[r])
        return (best, min(0.9, scores[best] / 1.5)) if scores[best] > 0.3 else NOBODY


def _number(document: Document, choices: Sequence[Choice], cast: Cast) -> Resolution:
    """The chosen referents as speakers, numbered as they come to speak."""
    order = list(dict.fromkeys(r for r, _ in choices if r is not None))
    ids = {referent: f"p{n}" for n, referent in enumerate(order, 1)}
    speakers = tuple(_speaker(document, referent, ids[referent]) for referent in order)
    return Resolution(
        speakers,
        tuple(ids[r] if r is not None else None for r, _ in choices),
        tuple(round(sure, 4) if r is not None else 0.0 for r, sure in choices),
    )


def _speaker(document: Document, referent: Referent, number: str) -> Speaker:
    post = referent.post
    span = document.span(post.start, post.end) if post else None
    return Speaker(
        number,
        referent.name,
        referent.kind,
        role=" ".join(span.text.split()) if span else None,
        role_span=span,
        mentions=tuple(document.span(start, end) for start, end in referent.places),
    )
