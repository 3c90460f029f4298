"""What is used of openvino, imported from here alone.

Importing openvino would also import its model converter, and with that the client of a usage statistics
service. The converter is kept out, so that nothing of it can open a connection, and a third of a second is saved.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("openvino.tools.ovc", None)  # type: ignore[arg-type]  # None is how an import is forbidden

import openvino.opset16 as ops  # noqa: E402 after what must come first
from openvino import CompiledModel, Core, Model, Node, Tensor, Type  # noqa: E402 as above

__all__ = ["CompiledModel", "Core", "Model", "Node", "Tensor", "Type", "ops"]
