"""A model folder: what lies in it, and the check that it is what its manifest says.

``<folder>/model.safetensors config.json tokenizer.json manifest.json card.md``; the manifest holds
the SHA-256 of the others. Only safetensors and JSON are read: nothing in a folder can run code.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, BinaryIO

from service.extract.encoder import Encoder, Runtime, end_pieces, load_tokenizer
from service.extract.labels import Decisions
from service.extract.values import dataclass

CHECKED = ("model.safetensors", "config.json", "tokenizer.json")


class ArtifactError(Exception):
    """A model folder is incomplete or not what its manifest says."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A checked model folder."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def name(self) -> str:
        """The model's name."""
        return str(self.manifest["name"])

    @property
    def version(self) -> str:
        """The model's version."""
        return str(self.manifest["version"])

    @property
    def card(self) -> dict[str, Any]:
        """What ``GET /v1/model`` states: labels, scores, training data."""
        kept = ("labels", "scores", "languages", "license", "base", "corpora")
        return {key: self.manifest[key] for key in kept if key in self.manifest}

    @property
    def decisions(self) -> Decisions:
        """Calibration and thresholds."""
        stated: dict[str, Any] = self.manifest.get("decisions", {})
        known: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stated.items()}
        return Decisions(**known)

    def make_encoder(self, runtime: str = "openvino", threads: int = 0, compiled: BinaryIO | None = None) -> Encoder:
        """The encoder on the *runtime* of that name, one of :data:`RUNTIMES`, with *threads* (0: one for each core).

        *compiled* is what ``service.extract.openvinos.write_compiled`` wrote, which spares the compilation.

        :raises ArtifactError: where the runtime is not installed.
        """
        tokenizer = load_tokenizer(self.folder)
        return Encoder(tokenizer, RUNTIMES[runtime](self.folder, threads, compiled), end_pieces(tokenizer))


def _load_openvino(folder: Path, threads: int, compiled: BinaryIO | None) -> Runtime:
    from service.extract.openvinos import load_openvino  # imported late: a process needs one runtime only

    return load_openvino(folder, threads, compiled=compiled)


def _load_torch(folder: Path, threads: int, _compiled: object) -> Runtime:
    try:
        from service.extract.torches import load_torch
    except ImportError as error:
        needed = "RUNTIME is torch, which is not installed"
        raise ArtifactError(f"{needed} ({error.name} is missing): pip install 'ascribe[torch]'.") from error
    return load_torch(folder, threads)


RUNTIMES = {"openvino": _load_openvino, "torch": _load_torch}


def load_artifact(folder: Path) -> Artifact:
    """The artifact in *folder*; raises :class:`ArtifactError` naming the file that is missing or changed."""
    manifest_file = folder / "manifest.json"
    if not manifest_file.is_file():
        raise ArtifactError(f"No model in {folder}: manifest.json is missing.")
    try:
        manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
        hashes = {name: str(manifest["files"][name]) for name in CHECKED}
    except (ValueError, KeyError, TypeError) as error:
        raise ArtifactError(f"{manifest_file} is not a manifest: {error!r}.") from error
    for name, stated in hashes.items():
        _check(folder / name, stated)
    return Artifact(folder, manifest)


def _check(file: Path, stated: str) -> None:
    if not file.is_file():
        raise ArtifactError(f"{file} is missing.")
    found = hash_file(file)
    if found != stated:
        raise ArtifactError(
            f"{file} has SHA-256 {found[:12]}…, the manifest says {stated[:12]}…: it is damaged or was changed."
        )


def hash_file(file: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
