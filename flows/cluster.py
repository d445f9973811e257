"""Articles are read and stored by the workers of a Dask cluster: `solieu replay --dask tcp://scheduler:8786`.

Whoever starts the tasks (flows/nightly.py, as Prefect's) gives `cluster` the way to submit one. A task is a batch; a
worker gives each of its articles to a process that may be ended, so that the limits hold there as well.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import chain
from typing import Protocol

from pydantic import SecretBytes

from flows.archive import Entry
from flows.desk import Desk, Hands, Store
from flows.limits import Limited
from flows.load import Loaded, linked
from flows.problems import ClusterProblem, Problem
from flows.reading import warm_up
from flows.workers import PAGE, by_article, hand_out, in_order, likeness
from models.problems import DatabaseProblem

AHEAD = 200
"""Batches that the cluster has at a time."""
SECONDS = 10
"""How long a scheduler may take to answer."""

HERE = ("127.0.0.1", "localhost", "[::1]")

Batch = Sequence[Sequence[Entry]]
"""Articles, each with its versions."""


class Promise(Protocol):
    def result(self) -> list[Loaded]: ...


def cluster(submit: Callable[[SecretBytes, Batch], Promise]) -> Hands:
    """What `submit` starts somewhere is `store_batch`."""

    @contextmanager
    def hands(desk: Desk) -> Iterator[Store]:
        like, size = likeness(desk), desk.settings.batch_size

        def store(entries: Sequence[Entry]) -> Iterator[list[Loaded]]:
            articles = by_article(entries)
            batches = (articles[start : start + size] for start in range(0, len(articles), size))
            for loaded in in_order(batches, lambda batch: partial(_result, submit(like, batch)), AHEAD):
                yield linked(desk.engine, loaded)

        yield store

    return hands


def _result(promise: Promise) -> list[Loaded]:
    try:
        return promise.result()
    except (Problem, DatabaseProblem):
        raise
    except Exception as fault:  # workers that were killed, a scheduler that is gone, what Dask cannot send
        raise ClusterProblem(f"the Dask cluster did not do its part: {type(fault).__name__}: {fault}") from fault


def store_batch(like: SecretBytes, batch: Batch) -> list[Loaded]:
    """On a worker: what became of the articles."""
    waiting = [hand_out(_limited(), like, versions) for versions in batch]
    return list(chain.from_iterable(wait() for wait in waiting))


@cache
def _limited() -> Limited:
    """As many processes as the worker has threads; Dask starts the worker as a process that may have none."""
    from distributed import get_worker

    multiprocessing.current_process().daemon = False
    return Limited(get_worker().state.nthreads, warm_up, PAGE)


def check_cluster(address: str, prefect: str | None) -> None:
    """Raises ClusterProblem where no scheduler answers, none of its workers is there, or those of other machines would
    have no Prefect server to tell of their tasks: one of our own answers on this machine alone."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ClusterProblem("--dask needs the package prefect-dask: pip install 'solieu[dask]'") from None
    if prefect is None and address.rpartition("://")[2].rpartition(":")[0] not in HERE:
        raise ClusterProblem(
            f"PREFECT_API_URL has to name a server that the workers of {address} reach: they tell it of their tasks"
        )
    try:
        with Client(address, timeout=SECONDS, set_as_default=False) as client:
            workers = client.scheduler_info(n_workers=-1)["workers"]
    except (OSError, ValueError) as fault:
        raise ClusterProblem(f"no Dask scheduler at {address} ({fault})") from None
    if not workers:
        raise ClusterProblem(f"the Dask scheduler at {address} has no workers: start some, `dask worker {address}`")
