"""The attributions of one article gone through in order, each led to the one who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from service.extract.addressees import OBJECT, names_beside
from service.extract.continuations import (
    find_interviewed,
    find_led,
    find_turns,
    is_answer,
    is_running_on,
    speaker_of_turn,
    weigh_speakers,
)
from service.extract.mentions import Mention
from service.extract.names import key_of
from service.extract.nominals import holder_of
from service.extract.noun_phrases import find_subjects
from service.extract.noun_signs import Named
from service.extract.nouns import FIRST, HE, IT, RELATIVE, SECOND, SHE, is_post
from service.extract.outputs import SPEAKER
from service.extract.partitives import find_of_two, find_part, is_part
from service.extract.phrases import Form, Phrase, read_phrase
from service.extract.polls import find_counted, is_share
from service.extract.pronouns import Asked, choose, fits_pronoun, gather_evidence, is_addressed, link_shares, weigh
from service.extract.quoted import Quoted, in_marks
from service.extract.records import Document, Sentence, SpeakerKind
from service.extract.referents import Cast, Referent
from service.extract.relatives import find_antecedent
from service.extract.seekers import IMPLIED_SURE, SourceSeeker
from service.extract.subjects import is_nobodys
from service.extract.tagged import Attribution, Found
from service.extract.values import START, replace
from service.extract.withheld import ANONYMITY, is_withheld
from service.extract.wordings import join_names

NAMED_SURE, NOUN_SURE, RELATIVE_SURE, TURN_SURE, RUNNING_SURE = 0.96, 0.7, 0.8, 0.85, 0.65
OWNER = re.compile(r"(his|her|its|my|our)[ \u00a0]+", re.IGNORECASE)
WITHIN = re.compile(r"[ \u00a0](?:of|for|to|from|in)[ \u00a0](his|her|its)[ \u00a0]+")
THE = re.compile(r"\bthe[ \u00a0]$", re.IGNORECASE)
POST_OF = re.compile(r"(?:[Tt]he[ \u00a0])?([a-z-]+)[ \u00a0](?:of|for|at)[ \u00a0]")
AND_ANOTHER = re.compile(r"(he|she|they)[ \u00a0]and[ \u00a0]", re.IGNORECASE)
SURE_ENOUGH = 0.5  # of an owner, to put the name in a noun's place
BEHIND = 5000  # code points after which a pronoun no longer means what was mentioned
AHEAD = 400  # code points a pronoun may come before what it means
Choice = tuple[Referent | None, float]
NOBODY: Choice = (None, 0.0)


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
        self.blocks = document.blocks
        self.turns = find_turns(document.reading, document.blocks)
        self.interviewed = None if self.turns else find_interviewed(document.reading, document.blocks, cast)
        self.heard = sorted((c.start, c.end) for a in attributions for c in a.contents)
        self.laid_out = sorted((c.start, c.end) for a in attributions if a.verbatim for c in a.contents)
        self.starts = [s.start for s in sentences]
        self.firsts = cast.first_named(self.starts)
        self.given = given or {}
        self.before: list[Referent] = []
        self.choices: list[Choice] = []
        self.meant: dict[int, Choice] = {}
        self.seeker = SourceSeeker(document.reading, sentences, attributions, cast, mentions)
        self.sources = self.seeker.find_all()

    def play(self) -> list[Choice]:
        """The choice for every attribution; those without a source last, when all others are known."""
        for attribution, source in zip(self.attributions, self.sources, strict=True):
            referent, sure = self.recall(attribution, source) if source else NOBODY
            self.choices.append((referent, sure if attribution.source else sure * IMPLIED_SURE))
            if referent is not None:
                self.before.append(referent)
        for i, attribution in enumerate(self.attributions):
            if attribution.source is None and self.choices[i][0] is None:
                self.choices[i] = self.who_goes_on(i)
        return self.choices

    def is_within(self, attribution: Attribution) -> bool:
        """Whether it is part of a paraphrase of somebody else's: its cue stands in a content, and before its own."""
        cue = attribution.cue
        last = bisect_right(self.heard, (cue.start, cue.start)) - 1 if cue else -1
        leads = cue is not None and cue.start < attribution.contents[0].start
        return cue is not None and leads and last >= 0 and cue.end <= self.heard[last][1]

    def recall(self, attribution: Attribution, source: Found) -> Choice:
        """Whom the source's words mean: the same one for every attribution that they are the source of."""
        if source.start not in self.meant:
            choice = self.who_says(attribution, source)
            if choice[0] is None:
                return choice
            self.meant[source.start] = choice
        return self.meant[source.start]

    def who_says(self, attribution: Attribution, source: Found) -> Choice:
        """Whom the source's words mean."""
        if source.start in self.given:
            return self.given[source.start], 1.0
        words = self.reading[source.start : source.end]
        if words in {"Q", "A"}:
            speaker = speaker_of_turn(words, source.start, self.cast, self.mentions)
            return (speaker, TURN_SURE) if speaker else NOBODY
        joined = AND_ANOTHER.match(self.reading, source.start, source.end)
        if joined:
            return self.both_of(joined, attribution, source)
        phrase = read_phrase(self.reading, source.start, source.end, self.mentions)
        if phrase is None:
            return NOBODY
        if phrase.form == Form.NAME:
            named, post = self.cast.at(phrase.start), POST_OF.match(words)
            if named is not None and post and is_post(post[1]):
                named.stated |= frozenset(key_of(self.reading[source.start : phrase.start]))
            return named, NAMED_SURE
        if phrase.form == Form.NAMES:
            return self.all_of(phrase), NAMED_SURE
        if phrase.form == Form.PRONOUN:
            return self.behind_pronoun(phrase, attribution)
        return self.behind_noun(phrase, attribution, source)

    def both_of(self, joined: re.Match[str], attribution: Attribution, source: Found) -> Choice:
        """Those of "he and Ann Roe" under both their names."""
        first, share = self.mean_by(joined[1].lower(), source.start, attribution, source=True)
        second, sure = self.who_says(attribution, replace(source, start=joined.end()))
        if first is None or second is None or first is second:
            return (second, sure) if second else NOBODY
        name = join_names([first.name, second.name])
        known = next((r for r in self.cast.unnamed if r.name == name), None)
        both = known or self.cast.add_part(name, SpeakerKind.GROUP, "people", source.start, source.end)
        return both, min(share, sure)

    def all_of(self, phrase: Phrase) -> Referent:
        """Several people who speak together."""
        people = [m for m in phrase.mentions if m.kind != "group"]
        extra, end = [], phrase.start
        for mention in phrase.mentions:
            if mention.kind == "group":
                extra.append(self.reading[end : mention.end].strip(" ,&").removeprefix("and ").strip())
            end = mention.end
        if len(people) == 1 and not extra:
            return self.cast.at(people[0].start) or self.cast.join(people)
        return self.cast.join(people or phrase.mentions, extra if people else ())

    def behind_pronoun(self, phrase: Phrase, attribution: Attribution) -> Choice:
        """Whom a pronoun means."""
        if phrase.head in RELATIVE:
            sentence = self.starts[max(0, bisect_right(self.starts, phrase.start) - 1)] if self.starts else 0
            referent = find_antecedent(self.cast, self.mentions, phrase, sentence)
            holder = self.held_by(referent, phrase, attribution) if referent else None
            return (holder or referent, RELATIVE_SURE) if referent else NOBODY
        if phrase.head in SECOND:
            return NOBODY
        if phrase.head in FIRST:
            return self.who_narrates(phrase.start)
        chosen, share = self.mean_by(phrase.head, phrase.start, attribution, source=True)
        if chosen is not None:
            chosen.add(phrase.start, phrase.end, -1)
            if phrase.head in IT and chosen.kind == SpeakerKind.PERSON and not chosen.male and share > SURE_ENOUGH:
                chosen.kind = SpeakerKind.ORGANIZATION  # the tagger took its name for a person's
        return chosen, share

    def held_by(self, noun: Referent, relative: Phrase, attribution: Attribution) -> Referent | None:
        """Who is called by the noun before a relative pronoun, where the article names him: "the president, who"."""
        last = noun.last_before(relative.start) if noun.entity is None and noun.single else None
        the = THE.search(self.reading, max(0, last[0] - 4), last[0]) if last else None
        source = self.seeker.find_speaking((the.start(), last[1])) if the and last else None
        phrase = read_phrase(self.reading, source.start, source.end, self.mentions) if source else None
        if source is None or phrase is None or phrase.form != Form.NOUN:
            return None
        holder = self.behind_noun(phrase, attribution, source)[0]
        return holder if holder is not None and holder.entity is not None else None

    def mean_by(self, pronoun: str, at: int, attribution: Attribution, source: bool = False) -> Choice:
        """The likeliest referent of a third-person pronoun at code point *at*."""
        if pronoun not in HE | SHE:
            for noun in find_subjects(self.cast, self.sentences, at):
                if pronoun not in IT or not noun.plural:
                    self.cast.add_noun(noun)
        others = self.find_spoken_of(attribution, at) if source else set()
        candidates = self.find_candidates(pronoun, at)
        asked = Asked(pronoun, at, attribution.contents[0].low, self.before, self.heard, self.starts, self.firsts)
        weighed = zip(candidates, gather_evidence(asked, self.cast, candidates), strict=True)
        scores = {r: weigh(e) for r, e in weighed if r not in others}
        best, share = choose(list(scores.values()))
        return (list(scores)[best], share) if best >= 0 else NOBODY

    def find_candidates(self, pronoun: str, at: int) -> list[Referent]:
        """Those whom the pronoun can mean: mentioned not long before, or soon after, or just quoted."""
        found, lately = [], self.before[-2:]
        for referent in self.cast:
            last = referent.last_before(at)
            near = last[0] > at - BEHIND if last else bool(referent.places) and referent.places[0][0] < at + AHEAD
            if not (near or referent in lately) or not fits_pronoun(pronoun, referent):
                continue
            if last is None or not is_addressed(self.reading, last, at):
                found.append(referent)
        return found

    def who_narrates(self, at: int) -> Choice:
        """Who says "I" at code point *at*: whoever is being quoted there; the author is nobody's source."""
        if self.interviewed is not None:
            return (self.interviewed, TURN_SURE) if self.answers(at) else NOBODY
        if not any(s <= at < e for s, e in [*self.heard, *((q.start, q.end) for q in self.quoted)]):
            return NOBODY
        for attribution, choice in zip(self.attributions, self.choices, strict=False):
            if choice[0] is not None and any(c.start <= at < c.end for c in attribution.contents):
                return choice[0], choice[1] * RUNNING_SURE
        return (self.before[-1], RUNNING_SURE) if self.before else NOBODY

    def answers(self, at: int) -> bool:
        """Whether code point *at* stands in a paragraph that asks nothing, or is laid out as an answer."""
        last = bisect_right(self.laid_out, at, key=lambda span: span[0]) - 1
        if last >= 0 and at < self.laid_out[last][1]:
            return True
        return is_answer(self.reading, next((b for b in self.blocks if b.start <= at < b.end), None))

    def behind_noun(self, phrase: Phrase, attribution: Attribution, source: Found) -> Choice:
        """The person or thing that the article says the noun of, or the noun itself."""
        if phrase.head in {"latter", "former"}:
            named = find_of_two(self.cast, phrase)
            return (named, RUNNING_SURE) if named else NOBODY
        whole = is_part(self.reading[source.start : source.end])
        part = find_part(self.cast, self.sentences, source.start, source.end) if whole else None
        if part is not None:
            return part, NOUN_SURE
        counted = (
            find_counted(self.reading, source.start) if is_share(self.reading[source.start : source.end]) else None
        )
        if counted is not None:
            return self.cast.add_noun(counted), NOUN_SURE
        heir, owner = self.find_heir(source.end), self.find_owner(phrase, attribution)
        others = {r for r in (owner[0], self.find_addressed(attribution)) if r} | self.find_spoken_of(
            attribution, source.start
        )
        asked = Named(phrase, attribution.contents[0].low, self.before, heir, frozenset(others))
        withheld = is_withheld(self.reading, source.start, source.end)
        held = None if withheld else holder_of(asked, self.cast, self.starts)
        if held is not None:
            held[0].add(phrase.start, phrase.end, -1)
            held[0].called.add(phrase.head)
            return held
        referent = self.cast.add_noun(phrase)
        if referent.kind in {SpeakerKind.GROUP, SpeakerKind.UNNAMED} and ANONYMITY.search(
            self.reading[source.start : source.end]
        ):
            referent.kind = SpeakerKind.UNNAMED
        self.name_owner(phrase, referent, attribution, owner)
        return referent, NOUN_SURE

    def find_owner(self, phrase: Phrase, attribution: Attribution) -> Choice:
        """Whom the pronoun of "his lawyer" means, who is not the lawyer."""
        owned = OWNER.match(self.reading, phrase.start)
        pronoun = owned[1].lower() if owned else "my"
        return NOBODY if pronoun in FIRST else self.mean_by(pronoun, phrase.start, attribution)

    def find_addressed(self, attribution: Attribution) -> Referent | None:
        """Whom a pronoun right after the cue means, who is spoken to and does not speak: "told her"."""
        cue = attribution.cue
        told = OBJECT.match(self.reading, cue.end) if cue else None
        return self.mean_by(told[1], told.start(1), attribution)[0] if told else None

    def find_spoken_of(self, attribution: Attribution, at: int) -> set[Referent]:
        """Those named right after the cue of a source at code point *at*, or first in its paraphrase: "he told Roe"."""
        names = names_beside(self.reading, attribution, self.mentions, self.quoted, at)
        return {r for m in names if (r := self.cast.at(m.start))}

    def find_named(self, attribution: Attribution) -> set[Referent]:
        """The people named in a content in quotation marks: nobody speaks of himself by name."""
        if attribution.cue is not None or not in_marks(self.quoted, attribution.contents[0].start):
            return set()
        edges = [(c.start, c.end) for c in attribution.contents]
        bounds = [[bisect_left(self.mentions, at, key=START) for at in edge] for edge in edges]
        found = (self.cast.at(m.start) for low, high in bounds for m in self.mentions[low:high])
        return {r for r in found if r is not None and r.kind == SpeakerKind.PERSON}

    def find_heir(self, at: int) -> Referent | None:
        """Who is next quoted by name after code point *at*."""
        for source in self.sources:
            if source is not None and source.start >= at:
                begin, end = source.start, source.end + 1
                low, high = (bisect_left(self.mentions, at, key=START) for at in (begin, end))
                name = next((m for m in self.mentions[low:high] if m.end <= end), None)
                if name is not None:
                    return self.cast.at(name.start)
        return None

    def name_owner(self, phrase: Phrase, referent: Referent, attribution: Attribution, leading: Choice) -> None:
        """Put the owner's name for the pronoun: "her lawyer" as "Ann Roe's lawyer".

        *leading* is whom a pronoun means that the phrase begins with.
        """
        if referent.name.lower().startswith("whose "):
            self.name_antecedent(phrase, referent)
            return
        leads = OWNER.match(referent.name)
        owned = leads or WITHIN.search(referent.name)
        if owned is None:
            return
        pronoun = owned[1].lower()
        if pronoun in FIRST:
            owner, share = self.who_narrates(phrase.start)
        elif leads and leading[0] is not None:
            owner, share = leading
        else:
            owner, share = self.mean_by(pronoun, phrase.start, attribution)
        if owner is not None and share > SURE_ENOUGH and owner is not referent and not OWNER.match(owner.name):
            referent.name = f"{referent.name[: owned.start(1)]}{owner.name}'s {referent.name[owned.end() :]}"

    def name_antecedent(self, phrase: Phrase, referent: Referent) -> None:
        """Put the name before "whose" for it: "Ann Roe, whose lawyers" as "Ann Roe's lawyers"."""
        sentence = self.starts[max(0, bisect_right(self.starts, phrase.start) - 1)]
        owner = find_antecedent(self.cast, self.mentions, replace(phrase, head="whose"), sentence)
        if owner is not None:
            ending = "'" if owner.name.endswith("s") and owner.kind == SpeakerKind.GROUP else "'s"
            referent.name = f"{owner.name}{ending} {referent.name.split(maxsplit=1)[1]}"

    def who_goes_on(self, index: int) -> Choice:
        """Who speaks where no source is named."""
        attribution = self.attributions[index]
        at = attribution.contents[0].start
        turn = next((t for t in self.turns if t[0] <= at < t[1]), None)
        if turn is not None and attribution.cue is None:
            speaker = speaker_of_turn(turn[2], turn[0], self.cast, self.mentions)
            return (speaker, TURN_SURE) if speaker else NOBODY
        if self.interviewed is not None and attribution.cue is None:
            return (self.interviewed, TURN_SURE) if self.answers(at) else NOBODY
        if attribution.cue is not None and is_nobodys(self.reading, attribution.cue.start, attribution.cue.end):
            return NOBODY
        told = (i for i in range(index - 1, -1, -1) if self.choices[i][0])
        before = next((i for i in told if not self.is_within(self.attributions[i])), None)
        after = next((c for c, _ in self.choices[index + 1 : index + 2] if c), None)
        spoken_of = self.find_named(attribution)
        near = before is not None and is_running_on(self.reading, attribution, self.attributions[before], self.quoted)
        previous = self.choices[before][0] if before is not None else None
        begins = attribution.cue is None and in_marks(self.quoted, attribution.contents[0].start)
        name = find_led(self.reading, self.sentences, at, self.mentions, self.heard) if begins else None
        led = self.cast.at(name.start) if name else None
        if led is not None and led not in spoken_of:
            return led, RUNNING_SURE
        if near and attribution.cue is None and previous not in spoken_of:
            return previous, RUNNING_SURE
        shares = link_shares(self.cast, SPEAKER, attribution.contents[0].low)
        shares = {r: share for r, share in shares.items() if r not in spoken_of}
        previous = None if previous in spoken_of else previous
        return weigh_speakers(shares, previous, after, near)
