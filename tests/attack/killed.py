"""Runs one operation on a store in a process that is killed on the way; `test_kills.py` talks to it.

All modules are loaded once and every operation runs in a fork of this process, which itself never opens a store: so a
kill costs no more than the operation. A line of JSON in is a job, a line out what became of it.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import manage
from access import backups
from access.keeping import Keeper
from core import store
from intake.changes import Source, left_post
from opening import new_store


def _change() -> None:
    engine = store.open_store()
    posting = int(engine.fetch("select min(posting_id) as n from posting where to_on is null").n[0])
    left_post(engine.seen_by(store.WHOLE_COUNTRY), posting, date(2019, 1, 1), "nghi_huu", Source("người thử"))


def _law(queries: str) -> None:
    store.QUERIES = Path(queries)
    store.open_store()


def _command(*words: str) -> None:
    sys.exit(manage.main(words))


def _backups() -> None:
    sys.exit(backups.answer())


def _keep() -> None:
    Keeper(first=0).start()
    while not backups.newest():
        time.sleep(0.01)


JOBS: dict[str, Callable[..., None]] = {
    "command": _command,
    "change": _change,
    "law": _law,
    "backups": _backups,
    "keep": _keep,
    "prune": lambda: backups.prune() and None,
    "begin": lambda: new_store.begin(new_store.NAM_DONG) and None,
}


def run(job: dict[str, object]) -> dict[str, object]:
    """Start the job in a fork, send it the signal after the delay, and tell how it ended and how long it took."""
    began = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.environ["DASHBOARD_STORE"] = str(job["store"])
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        code = 1
        try:
            JOBS[str(job["do"])](*job["words"])  # type: ignore[misc]
            store.close_stores()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            os._exit(code)
    ended = False
    if job["signal"]:
        until = began + float(str(job["delay"]))
        while not ended and time.perf_counter() < until:
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
            time.sleep(0.001)
        if not ended:
            os.kill(pid, signal.Signals[str(job["signal"])])
    _, status = os.waitpid(pid, 0)
    return {"code": os.waitstatus_to_exitcode(status), "seconds": time.perf_counter() - began, "struck": not ended}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
