"""py3langid's identifier of languages, its tables in memory that processes forked later share.

Of such memory a process is charged what it has looked at: a worker reads English and little else, so of
70 megabytes it takes a few. To unpack them takes half a second of a processor, which may be another one.
"""

from __future__ import annotations

import lzma
import math
from collections.abc import Iterator
from io import BytesIO
from mmap import ACCESS_READ, mmap
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from service.extract.errands import open_memory

_TABLES = ("ptc", "pc", "classes", "nextmove", "nextmove_row", "out_feat")
_ALIGNMENT = 64  # bytes, where processors read fast


def load_identifier(unpacked: BinaryIO | None = None) -> LanguageIdentifier:
    """The identifier with its own model, all languages and probabilities; its tables as *unpacked* if they are.

    What is *unpacked* is closed: the tables stay mapped.
    """
    with unpacked or unpack(open_memory()) as file:
        tables = dict(zip(_TABLES, _map_tables(file), strict=True))
    return LanguageIdentifier(
        tables["ptc"],
        tables["pc"],
        tables["classes"].tolist(),
        tables["nextmove"].data,  # gives plain integers, as the identifier's own array does
        tables["out_feat"].tolist(),
        norm_probs=True,
        tk_row=tables["nextmove_row"].tolist(),
    )


def unpack(file: BinaryIO) -> BinaryIO:
    """*file*, with the tables in it one after another, as numpy writes arrays."""
    with np.load(BytesIO(lzma.decompress((MODEL_DIR / MODEL_FILE).read_bytes()))) as tables:
        for name in _TABLES:
            file.seek(_align(file.tell()))
            npy.write_array(file, tables[name])
    file.flush()
    return file


def _map_tables(file: BinaryIO) -> Iterator[NDArray[Any]]:
    """The tables where they lie in *file*."""
    memory, end = mmap(file.fileno(), 0, access=ACCESS_READ), 0
    for _ in _TABLES:
        file.seek(_align(end))
        npy.read_magic(file)
        shape, _, kind = npy.read_array_header_1_0(file)
        begin, count = file.tell(), math.prod(shape)
        end = begin + count * kind.itemsize
        yield np.frombuffer(memory, kind, count, begin).reshape(shape)


def _align(place: int) -> int:
    return -(-place // _ALIGNMENT) * _ALIGNMENT
