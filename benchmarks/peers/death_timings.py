"""Time from the SIGKILL of a busy worker to the failed future, and to a pool that has all
its workers again, for concurrent.futures.ProcessPoolExecutor and, if it is there, pebble.

An executor is broken for good after the death of a worker: every other future fails too,
and full strength needs a new executor. That is what the second figure measures there.

Prints JSON: per pool the milliseconds of both, and how many tasks of other workers failed.
"""

import json
import os
import signal
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

try:
    from pebble import ProcessPool
except ImportError:
    ProcessPool = None

WORKERS = 2


def pid(_):
    time.sleep(0.01)
    return os.getpid()


def spin(started):
    with open(started, "w") as file:
        file.write(str(os.getpid()))
    while True:
        pass


def wait_for(file):
    while not os.path.exists(file):
        time.sleep(0.001)


class Executor:
    def __init__(self, method):
        self.method = method
        self.pool = None

    def start(self):
        self.pool = ProcessPoolExecutor(WORKERS, mp_context=get_context(self.method))

    def submit(self, function, argument):
        return self.pool.submit(function, argument)

    def revive(self):
        self.pool.shutdown(wait=True)
        self.start()

    def stop(self):
        self.pool.shutdown(wait=True)


class Pebble(Executor):
    def start(self):
        self.pool = ProcessPool(max_workers=WORKERS, context=get_context(self.method))

    def submit(self, function, argument):
        return self.pool.schedule(function, args=(argument,))

    def revive(self):
        pass

    def stop(self):
        self.pool.stop()
        self.pool.join()


def fill(pool):
    """Until all workers have answered once."""
    seen = set()
    while len(seen) < WORKERS:
        seen.update(future.result() for future in [pool.submit(pid, number) for number in range(WORKERS * 2)])


def measure(pool, kills):
    failed, restored, innocent = [], [], 0
    pool.start()
    fill(pool)
    with tempfile.TemporaryDirectory() as directory:
        for number in range(kills):
            started = os.path.join(directory, str(number))
            failed_at = []
            task = pool.submit(spin, started)
            release = started + "-release"
            other = pool.submit(wait_for, release)
            task.add_done_callback(lambda _: failed_at.append(time.perf_counter()))
            while not (os.path.exists(started) and os.path.getsize(started)):
                time.sleep(0.002)
            with open(started) as file:
                victim = int(file.read())
            start = time.perf_counter()
            os.kill(victim, signal.SIGKILL)
            assert task.exception(timeout=20) is not None
            while not failed_at:
                time.sleep(0.0005)
            open(release, "w").close()
            failed.append((failed_at[0] - start) * 1000)
            pool.revive()
            fill(pool)
            restored.append((time.perf_counter() - start) * 1000)
            innocent += other.exception(timeout=20) is not None
    pool.stop()
    return {"failed": failed, "restored": restored, "innocent": innocent}


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    results = {}
    for method in "fork", "spawn":
        results["Python ProcessPoolExecutor, " + method] = measure(Executor(method), kills)
        if ProcessPool:
            results["Python pebble, " + method] = measure(Pebble(method), kills)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
