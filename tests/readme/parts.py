"""The parts of the README that come of the model: what snippets print, the annotated example, the table of scores."""

from __future__ import annotations

import re
from pathlib import Path

from tests.readme.annotated import ARTICLE, annotate
from tests.readme.scores import write_scores
from tests.readme.snippets import ROOT, Snippet, find_command, read_snippets, run_snippet
from tests.servers import RunningServer

EXAMPLE = re.compile(r"(?<=^```jsonc\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
SCORES = re.compile(r"(?<=^<!-- scores -->\n).*?(?=^<!-- /scores -->$)", re.MULTILINE | re.DOTALL)


def make_example(server: RunningServer) -> str:
    """The annotated example, from what *server* finds in one of the seeds."""
    text = (ROOT / ARTICLE).read_bytes()
    return annotate(server.ask("/v1/extractions", text, Content_Type="text/plain; charset=utf-8").json())


def run(snippet: Snippet, server: RunningServer, folder: Path) -> str:
    """What *snippet* prints beside *server*, whose files lie in *folder*; keys are made where no service needs them."""
    data = folder / ("keys" if "service keys" in snippet.code else "var")
    return run_snippet(snippet, server.url, data)


def rewrite(text: str, server: RunningServer, folder: Path) -> str:
    """*text*, the README, with all that comes of the model as *server* gives it now."""
    snippets = [snippet for snippet in read_snippets(text) if snippet.runs and snippet.output is not None]
    for snippet in reversed(snippets):  # from the end, so that places before stay right
        if find_command(snippet):
            start, end = snippet.place
            text = text[:start] + run(snippet, server, folder) + text[end:]
    example, scores = make_example(server), write_scores()
    text = EXAMPLE.sub(lambda _: example, text, count=1)
    return SCORES.sub(lambda _: scores, text, count=1)
