"""Time from the SIGKILL of a busy worker to the failed future, and to a pool that
has all its workers again, for concurrent.futures.ProcessPoolExecutor.

The executor is broken for good after the death of a worker: every other future fails
too, and full strength needs a new executor. That is what the second figure measures.
"""

import os
import signal
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

WORKERS = 2


def pid(_):
    time.sleep(0.01)
    return os.getpid()


def spin(started):
    with open(started, "w") as file:
        file.write(str(os.getpid()))
    while True:
        pass


def full(method):
    """A pool in which all workers have answered once."""
    pool = ProcessPoolExecutor(WORKERS, mp_context=get_context(method))
    seen = set()
    while len(seen) < WORKERS:
        seen.update(pool.map(pid, range(WORKERS * 2)))
    return pool


def measure(method, kills):
    failed, restored, innocent = [], [], 0
    pool = full(method)
    with tempfile.TemporaryDirectory() as directory:
        for number in range(kills):
            started = os.path.join(directory, str(number))
            failed_at = []
            task = pool.submit(spin, started)
            other = pool.submit(time.sleep, 60)
            task.add_done_callback(lambda _: failed_at.append(time.perf_counter()))
            while not (os.path.exists(started) and os.path.getsize(started)):
                time.sleep(0.002)
            with open(started) as file:
                victim = int(file.read())
            start = time.perf_counter()
            os.kill(victim, signal.SIGKILL)
            error = task.exception(timeout=20)
            assert isinstance(error, BrokenProcessPool), error
            innocent += isinstance(other.exception(timeout=20), BrokenProcessPool)
            while not failed_at:
                time.sleep(0.0005)
            failed.append((failed_at[0] - start) * 1000)
            pool.shutdown(wait=True)
            pool = full(method)
            restored.append((time.perf_counter() - start) * 1000)
    pool.shutdown(wait=True)
    report(f"concurrent.futures ({method}): SIGKILL to failed future", failed)
    report(f"concurrent.futures ({method}): SIGKILL to full strength of a new pool", restored)
    print(f"| concurrent.futures ({method}): tasks of other workers that failed too | {innocent} of {kills} |")


def report(what, millis):
    millis.sort()
    print(f"| {what} | {len(millis)} kills | p50 {millis[len(millis) // 2]:.1f} ms"
          f" | p99 {millis[len(millis) * 99 // 100]:.1f} ms |", flush=True)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    measure("spawn", count)
    measure("fork", count)
