"""Python's pools as contenders of the benchmarks: reads workloads from standard input, one
a line ("name bytes seconds"), and answers each with a JSON list of figures. The names and
the figures are those of the Java class Workload.
"""

import json
import sys
import time
from collections import namedtuple

IN_FLIGHT = 1000
RECORD_COUNT = 1000
TASK_SECONDS = 0.020
TASK_COUNT = 200

Item = namedtuple("Item", "id name price available")


def noop(value):
    return value


def burn(seconds):
    end = time.thread_time() + seconds
    value = 1
    while time.thread_time() < end:
        for _ in range(1000):
            value = value * 6364136223846793005 + 1 & 0xFFFFFFFF
    return seconds


class Pool:
    """multiprocessing.Pool"""

    def __init__(self, workers):
        from multiprocessing import Pool as Implementation
        self.pool = Implementation(workers)

    def submit(self, function, value):
        return self.pool.apply_async(function, (value,))

    def result(self, future):
        return future.get()

    def close(self):
        self.pool.terminate()


class Spawned(Pool):
    """multiprocessing.Pool whose workers are new interpreters"""

    def __init__(self, workers):
        from multiprocessing import get_context
        self.pool = get_context("spawn").Pool(workers)


class Executor:
    """concurrent.futures.ProcessPoolExecutor"""

    def __init__(self, workers):
        from concurrent.futures import ProcessPoolExecutor
        self.pool = ProcessPoolExecutor(workers)

    def submit(self, function, value):
        return self.pool.submit(function, value)

    def result(self, future):
        return future.result()

    def close(self):
        self.pool.shutdown()


class Pebble(Executor):
    """pebble.ProcessPool"""

    def __init__(self, workers):
        from pebble import ProcessPool
        self.pool = ProcessPool(max_workers=workers)

    def submit(self, function, value):
        return self.pool.schedule(function, args=(value,))

    def close(self):
        self.pool.stop()
        self.pool.join()


KINDS = {"pool": Pool, "spawned": Spawned, "executor": Executor, "pebble": Pebble}


def percentile(values, fraction):
    return sorted(values)[min(len(values) - 1, int(len(values) * fraction))]


def call(pool, value):
    return pool.result(pool.submit(noop, value))


def one_at_a_time(pool, size, seconds):
    latencies = []
    begin = start = time.perf_counter()
    while start - begin < seconds:
        assert call(pool, len(latencies)) == len(latencies)
        end = time.perf_counter()
        latencies.append(end - start)
        start = end
    return [percentile(latencies, 0.5) * 1e6, percentile(latencies, 0.99) * 1e6]


def flood(pool, size, seconds):
    begin = time.perf_counter()
    ring = [pool.submit(noop, number) for number in range(IN_FLIGHT)]
    sent = IN_FLIGHT
    while sent & 63 or time.perf_counter() - begin < seconds:
        slot = sent % IN_FLIGHT
        assert pool.result(ring[slot]) == sent - IN_FLIGHT
        ring[slot] = pool.submit(noop, sent)
        sent += 1
    for future in ring:
        pool.result(future)
    return [sent / (time.perf_counter() - begin)]


def echo(pool, size, seconds):
    value = b"\7" * size
    count = 0
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        assert len(call(pool, value)) == size
        count += 1
    return [count * size / (time.perf_counter() - begin) / 1e6]


def records(pool, size, seconds):
    items = [Item(number, "item number %d" % number, number * 1.1, number % 2 == 0) for number in range(RECORD_COUNT)]
    latencies = []
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        answer = call(pool, items)
        latencies.append(time.perf_counter() - start)
        assert answer == items
    return [percentile(latencies, 0.5) * 1e3]


def processor_time(pool, size, seconds):
    import os
    processors = min(len(os.sched_getaffinity(0)), WORKERS)
    tasks = int(max(2, min(TASK_COUNT, seconds * len(os.sched_getaffinity(0)) / TASK_SECONDS)))
    begin = time.perf_counter()
    for future in [pool.submit(burn, TASK_SECONDS) for _ in range(tasks)]:
        pool.result(future)
    return [100.0 * tasks * TASK_SECONDS / processors / (time.perf_counter() - begin)]


def first_result(pool, size, seconds):
    start = time.perf_counter()
    other = type(pool)(WORKERS)
    assert call(other, 1) == 1
    elapsed = time.perf_counter() - start
    other.close()
    return [elapsed * 1e3]


WORKLOADS = {
    "one_at_a_time": one_at_a_time,
    "flood": flood,
    "echo_64_kib": echo,
    "echo_1_mib": echo,
    "echo_16_mib": echo,
    "records": records,
    "processor_time": processor_time,
    "first_result": first_result,
}


def main():
    try:
        pool = KINDS[sys.argv[1]](WORKERS)
    except ImportError:
        print("missing", flush=True)
        return
    call(pool, 0)
    print("ready", flush=True)
    # Not "for line in sys.stdin", which reads ahead
    for line in iter(sys.stdin.readline, ""):
        name, size, seconds = line.split()
        print(json.dumps(WORKLOADS[name](pool, int(size), float(seconds))), flush=True)
    pool.close()


if __name__ == "__main__":
    WORKERS = int(sys.argv[2])
    main()
