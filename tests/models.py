"""A tiny real model: the product's own network, tokenizer and file formats, with few and untrained weights."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from service.extract.artifacts import CHECKED, hash_file
from service.extract.model import Reader, Shape
from service.extract.rounded import RoundedLinear
from service.extract.weights import BELOW, write_halves, write_whole

_ENCODER = {
    "hidden_size": 16,
    "intermediate_size": 32,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "max_position_embeddings": 514,
}


def write_tiny_model(
    folder: Path, *, name: str = "tiny", seed: int = 7, kind: str = "bert", rounded: bool = False
) -> Path:
    """*folder*, made into a model folder that the analyzer loads; *kind* is that of its encoder, which may round."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _make_tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(seed)
    shape = Shape(_ENCODER | {"vocab_size": tokenizer.get_vocab_size()}, kind, link_width=4)
    names = [n for n, m in Reader(shape).encoder.named_modules() if isinstance(m, torch.nn.Linear)] if rounded else []
    reader = Reader(replace(shape, rounded=tuple(names)))
    with torch.no_grad():  # most words are no part of a quotation, as in real life
        reader.tags.bias[0] += 1.6
        reader.entities.bias[0] += 1.0
        for layer in reader.encoder.modules():
            if isinstance(layer, RoundedLinear):
                layer.steps.copy_(torch.linspace(0.01, 0.04, len(layer.steps)))
                layer.below.fill_(BELOW if len(layer.steps) > _ENCODER["hidden_size"] else 0)
    weights = {key: value.numpy() for key, value in reader.state_dict().items()}
    (write_whole if rounded else write_halves)(weights, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(reader.shape.as_dict()), encoding="utf-8")
    manifest = {
        "name": name,
        "version": "0.0.1",
        "labels": ["quotation", "numerical_claim", "editorial_assertion", "factual_statement"],
        "scores": {"none": "untrained"},
        "files": {file: hash_file(folder / file) for file in CHECKED},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def _make_tokenizer() -> Tokenizer:
    """Every printable ASCII character by itself, at the head and inside of a word; all else is unknown."""
    pieces = [char for char in string.printable if not char.isspace()]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *pieces, *(f"##{char}" for char in pieces)]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=40))
    tokenizer.normalizer = BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer
