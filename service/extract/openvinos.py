"""The default runtime: the network compiled by OpenVINO for the processor at hand, without torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from mmap import ACCESS_COPY, mmap
from pathlib import Path
from typing import Any, BinaryIO

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

    def __init__(self, compiled: CompiledModel, distances: Floats, crossings: Floats, memory: object = None) -> None:
        self.distances, self.crossings = distances, crossings
        self._memory = memory  # that the compiled network lies in
        self._request = compiled.create_infer_request()
        self._names = [output.get_any_name() for output in compiled.outputs]

    def __call__(self, inputs: Inputs) -> dict[str, Floats]:
        """One forward pass; its arrays hold until the next."""
        for number, name in enumerate(INPUTS):
            self._request.set_input_tensor(number, Tensor(getattr(inputs, name), shared_memory=True))
        self._request.infer()
        return {name: self._request.get_output_tensor(number).data for number, name in enumerate(self._names)}


def load_openvino(
    folder: Path, threads: int = 0, *, half: bool | None = None, compiled: BinaryIO | None = None
) -> OpenVinoRuntime:
    """The network of a model folder, to use *threads* (0: one for each core).

    *half*: whether it computes in bfloat16; by default where the processor multiplies that natively. Compiled
    anew at every start, which leaves no second copy of the weights on disk; *compiled* is what ``write_compiled``
    wrote with the same settings, where a process has done so: it is mapped, so that several share its memory.
    """
    core = Core()
    settings = _compilation(core, threads, half)
    with mapping_weights(folder / "model.safetensors") as weights:
        distances, crossings = (weights[name].astype(np.float32) for name in ("distances", "crossings"))
        if compiled is None:
            network = core.compile_model(build_graph(read_config(folder), weights), "CPU", settings)
            return OpenVinoRuntime(network, distances, crossings)
    memory = np.frombuffer(mmap(compiled.fileno(), 0, access=ACCESS_COPY), np.uint8)
    network = core.import_model(Tensor(memory, shared_memory=True), "CPU", settings)
    return OpenVinoRuntime(network, distances, crossings, memory)


def write_compiled(folder: Path, threads: int, file: BinaryIO) -> None:
    """Compile the network of a model folder into *file*, for this version of OpenVINO on this processor."""
    core = Core()
    with mapping_weights(folder / "model.safetensors") as weights:
        graph = build_graph(read_config(folder), weights)
        compiled = core.compile_model(graph, "CPU", _compilation(core, threads, None))
        file.write(compiled.export_model().getbuffer())


def _compilation(core: Core, threads: int, half: bool | None) -> Mapping[str, Any]:
    if half is None:
        half = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return {
        "NUM_STREAMS": 1,
        "INFERENCE_NUM_THREADS": threads,
        "ENABLE_CPU_PINNING": False,  # workers that each pin their threads would share the first cores
        "INFERENCE_PRECISION_HINT": "bf16" if half else "f32",
    }
