"""Turns at the model: order, bounds, deadlines."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from service.extract.records import Article
from service.extract.stages import STAGES
from service.web.problems import DeadlineExceeded, QueueFull
from service.web.turns import Deadline, Turns, Watch

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer


def test_requests_are_served_in_the_order_they_came() -> None:
    turns, served = Turns(waiting=3), list[int]()
    gate = threading.Event()

    def ask(number: int) -> None:
        with turns.take(Deadline(30)):
            gate.wait(30)
            served.append(number)

    threads = []
    for number in range(4):
        threads.append(threading.Thread(target=ask, args=(number,)))
        threads[-1].start()
        while len(turns) <= number:
            pass
    gate.set()
    for thread in threads:
        thread.join(30)
    assert served == [0, 1, 2, 3]
    assert len(turns) == 0


def test_more_than_may_wait_are_refused_at_once_and_told_when_to_come_back() -> None:
    turns = Turns(waiting=0)
    with turns.take(Deadline(30)):
        with pytest.raises(QueueFull) as refused, turns.take(Deadline(30)):
            pass
        assert int(refused.value.headers["Retry-After"]) >= 1
    with turns.take(Deadline(30)):
        assert len(turns) == 1


def test_a_request_past_its_deadline_never_reaches_the_model() -> None:
    turns = Turns(waiting=5)
    with pytest.raises(DeadlineExceeded), turns.take(Deadline(0)):
        pytest.fail("the model was reached")
    with turns.take(Deadline(30)):
        with pytest.raises(DeadlineExceeded), turns.take(Deadline(0.01)):
            pytest.fail("the model was reached")
        assert len(turns) == 1


def test_a_turn_that_fails_frees_the_model() -> None:
    turns = Turns(waiting=0)
    with pytest.raises(ZeroDivisionError), turns.take(Deadline(30)):
        _ = 1 / 0
    with turns.take(Deadline(30)):
        pass


@pytest.mark.parametrize("last", STAGES[:-1])
def test_an_article_whose_deadline_passes_in_one_stage_never_reaches_the_next(analyzer: Analyzer, last: str) -> None:
    deadline, entered = Deadline(3600), list[str]()

    @contextmanager
    def time(name: str) -> Iterator[None]:
        entered.append(name)
        if name == last:
            deadline.at = 0.0
        yield

    with pytest.raises(DeadlineExceeded) as refused:
        analyzer.analyze(Article("The dam will hold, she said."), Watch(time, deadline, Turns(waiting=1)))
    assert entered == list(STAGES[: STAGES.index(last) + 1])
    assert int(refused.value.headers["Retry-After"]) >= 1
