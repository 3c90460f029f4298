"""The default runtime: the network compiled by OpenVINO for the processor at hand, without torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from service.extract.batches import Inputs
from service.extract.decode import Floats
from service.extract.encoder import read_config
from service.extract.graphs import build_graph
from service.extract.opsets import CompiledModel, Core, Tensor
from service.extract.weights import mapping_weights

INPUTS = tuple(field.name for field in fields(Inputs))


class OpenVinoRuntime:
    """Runs a compiled graph; *distances* and *crossings* are parameters that the graph does not hold."""

    def __init__(self, compiled: CompiledModel, distances: Floats, crossings: Floats) -> None:
        self.distances, self.crossings = distances, crossings
        self._request = compiled.create_infer_request()
        self._names = [output.get_any_name() for output in compiled.outputs]

    def __call__(self, inputs: Inputs) -> dict[str, Floats]:
        """One forward pass; its arrays hold until the next."""
        for number, name in enumerate(INPUTS):
            self._request.set_input_tensor(number, Tensor(getattr(inputs, name), shared_memory=True))
        self._request.infer()
        return {name: self._request.get_output_tensor(number).data for number, name in enumerate(self._names)}


def load_openvino(folder: Path, threads: int = 0, *, half: bool | None = None) -> OpenVinoRuntime:
    """The network of a model folder, compiled to use *threads* (0: one for each core).

    *half*: whether it computes in bfloat16; by default where the processor multiplies that natively. Compiled
    anew at every start: that takes less than half a second for the small model, and leaves no second copy of the
    weights on disk.
    """
    core = Core()
    if half is None:
        half = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    with mapping_weights(folder / "model.safetensors") as weights:
        graph = build_graph(read_config(folder), weights)
        compiled = core.compile_model(graph, "CPU", _compilation(threads, half))
    return OpenVinoRuntime(compiled, *(weights[name].astype(np.float32) for name in ("distances", "crossings")))


def _compilation(threads: int, half: bool) -> Mapping[str, Any]:
    return {
        "NUM_STREAMS": 1,
        "INFERENCE_NUM_THREADS": threads,
        "ENABLE_CPU_PINNING": False,  # workers that each pin their threads would share the first cores
        "INFERENCE_PRECISION_HINT": "bf16" if half else "f32",
    }
