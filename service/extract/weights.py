"""Weights as they lie in a file: half precision, whole numbers where the network multiplies those, or six bits.

Whole numbers are a row's weights, each times the step of its input, in steps of the row's own scale: eight bits.
Of the six bits of a large model's weights groups of 64 neighbours share one scale (block-wise quantisation, as in
Dettmers et al. 2022, "8-bit optimizers via block-wise quantization"); four weights take three bytes. Vectors stay
in half precision. The safetensors metadata names the shape of every packed tensor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from mmap import ACCESS_COPY, MADV_DONTNEED, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save_file

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Weight = Floats | Halves | NDArray[np.int8]

GROUP = 64  # weights that share a scale
TOP = 31  # the largest step: six bits hold -31 to 31
SHRINKS = np.linspace(0.8, 1.0, 9, dtype=np.float32)  # shares of a group's largest weight tried as the end of its scale
SCALES = ".scales"
STEPS = ".steps"
SIDE = ".below"
KEPT = (STEPS, SIDE)  # what a layer of whole numbers has besides them, too fine for half precision
WHOLE = 127  # the largest whole number of eight bits, on both sides of zero
BYTE = 255  # … on one side
BELOW = 24  # how many of those are below zero where what comes in is hardly ever
TABLE = 1 << 22  # a matrix of more weights is a table of words, whose rows are looked up: whole numbers, too
DTYPES = {"F16": np.float16, "F32": np.float32, "I8": np.int8}


def read_weights(file: Path) -> dict[str, Floats]:
    """Every tensor of *file* by name, as float32, unpacked where it is packed."""
    with safe_open(str(file), framework="np") as opened:
        shapes = json.loads((opened.metadata() or {}).get("packed", "{}"))
        raw = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118 the file is no mapping
    plain = {n: _widen(raw, n) for n in raw if n not in shapes and not n.endswith(SCALES)}
    packed = {n: unpack(raw[n], raw[n + SCALES], tuple(shape)) for n, shape in shapes.items()}
    return plain | packed


@contextmanager
def mapping_weights(file: Path) -> Iterator[Mapping[str, Weight]]:
    """Every tensor of *file* by name, mapped as it lies there; as ``read_weights`` has it where any is packed.

    What was looked at gives its memory back at the end. The tensors may be kept: each holds on to the map, and what
    is looked at again comes from the file.
    """
    with file.open("rb") as opened:
        size = int.from_bytes(opened.read(8), "little")
        header = json.loads(opened.read(size))
        mapped = mmap(opened.fileno(), 0, access=ACCESS_COPY)
    header.pop("__metadata__", None)
    if any(told["dtype"] not in DTYPES for told in header.values()):
        yield read_weights(file)
        return
    yield {name: _view(mapped, 8 + size, told) for name, told in header.items()}
    mapped.madvise(MADV_DONTNEED)


def write_halves(weights: Mapping[str, Floats], file: Path) -> None:
    """*weights* in *file* in half precision, all but the steps, which are too small for it."""
    save_file({n: v if n.endswith(KEPT) else v.astype(np.float16) for n, v in weights.items()}, file)


def write_packed(weights: Mapping[str, Floats], file: Path) -> None:
    """*weights* in *file*, the matrices packed, the rest in half precision."""
    tensors: dict[str, NDArray[np.generic]] = {}
    shapes: dict[str, list[int]] = {}
    for name, values in weights.items():
        if values.ndim < 2 or values.size < GROUP * GROUP:
            tensors[name] = values.astype(np.float16)
            continue
        tensors[name], tensors[name + SCALES] = pack(values)
        shapes[name] = list(values.shape)
    save_file(tensors, file, metadata={"packed": json.dumps(shapes)})


def write_whole(weights: Mapping[str, Floats], file: Path) -> None:
    """*weights* in *file*: those of layers with steps and large tables as whole numbers, the rest in half precision."""
    tensors: dict[str, NDArray[np.generic]] = {}
    for name, values in weights.items():
        steps = weights.get(name.removesuffix(".weight") + STEPS)
        if name.endswith(KEPT):
            tensors[name] = values
        elif (steps is not None and values.ndim == 2) or values.size > TABLE:
            tensors[name], tensors[name + SCALES] = round_rows(values if steps is None else values * steps)
        else:
            tensors[name] = values.astype(np.float16)
    save_file(tensors, file)


def round_rows(values: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Whole numbers, and the scale of each row that makes them the weights again. *Shape:* (N, M) to (N, M) and (N,)"""
    scales: Floats = np.maximum(np.abs(values).max(1) / WHOLE, np.finfo(np.float32).tiny).astype(np.float32)
    return np.round(values / scales[:, None]).astype(np.int8), scales


def pack(values: Floats) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """The weights as bytes, and a scale for each group: of several scales the one of least squared error."""
    groups = np.resize(np.pad(values.ravel(), (0, -values.size % GROUP)), (-(-values.size // GROUP), GROUP))
    largest = np.abs(groups).max(1, keepdims=True)
    best, least = np.zeros_like(largest), np.full_like(largest, np.inf)
    for shrink in SHRINKS:
        scale = np.maximum(largest * shrink / TOP, 1e-7).astype(np.float16).astype(np.float32)
        wrong = ((_steps(groups, scale) * scale - groups) ** 2).sum(1, keepdims=True)
        best, least = np.where(wrong < least, scale, best), np.minimum(wrong, least)
    a, b, c, d = (_steps(groups, best) + TOP).astype(np.uint32).reshape(-1, 4).T
    joined = a | b << 6 | c << 12 | d << 18
    octets = np.stack([joined & 255, joined >> 8 & 255, joined >> 16], 1)
    return octets.astype(np.uint8).ravel(), best[:, 0].astype(np.float16)


def unpack(octets: NDArray[np.uint8], scales: NDArray[np.float16], shape: tuple[int, ...]) -> Floats:
    """The weights of *shape* that ``pack`` made *octets* and *scales* of."""
    a, b, c = octets.reshape(-1, 3).T.astype(np.uint32)
    joined = a | b << 8 | c << 16
    steps = np.stack([joined >> shift & 63 for shift in (0, 6, 12, 18)], 1).astype(np.float32) - TOP
    values = steps.reshape(-1, GROUP) * scales.astype(np.float32)[:, None]
    return np.ascontiguousarray(values.ravel()[: int(np.prod(shape))].reshape(shape))


def _widen(raw: Mapping[str, NDArray[np.generic]], name: str) -> Floats:
    """A tensor as float32; whole numbers as the weights that they stand for."""
    values: Floats = raw[name].astype(np.float32)
    if raw[name].dtype != np.int8:
        return values
    scales: Floats = raw[name + SCALES].astype(np.float32)
    steps: Floats = raw.get(name.removesuffix(".weight") + STEPS, np.ones(1)).astype(np.float32)
    return values * scales[:, None] / steps


def _view(mapped: mmap, base: int, told: Mapping[str, Any]) -> Weight:
    """The tensor that a safetensors header has *told* of, after *base* bytes."""
    (first, last), kind = told["data_offsets"], np.dtype(DTYPES[told["dtype"]])
    tensor: Weight = np.frombuffer(mapped, kind, (last - first) // kind.itemsize, base + first)
    return tensor.reshape(told["shape"])


def _steps(groups: Floats, scale: Floats) -> Floats:
    return np.clip(np.round(groups / scale), -TOP, TOP)
