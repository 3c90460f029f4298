"""The fenced snippets of the README: what runs them, what they print.

A fence of a language that is known here is run as it stands, but for the service's address. The fence right behind
it, ``text`` or ``json``, is what it prints. A fence with the word ``setup`` behind its language is not run: it would
install something, or need what a machine may not have.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
ADDRESS = "http://127.0.0.1:8000"
SETUP = "setup"
_FENCE = re.compile(r"^```(\w*)[ ]*([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OUTPUTS = ("text", "json")
COMMANDS = {
    "sh": ("sh", "-e"),
    "python": (sys.executable, "-"),
    "js": ("node", "--input-type=module", "-"),
    "php": ("php",),
}
_NUMBER = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """One fence: its language and the words behind it, its lines, where it begins, what it is shown to print."""

    language: str
    words: tuple[str, ...]
    code: str
    line: int
    output: str | None = None
    place: tuple[int, int] = (0, 0)

    @property
    def runs(self) -> bool:
        """Whether it is run."""
        return self.language in COMMANDS and SETUP not in self.words

    @property
    def name(self) -> str:
        """How a test calls it."""
        return f"{self.language}-{self.line}"


def read_snippets(text: str) -> Iterator[Snippet]:
    """Every fence of *text* that is no output, in order."""
    fences = list(_FENCE.finditer(text))
    printed = {one: other for one, other in pairwise(fences) if _prints(text, one, other)}
    for fence in fences:
        if fence not in printed.values():
            yield _make(text, fence, printed.get(fence))


def _make(text: str, fence: re.Match[str], output: re.Match[str] | None) -> Snippet:
    line = text.count("\n", 0, fence.start()) + 1
    snippet = Snippet(fence[1], tuple(fence[2].split()), fence[3], line)
    return replace(snippet, output=output[3], place=output.span(3)) if output else snippet


def _prints(text: str, fence: re.Match[str], following: re.Match[str]) -> bool:
    """Whether *following* shows what *fence* prints."""
    beside = not text[fence.end() : following.start()].strip()
    return beside and following[1] in _OUTPUTS and _make(text, fence, None).runs


def find_command(snippet: Snippet) -> str | None:
    """The program that runs *snippet*; ``None`` where the machine has none."""
    return shutil.which(COMMANDS[snippet.language][0])


def run_snippet(snippet: Snippet, address: str, data: Path) -> str:
    """What *snippet* prints beside a service at *address* that keeps its files in *data*.

    :raises AssertionError: with what it printed, when it fails.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | {"DATA_PATH": str(data), "PYTHONWARNINGS": "ignore::ResourceWarning"}
    done = subprocess.run(
        COMMANDS[snippet.language],
        input=snippet.code.replace(ADDRESS, address),
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, f"line {snippet.line}: {done.stdout}{done.stderr}"
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def alike(shown: str, printed: str) -> bool:
    """Whether the README shows what is printed; numbers with a point may differ by a tenth, as models' scores do.

    >>> alike("0.91 sure", "0.93 sure"), alike("2 sure", "3 sure")
    (True, False)
    """
    if _NUMBER.sub("#", shown) != _NUMBER.sub("#", printed):
        return False
    pairs = zip(_NUMBER.findall(shown), _NUMBER.findall(printed), strict=True)
    return all(abs(float(one) - float(other)) <= 0.1 for one, other in pairs)
