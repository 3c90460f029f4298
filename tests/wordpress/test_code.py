"""The plugin's files by themselves: PHP that parses, and as much of WordPress's style as PHP_CodeSniffer knows."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from service import __version__
from tests.wordpress.conftest import leave_out
from tests.wordpress.sites import FILES, PLUGIN, find_missing


def test_every_file_is_php() -> None:
    leave_out([package for package in find_missing() if package == "php-cli"])
    files = sorted([*PLUGIN.rglob("*.php"), *FILES.glob("*.php")])
    assert len(files) >= 9
    for path in files:
        done = subprocess.run(["php", "-l", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_the_style_is_that_of_wordpress() -> None:
    if not shutil.which("phpcs"):
        leave_out(["php-codesniffer"])
    done = subprocess.run(
        ["phpcs", "-q", "--report=emacs"], cwd=PLUGIN.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_file_runs_by_itself() -> None:
    for path in PLUGIN.rglob("*.php"):
        assert re.search(
            r"defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;", path.read_text(encoding="utf-8")
        ), path


def test_the_version_is_one() -> None:
    text = (PLUGIN / "ascribe.php").read_text(encoding="utf-8")
    assert re.findall(r"Version: +(\S+)", text) == re.findall(r"const VERSION = '(.+)'", text) == [__version__]


@pytest.mark.parametrize("word", ["License:           GPL-2.0-or-later", "License URI:", "Text Domain:       ascribe"])
def test_the_header_states_licence_and_text_domain(word: str) -> None:
    assert word in (PLUGIN / "ascribe.php").read_text(encoding="utf-8")


def test_every_sentence_can_be_translated() -> None:
    catalogue = (PLUGIN / "languages" / "ascribe.pot").read_text(encoding="utf-8")
    entries = re.findall(r'^msgid ((?:".*"\n)+)', catalogue, re.MULTILINE)
    known = {"".join(re.findall(r'"(.*)"', entry)) for entry in entries}
    call = re.compile(r"\b(?:__|_x|esc_html__|esc_html_e|esc_attr__)\( '((?:[^'\\]|\\.)+)'")
    for path in [*PLUGIN.rglob("*.php"), *PLUGIN.rglob("*.js")]:
        for words in call.findall(path.read_text(encoding="utf-8")):
            assert words in known, f"{path.name}: {words}"
