"""Roles as the article states them. Every sentence here was made up for this table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.mentions import Mention
from service.extract.posts import best_post, find_posts

POSTS = [
    # before the name
    (
        "NATO Secretary-General and former Dutch Prime Minister Ann Roe said so.",
        "NATO Secretary-General and former Dutch Prime Minister",
    ),
    ("“Yes,” said spokesman Ann Roe.", "spokesman"),
    ("It was chief executive Ann Roe who left.", "chief executive"),
    ("She told Harbour Trust chairman Ann Roe to wait.", "Harbour Trust chairman"),
    ("Sen. Ann Roe voted no.", "Sen."),
    ("Harlan & Stowe analyst Ann Roe wrote a note.", "Harlan & Stowe analyst"),
    ("U.S. Secretary of State Ann Roe flew home.", "U.S. Secretary of State"),
    ("The wildlife biologist Ann Roe agrees.", "wildlife biologist"),
    ("The mayor’s communications director Ann Roe declined.", "mayor’s communications director"),
    ("When President Ann Roe spoke, they left.", "President"),
    ("Former head of the navy Ann Roe objects.", "Former head of the navy"),
    ("“Night Shift” host Ann Roe laughed.", "“Night Shift” host"),
    ("It was signed by Mayor Ann Roe's rival. She told Ann Roe so.", "Mayor"),
    ("A spokeswoman for Mayor Ann Roe declined.", "Mayor"),
    ("A rival of Ann Roe said no.", None),
    ("She will unseat Senator Ann Roe.", "Senator"),
    ("I commend President Ann Roe.", "President"),
    ("He stood beside Harbour Minister Ann Roe.", "Harbour Minister"),
    ("In a letter to residents its managing director, Ann Roe, wrote no.", "managing director"),
    ("In a letter to residents its new ferry, Ann Roe, was shown.", None),
    ("The interview\n\nBakery owner Ann Roe shows a loaf.", "Bakery owner"),
    ("Former Harbour Secretary of State and Ann Roe split it.", None),
    # beside the name
    ("Ann Roe, the EU's defence commissioner, warned them.", "EU's defence commissioner"),
    ("Ann Roe, 43, a teacher from Ulm, said no.", "teacher from Ulm"),
    ("Ann Roe, 67, a retired docker, told reporters.", "retired docker"),
    ("Ann Roe, an economist at Delft, told reporters.", "economist at Delft"),
    ("Ann Roe, 61, a retired mate waiting for the last boat, said no.", "retired mate waiting for the last boat"),
    ("“No,” said Ann Roe, who heads the Harbour Trust.", "heads the Harbour Trust"),
    ("Detective Sergeant Ann Roe, who led the inquiry, sighed.", "Detective Sergeant"),
    ("Ann Roe, who is the director of a zoo, sighed.", "director of a zoo"),
    ("So said Ann Roe — a retired judge — at once.", "retired judge"),
    ("Ann Roe (chair of the panel) abstained.", "chair of the panel"),
    ("Ann Roe, a strategist for Mrs. Lind's 2008 campaign, said no.", "strategist for Mrs. Lind's 2008 campaign"),
    ("Ann Roe, president of the U.S. Harbour League, said no.", "president of the U.S. Harbour League"),
    ("Ann Roe, a welder in Wick, Va., said no.", "welder in Wick"),
    ("Ann Roe, harbour minister when it sank, said no.", "harbour minister"),
    ("Ann Roe, then a judge, said no.", "judge"),
    ("One is Ann Roe, a baker today who once sailed.", "baker"),
    ("Ann Roe, who owns a forge and donated $2,400, said no.", "owns a forge"),
    ("Ann Roe, host of the show “Night Shift,” said no.", "host of the show “Night Shift,”"),
    ("Ann Roe, an aide to Senator Bob Doe, said no.", "aide to Senator Bob Doe"),
    ("That, said Ann Roe, could see the general leave.", None),
    ("Ann Roe, flanked by a judge, said no.", None),
    ("Ann Roe, soothing a bawling teenager, said no.", None),
    ("Senator Ann Roe, Democrat of Maine, said no.", "Senator"),
    ("Representative Ann Roe, the top Democrat on the fish panel, said no.", "top Democrat on the fish panel"),
    # before the name and a comma
    ("The prime minister, Ann Roe, said no.", "prime minister"),
    ("The bank's chief economist, Ann Roe, is gloomy.", "chief economist"),
    ("Tarn's chief economist, Ann Roe, is gloomy.", "Tarn's chief economist"),
    ("The mayor's sister, Ann Roe, is gloomy.", "mayor's sister"),
    ("Neither I nor the whip, nor the chair, Ann Roe, left.", "chair"),
    ("In an executive order, Ann Roe founded it.", None),
    ("Ann Roe, former mayor of Wick, left. His daughter, Ann Roe, wept.", "former mayor of Wick"),
    ("“No,” said the senior author, Dr Ann Roe.", "senior author"),
    ("“No,” said the senior author, Prof. Dr. Ann Roe.", "senior author"),
    ("“No,” said the senior author, Professor Ann Roe.", "senior author"),
    ("“No,” said the hospice's founder, Sister Ann Roe.", "founder"),
    # held no more
    ("Its director, former tram driver Dame Ann Roe, told members so.", "director"),
    ("Ann Roe, director of the museum, spoke. Former curator of the museum Ann Roe left.", "director of the museum"),
    ("Former tram driver Ann Roe said no.", "Former tram driver"),
    ("After seeing the finance minister, President Ann Roe left.", "President"),
    ("Former president Ann Roe left. President Ann Roe had signed it.", "Former president"),
    # with "is"
    ("Ann Roe is the founder of the site.", "founder of the site"),
    # no role
    ("Ann Roe said no.", None),
    ("Mr. Ann Roe said no.", None),
    ("In Ulm, Ann Roe laughed, a cup in hand.", None),
    ("Yesterday Ann Roe was ill.", None),
]


def mention_in(text: str, name: str = "Ann Roe") -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, "person")


@pytest.mark.parametrize(("text", "role"), POSTS, ids=[t[:40] for t, _ in POSTS])
def test_roles(text: str, role: str | None) -> None:
    post = best_post(list(find_posts(text, [mention_in(text)], [])))
    assert (post.text if post else None) == role
    assert post is None or text[post.start : post.end] == post.text


def test_the_tagged_source_tells_where_the_phrase_ends() -> None:
    text = "Ann Roe, professor of law at Leiden, in Holland, said so."
    post = best_post(list(find_posts(text, [mention_in(text)], [(0, text.index(", said"))])))
    assert post is not None
    assert post.text == "professor of law at Leiden, in Holland"


def test_a_tagged_source_holds_the_whole_of_an_office() -> None:
    text = "Yes, said head of the ferry ministry Ann Roe."
    post = best_post(list(find_posts(text, [mention_in(text)], [(10, len(text) - 1)])))
    assert post is not None
    assert post.text == "head of the ferry ministry"


@pytest.mark.parametrize("paper", ["A letter from", "The report by"])
def test_whose_paper_it_is_has_the_role_without_the_paper(paper: str) -> None:
    text = f"{paper} the trust's chairman, Ann Roe, is gloomy."
    post = best_post(list(find_posts(text, [mention_in(text)], [(0, text.index(", is"))])))
    assert post is not None
    assert post.text == "chairman"


def test_a_source_set_beside_a_name_is_somebody_else() -> None:
    text = "After meeting Ann Roe, the mayor stated that it rained."
    source = text.index("the mayor"), text.index(" stated")
    assert not list(find_posts(text, [mention_in(text)], [source]))
    assert list(find_posts(text, [mention_in(text)], []))


@given(st.text(max_size=60), st.text(max_size=60))
def test_roles_around_any_text_are_spans_of_it(before: str, after: str) -> None:
    text = f"{before}Ann Roe{after}"
    mention = Mention(len(before), len(before) + 7, "Ann Roe", "person")
    for post in find_posts(text, [mention], []):
        assert text[post.start : post.end] == post.text != ""
