"""Several processes that share nothing: batches of encoded readings out, encoded readings back, in order.

The parent reads files and keeps what comes back; workers only code. A worker that dies takes no other report with it:
its batch is coded again, one report at a time, and the report that ends its worker gets a Problem.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import connection, get_context
from typing import Generic, TypeVar

from khabar.errors import KhabarError, PipelineError
from khabar.records import Problem, Reading
from khabar.records.codec import decode, encode
from khabar.run.pipeline import assemble
from khabar.settings import Settings

T = TypeVar("T")

AHEAD = 3  # batches a worker may be ahead of the one that is waited for, so that none is idle and memory stays flat
MOST_DEATHS = 8  # one after another: then it is no report that ends them
FRESH = get_context("spawn")  # never forked: the parent may have threads


def work(pipe: connection.Connection, settings: Settings) -> None:
    """A worker's life: code batches until the parent closes the pipe. What khabar itself lacks is sent back to be raised."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends its workers
    while True:
        try:
            batch = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send([encode(reading) for reading in assemble(settings).pipe([decode(reading) for reading in batch])])
        except KhabarError as error:
            pipe.send(error)


@dataclass(slots=True, eq=False)
class Task(Generic[T]):
    """A batch on its way, with the companion that stays here; `coded` once it is back."""

    companion: T
    batch: list[bytes]
    coded: list[bytes] | None = None


class Worker:
    """One process and the pipe to it."""

    def __init__(self, settings: Settings) -> None:
        self.pipe, theirs = FRESH.Pipe()
        self.process = FRESH.Process(target=work, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()

    def send(self, batch: list[bytes]) -> None:
        try:
            self.pipe.send(batch)
        except OSError:  # it died: `receive` will say so
            return

    def receive(self) -> list[bytes] | None:
        """What it coded, or None where it died. Raises what khabar lacks."""
        try:
            answer: list[bytes] | KhabarError = self.pipe.recv()
        except (EOFError, OSError):
            return None
        if isinstance(answer, KhabarError):
            raise answer
        return answer

    def end(self) -> str:
        """End it, if it has not ended, and say how it ended."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        code = self.process.exitcode or 0
        self.process.close()
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


class Workers:
    """`jobs` processes; use as a context, and they end with it.

    Processes are started afresh, so a script that calls this must guard its main part with `if __name__ == "__main__"`.
    """

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings = settings
        self._deaths = 0
        self._alive: list[Worker] = []
        self._idle = [self._hired() for _ in range(jobs)]
        self._busy: dict[connection.Connection, tuple[Worker, Task[object]]] = {}
        self._most = jobs * AHEAD

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *exception: object) -> None:
        while self._alive:
            self._alive.pop().end()

    def pipe(self, batches: Iterable[tuple[T, Sequence[Reading]]]) -> Iterator[tuple[T, list[Reading]]]:
        """Code batches, each with a companion that stays here; they come back in order, and never more than a few are held."""
        under_way: deque[Task[T]] = deque()
        for companion, readings in batches:
            task = Task(companion, [encode(reading) for reading in readings])
            while not self._idle:
                self._listen()
            self._give(task)
            under_way.append(task)
            while under_way and (under_way[0].coded is not None or len(under_way) >= self._most):
                yield self._finished(under_way.popleft())
        while under_way:
            yield self._finished(under_way.popleft())

    def _give(self, task: Task[T]) -> None:
        worker = self._idle.pop()
        worker.send(task.batch)
        self._busy[worker.pipe] = (worker, task)  # type: ignore[assignment]

    def _finished(self, task: Task[T]) -> tuple[T, list[Reading]]:
        while task.coded is None:
            self._listen()
        return task.companion, [decode(reading) for reading in task.coded]

    def _listen(self) -> None:
        """Wait until a worker has something to say, and take it."""
        for ready in connection.wait(list(self._busy)):
            worker, task = self._busy.pop(ready)  # type: ignore[call-overload]
            task.coded = worker.receive()
            if task.coded is None:
                worker, task.coded = self._one_by_one(worker, task.batch)
            else:
                self._deaths = 0
            self._idle.append(worker)

    def _one_by_one(self, worker: Worker, batch: list[bytes]) -> tuple[Worker, list[bytes]]:
        """After a death, the batch again in another worker, so that only the report that caused it is given up."""
        how, worker = self._replaced(worker)
        if len(batch) == 1:
            return worker, [self._given_up(batch[0], how)]
        coded: list[bytes] = []
        for reading in batch:
            worker.send([reading])
            answer = worker.receive()
            if answer is None:
                how, worker = self._replaced(worker)
                answer = [self._given_up(reading, how)]
            else:
                self._deaths = 0
            coded.extend(answer)
        return worker, coded

    def _hired(self) -> Worker:
        worker = Worker(self._settings)
        self._alive.append(worker)
        return worker

    def _replaced(self, worker: Worker) -> tuple[str, Worker]:
        """How a worker ended, and the one in its place."""
        self._alive.remove(worker)
        return worker.end(), self._hired()

    def _given_up(self, encoded: bytes, how: str) -> bytes:
        self._deaths += 1
        if self._deaths >= MOST_DEATHS:
            raise PipelineError(f"{MOST_DEATHS} workers ended one after another ({how}): is there memory for so many? Try fewer jobs")
        reading = decode(encoded)
        message = f"the process that coded it ended ({how}), most likely for want of memory; it was not coded"
        return encode(reading.with_problem(Problem("run", "worker-died", message, where=reading.document.name)))
