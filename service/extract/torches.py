"""The reference runtime: the network in PyTorch, on the processor or, where there is one, the GPU."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import torch

from service.extract.batches import Inputs
from service.extract.decode import Floats
from service.extract.encoder import read_config
from service.extract.model import Reader, Shape
from service.extract.weights import read_weights

FIELDS = ("tags", "entities", "sentences")


class TorchRuntime:
    """Runs a :class:`~service.extract.model.Reader`; bfloat16 where the processor multiplies it natively."""

    def __init__(self, reader: Reader, device: str | None = None, half: bool | None = None) -> None:
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.reader = reader.eval().to(self.device)
        self.distances = reader.distances.detach().float().cpu().numpy()
        self.crossings = reader.crossings.detach().float().cpu().numpy()
        self.half = torch.cpu._is_avx512_bf16_supported() if half is None else half

    def __call__(self, inputs: Inputs) -> dict[str, Floats]:
        """One forward pass without gradients."""
        tensors = [torch.from_numpy(getattr(inputs, f.name)).to(self.device) for f in fields(inputs)]
        with torch.inference_mode(), torch.autocast(self.device, torch.bfloat16, enabled=self.half):
            outputs = self.reader(*tensors)
            own = torch.einsum("bkst,bst->bkt", outputs.weights, tensors[-1].to(outputs.weights.dtype))
        found = {name: getattr(outputs, name) for name in FIELDS} | {"weights": own}
        found |= {name: getattr(outputs, name).transpose(1, 2).flatten(2) for name in ("queries", "keys")}
        return {name: np.ascontiguousarray(value.float().cpu().numpy()) for name, value in found.items()}


def load_torch(folder: Path, threads: int = 0) -> TorchRuntime:
    """The network of a model folder, on the GPU where there is one, else on *threads* (0: as torch decides)."""
    if threads:
        torch.set_num_threads(threads)
    return TorchRuntime(load_reader(folder))


def load_reader(folder: Path) -> Reader:
    """The network of a model folder, its weights as float32."""
    config = read_config(folder)
    known = {k: v for k, v in config.items() if k in Shape.__dataclass_fields__}
    for name in ("tags", "entities", "sentence_heads", "links", "rounded", "margins"):
        known[name] = tuple(known.get(name, ()))  # type: ignore[arg-type]  # JSON has lists only
    reader = Reader(Shape(**known))  # type: ignore[arg-type]
    weights = read_weights(folder / "model.safetensors")
    reader.load_state_dict({name: torch.from_numpy(values) for name, values in weights.items()})
    return reader
