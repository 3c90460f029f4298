"""Commands of the school: ``train`` makes a model folder, ``evaluate`` judges one."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import click

SHARED = click.option(
    "--shared",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="SHARED",
    default=Path("../shared"),
    help="Folder of the corpora and the scorer.",
    show_default=True,
)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
MODEL = click.option(
    "--model", type=click.Path(path_type=Path), envvar="MODEL_PATH", default=Path("models/standard"), show_default=True
)


@click.command()
@SHARED
@MODEL
@click.option("--version", default="0.1.0", show_default=True, help="Version the model folder states.")
@click.option("--epochs", default=4.0, show_default=True, help="Of the first round.")
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--rounds",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Rounds of self-training: each teaches the next.",
)
@click.option("--work", type=click.Path(path_type=Path), default=Path("var/training"), show_default=True)
@click.option("--start", type=FOLDER, help="Weights to begin from: a model folder, or what an earlier training left.")
@click.option("--teacher", type=FOLDER, help="Weights of a reader that teaches what begins from --start.")
@click.option("--students", type=click.IntRange(min=1), default=3, show_default=True, help="Seeds, with --teacher.")
@click.option(
    "--large", type=FOLDER, help="Train a teacher from this folder of all-mpnet-base-v2; writes to --work only."
)
@click.option("--further", type=FOLDER, help="Let the teacher that --large left learn on, and write its model folder.")
@click.option("--alone", type=FOLDER, help="Let what --large left learn single sentences; writes to --work only.")
@click.option("--singles", type=FOLDER, help="What --alone left, which teaches single sentences beside --teacher.")
def train(
    shared: Path,
    model: Path,
    version: str,
    epochs: float,
    seed: int,
    rounds: int,
    work: Path,
    start: Path | None,
    teacher: Path | None,
    students: int,
    large: Path | None,
    further: Path | None,
    alone: Path | None,
    singles: Path | None,
) -> None:
    """Train the model from the corpora and write its folder."""
    from service.learn import rounds as school
    from service.learn.recipes import Recipe, further_recipe, singles_recipe, student_recipe, teacher_recipe

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if bool(start) != bool(teacher):
        raise click.UsageError("--start and --teacher go together.")
    if sum(map(bool, (large, alone, further, start))) > 1:
        raise click.UsageError("--large, --alone, --further and --start are trainings: run one after the other.")
    if singles and not teacher:
        raise click.UsageError("--singles goes with --start and --teacher.")
    if alone:
        click.echo(school.train_singles(shared, work, alone, singles_recipe(seed)))
        return
    if large:
        click.echo(school.train_rounds(teacher_recipe(seed), shared, work, 1, base=large))
        return
    if further:
        recipe, rounds = further_recipe(seed), 1
        trained = school.train_further(shared, work, further, recipe)
    elif start and teacher:
        recipe, rounds = student_recipe(seed), 1
        recipes = [student_recipe(s) for s in range(seed, seed + students)]
        trained = school.train_students(shared, work, start, teacher, recipes, singles)
    else:
        recipe = Recipe(epochs=epochs, seed=seed)
        trained = school.train_rounds(recipe, shared, work, rounds)
    school.write_model(trained, model, shared, recipe, rounds, version)


@click.command()
@SHARED
@MODEL
@click.option(
    "--runtime", type=click.Choice(("openvino", "torch")), envvar="RUNTIME", default="openvino", show_default=True
)
@click.option("--seeds", type=click.Path(exists=True, path_type=Path), help="Our own articles as JSONL.")
@click.option("--floors", type=click.Path(path_type=Path), default=Path("models/floors.json"), show_default=True)
@click.option(
    "--raise",
    "raised",
    is_flag=True,
    help="Write floors half a point under today's scores, and the scores into the card.",
)
@click.option("--lower", is_flag=True, help="With --raise: let floors go down too.")
def evaluate(
    shared: Path, model: Path, runtime: str, seeds: Path | None, floors: Path, raised: bool, lower: bool
) -> None:
    """Score the model on every development corpus and on the seeds; a score under its floor fails."""
    from service.extract.analyzer import Analyzer
    from service.learn import evaluate as room
    from service.learn.cards import write_card
    from service.learn.risks import measure_risks

    golds = room.gold_files(shared, seeds)
    stated = json.loads(floors.read_text(encoding="utf-8")) if floors.exists() else {}
    analyzer = Analyzer.load(model, runtime)
    scores = list(room.evaluate(analyzer, shared, golds))
    click.echo("\n".join(room.format_table(scores, stated)))
    if raised:
        write_card(model, scores, measure_risks(analyzer, shared))
        stated = room.raise_floors(scores, golds, stated, 0.5, lower=lower)
        floors.write_text(json.dumps(stated, indent=1) + "\n", encoding="utf-8")
    if faults := room.check_floors(scores, golds, stated):
        raise click.ClickException("\n".join(faults))
