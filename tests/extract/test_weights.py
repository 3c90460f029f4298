"""Weights written and read: half precision as it is, whole numbers and six bits within half a step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from safetensors.numpy import save_file

from service.extract.weights import (
    GROUP,
    TOP,
    mapping_weights,
    pack,
    read_weights,
    round_rows,
    unpack,
    write_halves,
    write_packed,
    write_whole,
)


def test_half_precision_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = np.linspace(-2, 2, 60, dtype=np.float16).reshape(6, 10)
    save_file({"heads.weight": written}, tmp_path / "model.safetensors")
    found = read_weights(tmp_path / "model.safetensors")
    assert found["heads.weight"].dtype == np.float32
    assert np.array_equal(found["heads.weight"], written.astype(np.float32))


def test_half_precision_is_mapped_as_it_lies_and_may_be_kept(tmp_path: Path) -> None:
    written = {"a": np.linspace(-2, 2, 60, dtype=np.float16).reshape(6, 10), "b": np.ones(3, np.float16)}
    save_file(written, tmp_path / "model.safetensors", metadata={"from": "a test"})
    with mapping_weights(tmp_path / "model.safetensors") as found:
        assert set(found) == set(written)
    for name, values in written.items():
        assert found[name].dtype == np.float16
        np.testing.assert_array_equal(found[name], values)


def test_packed_matrices_are_unpacked_where_they_would_be_mapped(tmp_path: Path) -> None:
    write_packed({"layer.weight": np.full((70, 70), 0.5, np.float32)}, tmp_path / "model.safetensors")
    with mapping_weights(tmp_path / "model.safetensors") as found:
        np.testing.assert_allclose(found["layer.weight"], 0.5, rtol=2e-3)


def test_matrices_are_packed_and_vectors_are_not(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    matrix, vector = rng.normal(size=(300, 65)).astype(np.float32), rng.normal(size=300).astype(np.float32)
    write_packed({"layer.weight": matrix, "layer.bias": vector}, tmp_path / "model.safetensors")
    found = read_weights(tmp_path / "model.safetensors")
    assert set(found) == {"layer.weight", "layer.bias"}
    assert np.array_equal(found["layer.bias"], vector.astype(np.float16).astype(np.float32))
    assert np.sqrt(np.mean((found["layer.weight"] - matrix) ** 2)) < 0.03
    assert (tmp_path / "model.safetensors").stat().st_size < matrix.size * 0.83 + 2000


@given(
    some.integers(1, 4).flatmap(lambda n: some.tuples(some.just(n), some.integers(1, 200))),
    some.integers(0, 2**32 - 1),
    some.sampled_from([1e-3, 0.05, 1.0, 40.0]),
)
def test_no_weight_moves_by_more_than_the_clipping_and_half_a_step(
    shape: tuple[int, int], seed: int, spread: float
) -> None:
    values = (np.random.default_rng(seed).normal(size=shape) * spread).astype(np.float32)
    octets, scales = pack(values)
    found = unpack(octets, scales, shape)
    assert found.shape == shape
    padded = np.pad(values.ravel(), (0, -values.size % GROUP)).reshape(-1, GROUP)
    largest = np.abs(padded).max(1)
    moved = np.abs(np.pad(found.ravel(), (0, -found.size % GROUP)).reshape(-1, GROUP) - padded).max(1)
    assert np.all(moved <= largest * (0.2 + 0.5 / TOP) + 1e-4)


@pytest.mark.parametrize("value", [0.0, 1.0, -3.5])
def test_a_constant_matrix_comes_back(value: float) -> None:
    values = np.full((70, 70), value, np.float32)
    assert np.allclose(unpack(*pack(values), (70, 70)), values, rtol=2e-3)


@given(some.integers(1, 5), some.integers(1, 40), some.integers(0, 2**32 - 1), some.sampled_from([1e-6, 0.05, 40.0]))
def test_whole_numbers_are_within_half_a_step_and_reach_the_ends(n: int, m: int, seed: int, spread: float) -> None:
    values = (np.random.default_rng(seed).normal(size=(n, m)) * spread).astype(np.float32)
    whole, scales = round_rows(values)
    assert whole.dtype == np.int8
    assert np.all(np.abs(whole.astype(int)).max(1) == 127)
    assert np.all(np.abs(whole * scales[:, None] - values) <= scales[:, None] * 0.501)


def test_a_row_of_zeros_stays_one() -> None:
    whole, scales = round_rows(np.zeros((2, 3), np.float32))
    assert not whole.any()
    assert np.all(scales > 0)


def test_layers_with_steps_become_whole_numbers_and_are_mapped_as_such(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    matrix, steps = rng.normal(size=(7, 5)).astype(np.float32), np.linspace(1e-6, 0.02, 5, dtype=np.float32)
    weights = {"a.weight": matrix, "a.bias": np.ones(7, np.float32), "a.steps": steps, "b.weight": matrix}
    write_whole(weights, tmp_path / "model.safetensors")
    found = read_weights(tmp_path / "model.safetensors")
    assert set(found) == set(weights)
    np.testing.assert_array_equal(found["a.steps"], steps)
    np.testing.assert_array_equal(found["b.weight"], matrix.astype(np.float16))
    half = np.abs(matrix * steps).max(1, keepdims=True) / 254 / steps
    assert np.all(np.abs(found["a.weight"] - matrix) <= half * 1.001)
    with mapping_weights(tmp_path / "model.safetensors") as mapped:
        assert {name: tensor.dtype for name, tensor in mapped.items()} == {
            "a.weight": np.int8,
            "a.weight.scales": np.float32,
            "a.bias": np.float16,
            "a.steps": np.float32,
            "b.weight": np.float16,
        }
        np.testing.assert_array_equal(mapped["a.weight"], round_rows(matrix * steps)[0])


def test_weights_still_in_training_keep_their_steps_whole(tmp_path: Path) -> None:
    steps = np.array([1e-8, 1.0], np.float32)  # the first is nothing in half precision
    write_halves({"a.weight": np.ones((3, 2), np.float32), "a.steps": steps}, tmp_path / "model.safetensors")
    np.testing.assert_array_equal(read_weights(tmp_path / "model.safetensors")["a.steps"], steps)
