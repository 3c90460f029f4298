"""Pages written for these tests after what content systems and office programs really put out.

``NAME.html`` is the page, ``NAME.txt`` its text as a reader sees it (read against the page in a browser),
``NAME.tsv`` the role of each sentence. Provenance: the markup habits of Gutenberg and the classic editor
(WordPress), Ghost 5 cards, Superdesk, Drupal 10, Medium and Substack exports, AMP, TownNews-like bodies,
Google Docs and Word pastes, a PDF-to-HTML converter, an e-mail newsletter; all words are ours.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))


def read_page(name: str) -> str:
    """The markup of a page."""
    return (FOLDER / f"{name}.html").read_text(encoding="utf-8")


def read_text_of(name: str) -> str:
    """What a reader sees of it."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def read_roles_of(name: str) -> list[tuple[str, str]]:
    """The role and the words of each of its sentences."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]
