"""The whole of training: rounds of self-training, then calibration, manifest and card."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from torch import zeros_like

from service.extract.analyzer import Analyzer
from service.extract.encoder import Encoder, end_pieces, load_tokenizer
from service.extract.outputs import EDITORIAL
from service.extract.torches import TorchRuntime, load_reader
from service.learn.artifact import describe_training, fit_decisions, write_manifest, write_weights
from service.learn.batches import Prepared, prepare
from service.learn.corpus import is_labelled, labelled_articles, training_examples
from service.learn.recipes import BASES, Recipe, drop_states, find_base, freeze_tables, later_recipe, load_base
from service.learn.rounding import EVERY, round_reader, unround_reader
from service.learn.singles import labelled_singles, single_example, single_texts, taught_singles
from service.learn.teach import teach
from service.learn.train import train

log = logging.getLogger(__name__)


def train_rounds(
    recipe: Recipe, shared: Path, work: Path, rounds: int, taught_by: Path | None = None, base: Path | None = None
) -> Path:
    """Train in rounds: the first from the base, each later one from the weights before it and taught by them.

    After every epoch the weights lie in ``work/round-N``; the last one's folder is returned. *taught_by* is a
    folder that stands for a round trained earlier. Later rounds follow ``later_recipe``. *base* is the folder of
    another base model than the small one.

    :raises ValueError: when there is to be no round at all.
    """
    if rounds < 1:
        raise ValueError(f"Training takes one round at least, not {rounds}.")
    base = base or find_base()
    tokenizer = load_tokenizer(base)
    prepared = [prepare(example, tokenizer) for example in training_examples(shared)]
    log.info("%d examples, %d pieces", len(prepared), sum(len(p.pieces) for p in prepared))
    for number in range(rounds):
        reader, followed = load_base(base, recipe), recipe
        if taught_by is not None:
            followed = later_recipe(recipe, max(1, number))
            prepared = _taught(prepared, taught_by)
            reader.load_state_dict(unround_reader(load_reader(taught_by)).state_dict())
        before, folder = taught_by, work / f"round-{number + 1}"
        taught_by = folder
        for average in train(followed, prepared, reader, tokenizer):
            write_weights(average, tokenizer, folder)
    return blend(before, folder, work / "blend", recipe.soup) if before else folder


def blend(earlier: Path, later: Path, folder: Path, share: float) -> Path:
    """The weighted mean of two rounds' weights, *share* of it the later one's, in *folder*."""
    return mix({earlier: 1 - share, later: share}, folder)


def mix(shares: Mapping[Path, float], folder: Path) -> Path:
    """The weighted mean of the weights in several folders, which began from the same ones, in *folder*."""
    states = [(load_reader(path).state_dict(), share) for path, share in shares.items()]
    last = [*shares][-1]
    mixed = load_reader(last)
    mean = {k: sum((state[k] * share for state, share in states), zeros_like(v)) for k, v in states[-1][0].items()}
    mixed.load_state_dict(mean)
    write_weights(mixed, load_tokenizer(last), folder)
    return folder


def train_students(
    shared: Path, work: Path, start: Path, teacher: Path, recipes: Sequence[Recipe], singles: Path | None = None
) -> Path:
    """The mean of *start* and of students that begin from it, one a recipe, all taught by *teacher*.

    Knowledge distillation, then a model soup (Wortsman et al. 2022): of the mean ``recipe.soup`` is the students'
    share. The recipes differ by their seeds. Each student's weights lie in ``work/student-SEED``, the mean's in the
    folder that is returned. *teacher* may be of another kind if its word pieces are the
    same, and may be *start* itself. *singles* teaches what to think of sentences that are shown alone.
    """
    examples, tokenizer = training_examples(shared, lone=singles is None), load_tokenizer(start)
    own = [prepare(example, load_tokenizer(teacher)) for example in examples]
    answers = [taught.teacher for taught in _taught(own, teacher)]
    prepared = [replace(prepare(e, tokenizer), teacher=a) for e, a in zip(examples, answers, strict=True)]
    if singles:
        prepared += _taught(_view_singles(shared, tokenizer, singles), start)
    folders = [work / f"student-{recipe.seed}" for recipe in recipes]
    begin = work / "start"
    write_weights(unround_reader(load_reader(start)), tokenizer, begin)
    for recipe, folder in zip(recipes, folders, strict=True):
        reader = load_reader(begin)
        reader = round_reader(reader, examples, tokenizer, EVERY) if recipe.rounded else reader
        for average in train(recipe, prepared, freeze_tables(reader), tokenizer):
            write_weights(unround_reader(average), tokenizer, folder)
    share = recipes[0].soup
    return mix({begin: 1 - share, **dict.fromkeys(folders, share / len(folders))}, work / "blend")


def train_singles(shared: Path, work: Path, start: Path, recipe: Recipe) -> Path:
    """What becomes of *start* when it learns sentences without context alone: it teaches these, and reads no articles.

    The weights lie in the folder that is returned, ``work/singles-SEED``.
    """
    tokenizer, folder = load_tokenizer(start), work / f"singles-{recipe.seed}"
    prepared = [prepare(example, tokenizer) for example in labelled_singles(shared)]
    reader = drop_states(freeze_tables(load_reader(start)), recipe.dropout)
    for average in train(recipe, prepared, reader, tokenizer):
        write_weights(average, tokenizer, folder)
    return folder


def _view_singles(shared: Path, tokenizer: Tokenizer, teacher: Path) -> list[Prepared]:
    """Sentences shown alone, and how likely each is its author's view by *teacher* and by our label if it has one."""
    texts, own = single_texts(shared, labelled_articles(shared)), load_tokenizer(teacher)
    bare = [prepare(single_example(name, text, 0.0), own) for name, text in texts.items()]
    logits = {p.id: float(p.teacher["sentences"][:, EDITORIAL].max()) for p in _taught(bare, teacher)}
    return [prepare(example, tokenizer) for example in taught_singles(shared, logits, texts)]


def train_further(shared: Path, work: Path, start: Path, recipe: Recipe) -> Path:
    """What becomes of *start* by *recipe*, taught by itself where no corpus speaks.

    It learns from the articles labelled by the guidelines, some of the others, and single sentences.

    The trained weights lie in ``work/further-SEED``; their mean with *start*, of which they are the share
    ``recipe.soup``, lies in the folder that is returned.
    """
    tokenizer, rng = load_tokenizer(start), np.random.default_rng(recipe.seed)
    articles = [e for e in training_examples(shared, lone=False) if len(e.sentences) > 1]
    kept = [replace(e, repeats=1) for e in articles if is_labelled(e) or rng.random() < recipe.rest]
    prepared = _taught([prepare(e, tokenizer) for e in (*kept, *labelled_singles(shared))], start)
    reader, folder = drop_states(freeze_tables(load_reader(start)), recipe.dropout), work / f"further-{recipe.seed}"
    for average in train(recipe, prepared, reader, tokenizer):
        write_weights(average, tokenizer, folder)
    return blend(start, folder, work / "blend", recipe.soup)


def _taught(prepared: list[Prepared], folder: Path) -> list[Prepared]:
    tokenizer = load_tokenizer(folder)
    encoder = Encoder(tokenizer, TorchRuntime(load_reader(folder)), end_pieces(tokenizer))
    return list(teach(encoder, prepared))


def write_model(trained: Path, folder: Path, shared: Path, recipe: Recipe, rounds: int, version: str) -> None:
    """A model folder of trained weights, with calibration fitted and the hashes of everything stated.

    The weights of a large reader are packed, those of a small one rounded (``service.extract.weights``).
    """
    name, reader, tokenizer = BASES[recipe.kind].model, load_reader(trained), load_tokenizer(trained)
    if recipe.kind == "bert":
        reader = round_reader(reader, training_examples(shared), tokenizer, EVERY if recipe.rounded else None)
    write_weights(reader, tokenizer, folder, final=True)
    training = describe_training(shared, recipe, rounds)
    write_manifest(folder, name, version, **training)
    decisions, errors = fit_decisions(Analyzer.load(folder), shared)
    base = BASES[recipe.kind]
    decisions = replace(decisions, begin=base.begin, inside=base.inside, credible=base.credible)
    write_manifest(folder, name, version, decisions=asdict(decisions), calibration_errors=errors, **training)
