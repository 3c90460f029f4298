"""Names, titles and phrases of sources. Every sentence and name here was made up for this table."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.called import find_called
from service.extract.entities import Entity, gather
from service.extract.institutions import lengthen_institutions
from service.extract.mention_kinds import mend_kind
from service.extract.mentions import Mention, agree, make_mention
from service.extract.name_spans import cut_after_countries, cut_at_brackets, cut_at_versus, widen
from service.extract.names import count_titles, key_of, match_short, same_person, strip_possessive
from service.extract.phrases import Form, read_phrase
from service.extract.quoted import find_quoted
from service.extract.records import Article, SpeakerKind
from service.extract.sorts import companies
from service.extract.speakers import name_mentions
from service.extract.text import read
from tests.extract.test_speakers import lay

Marked = tuple[str, tuple[Mention, ...]]


def mark(text: str) -> Marked:
    """The plain text and the mentions of ``[p Ann Roe]``: p a person, o an organisation, l a place, g a group."""
    kinds = {"p": "person", "o": "organization", "l": "place", "g": "group"}
    plain = ""
    found: list[Mention] = []
    for piece in text.split("["):
        if not found and not plain and piece == text.split("[")[0]:
            plain += piece
            continue
        inside, _, after = piece[2:].partition("]")
        made = make_mention(plain + inside, len(plain), len(plain) + len(inside), kinds[piece[0]])
        assert made is not None
        found.append(made)
        plain += inside + after
    return plain, tuple(found)


def names_of(entities: tuple[Entity, ...]) -> list[str]:
    return [e.name for e in entities]


ENTITIES = [
    # a name cut short later
    ("[p Keir Starmer] arrived. [p Starmer] waved, and [p Sir Keir] sat down.", ["Keir Starmer"]),
    # letters after it
    ("[p Marian Roe KC] rose. [p Ms Roe] bowed to [p Dr Jo Lind PhD].", ["Marian Roe", "Jo Lind"]),
    # the full form comes last
    ("“No,” said [p Okafor]. Officer [p Ngozi Okafor] then left.", ["Ngozi Okafor"]),
    # an initial with its title
    ("[p Mrs B] spoke, and [p B] wept.", ["Mrs B"]),
    # particles
    ("[p Ursula von der Leyen] spoke. Later [p von der Leyen] left; [p Leyen] did not stay.", ["Ursula von der Leyen"]),
    ("[p Mohammed bin Salman] hosted. [p Prince Mohammed] smiled at [p bin Salman]’s guests.", ["Mohammed bin Salman"]),
    # family name first
    ("[p Tran Van Minh] signed. [p Tran] thanked them.", ["Tran Van Minh"]),
    # hyphens, and a given name alone
    (
        "[p Marie-Claire Dubois-Petit] won. [p Dubois-Petit] cheered. [p Marie-Claire] wept.",
        ["Marie-Claire Dubois-Petit"],
    ),
    # a name cut short: the company itself rather than a daughter, and no longer name that it only owns
    ("[o Harbour Inc] grew. [o Harbour Wind Power] did. [o Harbour] is glad.", ["Harbour Inc", "Harbour Wind Power"]),
    ("[o Harbour] grew. [o Harbour’s Wind Power] is glad.", ["Harbour", "Harbour’s Wind Power"]),
    ("[o HWP Tidal] grew. [o HWP Tidal] hired. [o HWP] is glad.", ["HWP Tidal"]),
    # nor is the host of an event the event
    ("The [o Clean Harbour Festival] opened. [o Clean Harbour] is glad.", ["Clean Harbour Festival", "Clean Harbour"]),
    # an agency in brackets after a dateline is no short name of the place
    ("[l LEEDS] ([o AP]) Rain fell. [o AP] was there.", ["LEEDS", "AP"]),
    # titles are no part of the name
    ("[p Sen. Joy Abara] met [p Dr. Lee Song]. [p Mr. Song] agreed.", ["Joy Abara", "Lee Song"]),
    # two of one surname, told apart by their titles
    ("[p Mr. Paul Ivers] and [p Mrs. Jane Ivers] came. [p Mrs. Ivers] spoke.", ["Paul Ivers", "Jane Ivers"]),
    # a couple with one surname between them
    ("[p Jim] and [p Jane Hollis] own the farm. [p Jim] milks.", ["Jim Hollis", "Jane Hollis"]),
    # father and son
    ("[p Carl Munro] and [p Carl Munro Jr.] run it.", ["Carl Munro", "Carl Munro Jr."]),
    ("[p Omar Said Abu Harun] buried [p Omar Zaid Abu Harun].", ["Omar Said Abu Harun", "Omar Zaid Abu Harun"]),
    # short forms of first names and initials
    ("[p Joseph Q. Harlan] won; [p Joe Harlan] had trailed.", ["Joseph Q. Harlan"]),
    # possessives
    ("[p Petra Merz’s] plan failed. [p Merz]'s rivals cheered.", ["Petra Merz"]),
    # acronyms: stated, and by initials
    ("The [o National Grange] (NG) met. The [o NG] voted.", ["National Grange"]),
    ("The [o Federal Aviation Bureau] ruled. [o FAB] is small.", ["Federal Aviation Bureau"]),
    ("The [o U.S. Timber Survey] met. [o USTS] is small.", ["U.S. Timber Survey"]),
    # … and what is made of the beginnings of its words
    ("The [o Calder Bridge Authority] (Calbridge) met. [o Calbridge] voted.", ["Calder Bridge Authority"]),
    # an acronym that its brackets spell out
    (
        "[o OBR] ([o Office of Bridges and Roads]) ruled. [o OBR] is small.",
        ["Office of Bridges and Roads"],
    ),
    ("The [o North Sea Union] (EN) met. The [g EN] voted.", ["North Sea Union"]),
    # an organisation cut short
    ("[o Brightwater Holdings] fell. [o Brightwater] sold two mills.", ["Brightwater Holdings"]),
    # … to the noun in its name, if no other has it
    ("The [o Federal Fishery Board] met. The [o Board] voted.", ["Federal Fishery Board"]),
    ("[o Fishery Board], [o Mill Board]: the [o Board] voted.", ["Fishery Board", "Mill Board", "Board"]),
    # … or to what stands in the midst of it, not to its end
    ("The [o Harby Green Cross Society] dug. The [o Green Cross] rested.", ["Harby Green Cross Society"]),
    ("The [o HB Harbour News] wrote. The [o Harbour News] did not.", ["HB Harbour News", "Harbour News"]),
    # metonyms stay as they are named
    ("[l Downing Street] denied it. The [l Kremlin] laughed.", ["Downing Street", "Kremlin"]),
    # a pope and a queen go by one name
    ("[p Pope Linus] prayed. [p Linus] wept.", ["Pope Linus"]),
    # a surname that the tagger once took for a firm
    ("[p Dana Whitlock] sued. [o Whitlock] said so.", ["Dana Whitlock"]),
]


def test_a_bracket_that_opens_in_a_name_ends_it() -> None:
    text = "Harbour Watch (HW) met Roe (Watch)."
    spans = [(0, 17, "organization"), (23, 34, "organization")]
    assert [text[s:e] for s, e, _ in cut_at_brackets(text, spans)] == ["Harbour Watch", "HW", "Roe (Watch)"]


def test_what_stands_before_a_name_shows_it_to_be_one() -> None:
    text = "Mr. King and Ms Bo Roe asked Mr. President; the think-tank CERA, the union FLR said, the company CEO said."
    assert [text[s:e] for s, e, _ in find_called(text, [])] == ["King", "Bo Roe", "CERA", "FLR"]
    assert [text[s:e] for s, e, _ in find_called(text, [(4, 8)])] == ["Bo Roe", "CERA", "FLR"]
    named = [make_mention(text, 4, 8, "person"), make_mention("The King left", 4, 8, "person")]
    assert [m.text if m else None for m in named] == ["King", None]


def test_two_names_joined_by_an_ampersand_are_a_firm() -> None:
    reading, (firm, person) = mark("[p Harlan & Stowe] told [p Ann Roe].")
    assert [mend_kind(reading, m).kind for m in (firm, person)] == ["organization", "person"]


def test_the_country_somebody_is_sent_to_is_no_part_of_the_name() -> None:
    text = "Ambassador to Narvia Ann Roe spoke to Ann Marie Roe."
    spans = [(14, 28, "person"), (38, 51, "person")]
    cut = [(text[s:e], kind) for s, e, kind in cut_after_countries(text, spans)]
    assert cut == [("Narvia", "place"), ("Ann Roe", "person"), ("Ann Marie Roe", "person")]


def test_a_paper_in_quotation_marks_is_named_but_a_heading_is_not() -> None:
    text = "Roe read it.\n\n“Harbour Act”\n\nThe “Rivers Act” is old.\n\n“Mill Act” is new."
    document = read(Article(text))
    quoted = find_quoted(document.reading, document.blocks)
    found = name_mentions(document, [], lay(document.reading, [], []), quoted)
    assert [m.text for m in found] == ["Rivers Act", "Mill Act"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The [o Harbour Energy] fell; shares in [p Harbour] rose.", "organization"),
        ("[p Harbour] met [o Harbour Energy].", "person"),  # the full name comes first
        ("[o Harbour Energy] met [p Ann Harbour]; [p Harbour] left.", "person"),
        ("[o Harbour Trains] is late. [p Harbour] denied it.", "organization"),
        ("[o Harbour Trains] is late. [p Mr Harbour] sold, and [p Harbour] denied it.", "person"),
        ("[p Harbour] denied it. [o Harbour Trains] is late.", "person"),
    ],
)
def test_a_firm_cut_short(text: str, kind: str) -> None:
    found = companies(mark(text)[1])
    assert {m.kind for m in found if m.text == "Harbour"} == {kind}


def test_of_two_with_one_surname_the_title_tells_who_is_meant() -> None:
    reading, mentions = mark("[p President Bo Roe] met [p Ann Roe]. [p President Roe] left.")
    held = {e.name: len(e.mentions) for e in gather(reading, agree(mentions))}
    assert held == {"Bo Roe": 2, "Ann Roe": 1}


@pytest.mark.parametrize(("text", "names"), ENTITIES, ids=[n[0] for _, n in ENTITIES])
def test_entities(text: str, names: list[str]) -> None:
    reading, mentions = mark(text)
    assert names_of(gather(reading, agree(mentions))) == names


PHRASES = [
    ("[p Ann Roe]", Form.NAME, "Ann Roe"),
    ("[p Ann Roe]’s", Form.NAME, "Ann Roe"),
    ("former mayor [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("[p Ann Roe], 43, a teacher from [l Ulm],", Form.NAME, "Ann Roe"),
    ("The prime minister, [p Ann Roe],", Form.NAME, "Ann Roe"),
    ("[o Harbour Trust] chairman [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("Rep. [p Bo Dell]’s chief of staff, [p Ann Roe],", Form.NAME, "Ann Roe"),
    ("State of [l Carra] Attorney General [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("supporters of [l Carra] Governor [p Ann Roe]", Form.NOUN, "supporters of Carra Governor Ann Roe"),
    ("a bearded man named [p Ron]", Form.NAME, "Ron"),
    ("the advocacy group [o Clean Rivers]", Form.NAME, "Clean Rivers"),
    ("by [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("[p Jim] and [p Jane Roe]", Form.NAMES, "Jim and Jane Roe"),
    ("two councillors, [p Ann Roe] and [p Bo Dell],", Form.NAMES, "Ann Roe and Bo Dell"),
    (
        "[p Fell]’s rivals, Sens. [p Ann Roe] of [l Ohio] and [p Bo Dell] of [l Iowa]",
        Form.NAMES,
        "Ann Roe of Ohio and Bo Dell",
    ),
    (
        "Envoy [p Ann Roe] and visiting U.S. secretary of state [p Bo Dell]",
        Form.NAMES,
        "Ann Roe and visiting U.S. secretary of state Bo Dell",
    ),
    ("[p Ann Roe], a co-author with [p Bo Dell],", Form.NAME, "Ann Roe"),
    ("[p Ann Roe], who worked with mayor [p Bo Dell]", Form.NAME, "Ann Roe"),
    ("A readout provided by the ministry", Form.NOUN, "readout"),
    ("who", Form.PRONOUN, "who"),
    ("he himself", Form.PRONOUN, "he himself"),
    ("Party favourite and former secretary of state [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("the driver of actress [p Ann Roe]", Form.NOUN, "driver of actress Ann Roe"),
    ("82 percent of whom", Form.PRONOUN, "82 percent of whom"),
    ("a host if the tide", Form.NOUN, "host"),
    ("a person familiar with the talks", Form.NOUN, "person familiar with the talks"),
    ("two people briefed on the plan", Form.NOUN, "two people briefed on the plan"),
    ("The statement", Form.NOUN, "statement"),
    ("his lawyer", Form.NOUN, "his lawyer"),
    ("47 percent of likely voters", Form.NOUN, "likely voters"),
    ("Thirty-one percent of those surveyed", Form.NOUN, "those surveyed"),
    ("A survey of 20,000 pupils", Form.NOUN, "survey"),
    ("A [o Tribune] poll released on Friday", Form.NOUN, "Tribune poll"),
    ("data reviewed by the [o Tribune]", Form.NOUN, "data"),
    ("A new study examining the tides", Form.NOUN, "new study"),
    ("emails unearthed in the cellar", Form.NOUN, "emails"),
    ("the most recent polling in [l Carra]", Form.NOUN, "most recent polling in Carra"),
    ("Harbour residents contacted by the paper", Form.NOUN, "Harbour residents"),
    ("[g Republicans] running for a seat", Form.NAME, "Republicans"),
    ("the bald, 71-year-old diplomat", Form.NOUN, "bald, 71-year-old diplomat"),
    ("three polls, including one from [o Harbour College]", Form.NOUN, "three polls"),
    ("two councillors, among them [p Ann Roe]", Form.NOUN, "two councillors"),
    ("A [o Tribune] poll in March", Form.NOUN, "Tribune poll"),
    ("A [o Tribune] story published in March", Form.NAME, "Tribune"),
    ("a [o Commission on Rivers] 2008 report", Form.NOUN, "Commission on Rivers 2008 report"),
    ("The green paper titled “Rivers”", Form.NOUN, "green paper"),
    ("a Danish official who was not authorized to speak", Form.NOUN, "Danish official"),
    ("three sources who spoke to the paper", Form.NOUN, "three sources"),
    ("an armed group loyal to the deposed king", Form.NOUN, "armed group"),
    (
        "organisers of the marches that filled the old town for three days in a row",
        Form.NOUN,
        "organisers of the marches",
    ),
    ("the [o Il Faro] online news site", Form.NAME, "Il Faro"),
    ("OSLO (Newswire) - Banker [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("a 2013 study by economists [p Ann Roe] and [p Bo Dell]", Form.NAMES, "Ann Roe and Bo Dell"),
    ("The [g EU]", Form.NAME, "EU"),
    (
        "opposition councillors and many ordinary [g Carrans]",
        Form.NOUN,
        "opposition councillors and many ordinary Carrans",
    ),
    ("The Vermont [g Republican]", Form.NOUN, "Vermont Republican"),
    ("The [g Americans]", Form.NAME, "Americans"),
    ("Minister of Trade and Ports [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("Carran Ambassador to [l Narvia] [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("spokesman of the country's ferry ministry [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("[p Lind]'s security adviser [p Ann Roe] former navy commandant", Form.NAME, "Ann Roe"),
    ("an aide to Mayor [p Ann Roe]", Form.NOUN, "aide to Mayor Ann Roe"),
    ("[l Narvia]'s [o Weather Service] (NWS)", Form.NAME, "Weather Service"),
    ("a spokesman for [l Narvia]'s [o Weather Service] (NWS)", Form.NOUN, "spokesman for Narvia's Weather Service"),
    ("[p Ann Roe] a baker from Ulm", Form.NAME, "Ann Roe"),
    ("a tearful [p Roe] following the vote", Form.NAME, "Roe"),
    ("[o Roe Holdings Corp] ROEH.L", Form.NAME, "Roe Holdings Corp"),
    # a participle left over when the rest was cut
    (
        "one baker included in January on a long list of people who were to be asked about the ferry",
        Form.NOUN,
        "baker",
    ),
    ("the [l Tarn], [l Narvia]-based snack maker", Form.NOUN, "Tarn, Narvia-based snack maker"),
    ("the accountant, her cousin [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("the driver, his cousin [p Ann Roe], and a child", Form.NOUN, "driver"),
    ("his Narvian shadow, [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("one of them, [p Ann Roe]", Form.NAME, "Ann Roe"),
    ("Council leader [p Ann Roe] (Ind)", Form.NAME, "Ann Roe"),
    ("Council leader [p Ann Roe] (SNP)", Form.NAME, "Ann Roe"),
    ("the members of the family", Form.NOUN, "members of the family"),
    ("the bakers who attended", Form.NOUN, "bakers who attended"),
    ("the states’ lawyers supporting [p Ann Roe]", Form.NOUN, "states’ lawyers supporting Ann Roe"),
]


@pytest.mark.parametrize(("text", "form", "words"), PHRASES, ids=[t for t, _, _ in PHRASES])
def test_phrases(text: str, form: Form, words: str) -> None:
    reading, mentions = mark(text)
    phrase = read_phrase(reading, 0, len(reading), mentions)
    assert phrase is not None
    assert (phrase.form, reading[phrase.start : phrase.end]) == (form, words)


INSTITUTIONS = [
    ("the [Office] for the [Coordination of Relief] said", ["Office for the Coordination of Relief"]),
    ("the [Centre] for Hydro-[thermal Power] on Friday", ["Centre for Hydro-thermal Power"]),
    ("the [U.S. Court of Appeals] for the 9th Circuit", ["U.S. Court of Appeals for the 9th Circuit"]),
    ("the [Ministry of Health], Sport and Youth asked", ["Ministry of Health, Sport and Youth"]),
    ("the [Central Council of Bakers] in [Denmark]", ["Central Council of Bakers in Denmark"]),
    ("[OBR] (Office of [Bridges and Roads]) said", ["OBR", "Office of Bridges and Roads"]),
    ("[AB] (A) and [ABA] (A) met the [Harbour Board]", ["AB", "ABA", "Harbour Board"]),
    ("The [Harbour Gazette of] [Hull]", ["Harbour Gazette", "Hull"]),
    ("the [Ministry] on Monday and the [Harbour Trust] in [Ulm]", ["Ministry", "Harbour Trust", "Ulm"]),
    ("[Marble Harbour Capital] LP and [Wharf].com Inc", ["Marble Harbour Capital LP", "Wharf.com Inc"]),
    ("[Roe Holdings Corp ROEH.L] fell, [Roe Holdings] said", ["Roe Holdings Corp", "Roe Holdings"]),
    ("[Roe Holdings Corp ROEH].L fell, [Harbour NB] did not", ["Roe Holdings Corp", "Harbour NB"]),
    ("the [Harbour Relief] Agency and the [Roe] Campaign", ["Harbour Relief Agency", "Roe"]),
    ("Carra’s Trade, [Rivers] and [Harbour] Board said", ["Trade, Rivers and Harbour Board"]),
    ("the [Data Commissioner]’s Office and [Harbour]’s Office", ["Data Commissioner’s Office", "Harbour"]),
    ("Carra’s Agency for the Study and Care of Rivers (BPSK) said", ["Agency for the Study and Care of Rivers"]),
    ("the [Centre for Hydro]-Thermal Forecasting said", ["Centre for Hydro-Thermal Forecasting"]),
    ("the [Union for Rowing Co]-operation and Drill counts", ["Union for Rowing Co-operation and Drill"]),
    ("the [Bank of Carra] President and the [Guild of Bakers] Monday", ["Bank of Carra", "Guild of Bakers"]),
    ("[Black Oar] in the [Carrian Bay] said", ["Black Oar in the Carrian Bay"]),
    ("[Black Oar] in the Harbour Bay said", ["Black Oar"]),
    ("the 7th Circuit and the 2nd Circuit Court of Appeals", ["7th Circuit", "2nd Circuit Court of Appeals"]),
    ("[Friends] of the [Estuary] and [Parents] said", ["Friends of the Estuary", "Parents"]),
    ("the [Mill], Ms. Roe of the Harbour and Rivers Agency (HRA) said", ["Mill"]),
]


@pytest.mark.parametrize(("text", "names"), INSTITUTIONS, ids=[n[0] for _, n in INSTITUTIONS])
def test_institutions(text: str, names: list[str]) -> None:
    reading, spans = "", []
    for piece in text.split("]"):
        plain, _, name = piece.partition("[")
        reading += plain + name
        if name:
            spans.append((len(reading) - len(name), len(reading), "organization"))
    assert [reading[s:e] for s, e, _ in lengthen_institutions(reading, spans)] == names


KINDS = [
    ("officials", SpeakerKind.GROUP),
    ("a spokesman for the ministry", SpeakerKind.UNNAMED),
    ("the ministry", SpeakerKind.ORGANIZATION),
    ("the ministry of trade", SpeakerKind.ORGANIZATION),
    ("the report", SpeakerKind.DOCUMENT),
    ("the Paris declaration", SpeakerKind.DOCUMENT),
    ("court documents", SpeakerKind.DOCUMENT),
    ("researchers at two universities", SpeakerKind.GROUP),
    ("a person close to the family", SpeakerKind.UNNAMED),
    ("a 15-year-old", SpeakerKind.UNNAMED),
    ("32%", SpeakerKind.GROUP),
    ("some", SpeakerKind.GROUP),
]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[t for t, _ in KINDS])
def test_kinds_of_nouns(text: str, kind: SpeakerKind) -> None:
    phrase = read_phrase(text, 0, len(text), ())
    assert phrase is not None
    assert phrase.kind == kind


WORDS = st.text(st.sampled_from("aAbÉéø’'.- 1Љ中ﬁ\u0301"), min_size=0, max_size=30)


@given(WORDS, WORDS)
def test_a_name_matches_itself_and_matching_is_even_handed(first: str, second: str) -> None:
    a, b = key_of(first), key_of(second)
    assert same_person(a, a)
    assert same_person(a, b) == same_person(b, a)
    assert match_short(a, a) == (3 if a else 0)
    assert 0 <= match_short(a, b) <= 3


@given(st.text(st.sampled_from("AbO .,()-’'ofr"), max_size=40), st.integers(0, 30), st.integers(1, 9))
def test_institutions_of_any_text_are_spans_in_order(text: str, start: int, size: int) -> None:
    spans = [(start, start + size, "organization")] if start + size <= len(text) else []
    found = lengthen_institutions(text, spans)
    assert all(0 <= s < e <= len(text) for s, e, _ in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))


@given(st.lists(st.sampled_from(["Sir", "Dr.", "Roe", "von", "Senator", "O’Hara", "King"]), min_size=1, max_size=6))
def test_the_last_word_of_a_name_is_no_title(words: list[str]) -> None:
    assert 0 <= count_titles(words) < len(words)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_widening_stays_inside_the_text_and_keeps_the_span(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    if start < end:
        low, high = widen(text, start, end)
        assert 0 <= low <= start <= end <= high <= len(text)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_phrases_of_any_text_lie_inside_it(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    phrase = read_phrase(text, start, end, ()) if start < end else None
    assert phrase is None or 0 <= phrase.start <= phrase.end <= len(text)


@given(st.text(max_size=80), st.sampled_from(["person", "organization"]))
def test_a_mention_is_its_text(text: str, kind: str) -> None:
    made = make_mention(text, 0, len(text), kind)
    assert made is None or text[made.start : made.end] == made.text


@pytest.mark.parametrize(
    ("text", "plain"), [("Roe's", "Roe"), ("the judges’", "the judges"), ("Hughes", "Hughes"), ("US's", "US")]
)
def test_possessives(text: str, plain: str) -> None:
    assert strip_possessive(text) == plain


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Roe v. Lind", ["Roe", "Lind"]),
        ("Ann Roe vs. Bo Lind", ["Ann Roe", "Bo Lind"]),
        ("Ann V. Roe", ["Ann V. Roe"]),
    ],
)
def test_the_two_of_a_case_are_two_people(text: str, names: list[str]) -> None:
    assert [text[s:e] for s, e, _ in cut_at_versus(text, [(0, len(text), "person")])] == names
    assert [text[s:e] for s, e, _ in cut_at_versus(text, [(0, len(text), "organization")])] == [text]
