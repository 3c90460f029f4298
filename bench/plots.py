"""What was measured, as a picture: an SVG of bars, written by hand so that it needs no library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

LABELS = {
    "ours": "Ascribe",
    "float32": "plain transformers, float32",
    "spacy": "spaCy en_core_web_sm alone",
    "served": "Ascribe over HTTP",
}
COLOURS = {"ours": "#1f6f5c", "float32": "#b9722c", "spacy": "#6b7280", "served": "#4f9a86"}
LEFT, BAR, GAP, WIDTH = 210, 18, 26, 760


def write_plot(result: Mapping[str, Any], file: Path) -> None:
    """Milliseconds of each contender for each length, in *file*."""
    contenders = result["contenders"]
    lengths = list(contenders["ours"])
    most = max(found[n]["whole"] for found in contenders.values() for n in lengths)
    parts, top = [], 40
    for length in lengths:
        parts.append(_text(10, top + 13, f"{int(length):,} words", weight="600"))
        for name, found in contenders.items():
            parts.append(_bar(name, found[length]["whole"], most, top))
            top += BAR + 4
        top += GAP
    title = _text(10, 22, "Milliseconds for one article, one thread (median)", weight="600")
    style = "svg{background:#fff}text{font:13px system-ui,sans-serif;fill:#222}"
    body = "\n".join([f"<style>{style}</style>", title, *parts])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img">'
    file.write_text(f"{head}\n<title>{_summary(result)}</title>\n{body}\n</svg>\n", encoding="utf-8")


def _bar(name: str, seconds: float, most: float, top: int) -> str:
    wide = max(2, round((WIDTH - LEFT - 290) * seconds / most))
    bar = f'<rect x="{LEFT - 100}" y="{top}" width="{wide}" height="{BAR}" fill="{COLOURS[name]}"/>'
    return bar + _text(LEFT - 92 + wide, top + 13, f"{seconds * 1000:,.0f} · {LABELS[name]}")


def _text(x: int, y: int, words: str, weight: str = "400") -> str:
    return f'<text x="{x}" y="{y}" font-weight="{weight}">{words}</text>'


def _summary(result: Mapping[str, Any]) -> str:
    machine = result["machine"]
    return f"Time for one article, measured on {machine['cores']} cores of an {machine['processor']}"
