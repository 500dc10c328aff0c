"""Runs work on what strangers wrote in a process of its own, within so much time and memory.

A file can panic its parser, keep it busy for hours, or ask for more memory than there is. All of it only ends a child
process: the server goes on, and the others in the room notice nothing.
"""

import gc
import logging
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

# Bytes before each message of the child that say how long it is.
_SIZE = 8
_NO_MEMORY = 3  # the exit code that tells of it
_log = logging.getLogger(__name__)
# Whether this is the child.
_inside = False


@dataclass(frozen=True)
class Limits:
    """What the work may take; each step it reports begins its time anew.

    `seconds` of the processor, `most_seconds` on the clock, for a busy machine takes longer; `memory` in bytes.
    """

    seconds: int
    most_seconds: float
    memory: int


class Ended(Exception):
    """The work did not come to its end: it took too much time, too much memory, or it broke."""

    def __init__(self, why: Literal["time", "memory", "fault"]) -> None:
        super().__init__(why)
        self.why = why


def run(
    work: Callable[..., Any],
    *arguments: object,
    limits: Limits,
    heard: Callable[..., None] | None = None,
    **options: object,
) -> Any:
    """What `work(*arguments, **options)` gives, done in a child process.

    With `heard` the work gets a function `progress`; `heard` is called with whatever that is called with. Function,
    arguments and result must be of a kind that pickle takes. Work within such work is done where that is, within the
    same limits. Raises Ended.
    """
    if _inside:
        return work(*arguments, **options, **({"progress": heard} if heard else {}))
    command = "import sys; from intake import sandbox; sys.exit(sandbox.answer())"
    late = threading.Event()
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as said:
        pickle.dump((limits, heard is not None, work, arguments, options), asked)
        asked.seek(0)
        with subprocess.Popen(  # noqa: S603
            [sys.executable, "-E", "-s", "-c", command],
            cwd=Path(__file__).parents[1],
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=said,
            # Out of memory, a parser would hang where it tells how it got there.
            env=os.environ | {"RUST_BACKTRACE": "0"},
        ) as child:
            try:
                done, result = _listen(child, limits, late, heard or (lambda: None))
            except BaseException:
                # Whoever asked does not wait any more.
                child.kill()
                raise
            code = child.wait()
        said.seek(0)
        words = said.read()
    if done and code == 0:
        return result
    if late.is_set() or code == -getattr(signal, "SIGXCPU", 0):
        raise Ended("time")
    if code == _NO_MEMORY or b"memory allocation of" in words or b"MemoryError" in words:
        raise Ended("memory")
    _log.warning("A child process broke (exit code %s): %s", code, words.decode(errors="replace")[-4000:])
    raise Ended("fault")


def _listen(
    child: "subprocess.Popen[bytes]",
    limits: Limits,
    late: threading.Event,
    heard: Callable[..., None],
) -> tuple[bool, object]:
    """Whether the work came to its end, and what it gave."""
    while True:
        watch = threading.Timer(limits.most_seconds, _end, (child, late))
        watch.start()
        try:
            size = int.from_bytes(child.stdout.read(_SIZE))  # type: ignore[union-attr]
            message = child.stdout.read(size)  # type: ignore[union-attr]
        finally:
            watch.cancel()
        try:
            with uncollected():
                done, said = pickle.loads(message)  # noqa: S301 - our own child wrote it
        except (EOFError, pickle.UnpicklingError):
            return False, None
        if done:
            return True, said
        heard(*said)


@contextmanager
def uncollected() -> Iterator[None]:
    """While a long list becomes a million small objects: none is in a cycle, and Python would look through them often.

    Other threads are not looked after meanwhile either, so no work that waits belongs here.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _end(child: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    child.kill()


def answer() -> int:
    """The child's part of `run`: what it is asked stands on its standard input, what it says on its output."""
    global _inside
    _inside = True
    # As in `uncollected`, to the end.
    gc.disable()
    limits, reports, work, arguments, options = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    _limit(limits)
    if reports:
        options["progress"] = lambda *said: _next_step(limits, said)
    try:
        _say((True, work(*arguments, **options)))
    except MemoryError:
        return _NO_MEMORY
    return 0


def _say(message: tuple[bool, object]) -> None:
    said = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.write(len(said).to_bytes(_SIZE))
    sys.stdout.buffer.write(said)
    sys.stdout.flush()


def _next_step(limits: Limits, said: tuple[object, ...]) -> None:
    _limit_time(limits)
    _say((False, said))


def _limit(limits: Limits) -> None:
    # Windows knows no such limits: there the child only stops by the clock, or where memory ends.
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _limit_time(limits)


def _limit_time(limits: Limits) -> None:
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + limits.seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
