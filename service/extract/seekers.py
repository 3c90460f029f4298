"""Where the source of each attribution stands: as tagged, or beside its cue where none was."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.extract.mentions import Mention
from service.extract.phrases import Form, read_phrase
from service.extract.records import Sentence
from service.extract.referents import Cast
from service.extract.subjects import implied_source, is_shared, is_speaking, main_subject
from service.extract.tagged import Attribution, Found
from service.extract.values import START

IMPLIED_SURE = 0.8


@dataclass(slots=True)
class SourceSeeker:
    """Finds the words of all sources of one article; ``found`` are those so far."""

    reading: str
    sentences: Sequence[Sentence]
    attributions: Sequence[Attribution]
    cast: Cast
    mentions: Sequence[Mention]
    found: list[Found | None] = field(default_factory=list)

    def find_all(self) -> list[Found | None]:
        """The source of every attribution, in their order."""
        for attribution in self.attributions:
            self.found.append(attribution.source or self.find_implied(attribution))
        return self.found

    def find_implied(self, attribution: Attribution) -> Found | None:
        """The subject of a cue whose source was not tagged, if it is a name, a pronoun or a noun that speaks."""
        cue = attribution.cue
        if cue is None:
            return None
        sentence = self.sentences[max(0, bisect_right(self.sentences, cue.start, key=START) - 1)]
        if is_shared(self.reading, attribution, sentence):
            before = self.source_before(cue.start, sentence)
            return before or self.find_speaking(main_subject(self.reading, sentence, cue.start))
        return self.find_speaking(implied_source(self.reading, attribution, sentence))

    def source_before(self, at: int, sentence: Sentence) -> Found | None:
        """The source of the last attribution before code point *at* whose cue stands in the same sentence."""
        for i in reversed(range(len(self.found))):
            other, source = self.attributions[i], self.found[i]
            if other.contents[-1].end < sentence.start:
                return None
            if source and other.cue and sentence.start <= other.cue.start < at:
                return source
        return None

    def find_speaking(self, words: tuple[int, int] | None) -> Found | None:
        """The words as a source, if they are a name, a pronoun or a noun that speaks."""
        phrase = read_phrase(self.reading, *words, self.mentions) if words else None
        if words is None or phrase is None or (phrase.form == Form.NOUN and not is_speaking(self.reading, phrase)):
            return None
        low, high = self.cast.piece_at(words[0]), self.cast.piece_at(words[1] - 1) + 1
        return Found(low, high, *words, IMPLIED_SURE)
