"""py3langid's identifier of languages, its tables in memory that processes forked later share.

Of such memory a process is charged what it has looked at: a worker reads English and little else, so of
70 megabytes it takes a few.
"""

from __future__ import annotations

import lzma
import mmap
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier


def load_identifier() -> LanguageIdentifier:
    """The identifier with its own model, all languages and probabilities.

    Unpacked in one go, which other threads need not wait for.
    """
    unpacked = BytesIO(lzma.decompress((MODEL_DIR / MODEL_FILE).read_bytes()))
    with np.load(unpacked) as tables:
        return LanguageIdentifier(
            _share(tables["ptc"]),
            tables["pc"],
            tables["classes"].tolist(),
            _share(tables["nextmove"]).data,  # gives plain integers, as the identifier's own array does
            tables["out_feat"].tolist(),
            norm_probs=True,
            tk_row=tables["nextmove_row"].tolist(),
        )


def _share(values: NDArray[Any]) -> NDArray[Any]:
    """*values* in memory that a fork does not copy. *Shape:* the same"""
    shared = np.frombuffer(mmap.mmap(-1, values.nbytes), values.dtype).reshape(values.shape)
    shared[...] = values
    return shared
