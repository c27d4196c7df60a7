"""Lets a real Prometheus scrape the sample under load, and sets what it says beside the truth.

usage: python3 benchmarks/prometheus.py [seconds]
Needs the packaged sample (mvn -B -pl sample-app -am package -DskipTests) and Debian's package prometheus.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
JAR = ROOT / "sample-app/target/sample-app-0.1.0-SNAPSHOT.jar"
PDF = ROOT / "sample-app/src/main/resources/static/samples/invoice.pdf"
SAMPLE = "http://localhost:18080"
PROMETHEUS = "http://localhost:19090"
SCRAPE_SECONDS = 2

CONFIG = f"""
scrape_configs:
  - job_name: sample
    scrape_interval: {SCRAPE_SECONDS}s
    metrics_path: /actuator/prometheus
    static_configs:
      - targets: ['localhost:18080']
"""


def get(url, data=None, headers=None):
    """Status and body of a request."""
    request = urllib.request.Request(url, data=data, headers=headers or {}, method="GET" if data is None else "POST")
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def await_up(url):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if get(url)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit(f"nothing answers at {url}")


def query(expression):
    """Sum over all series of the answer; None if there is none."""
    url = f"{PROMETHEUS}/api/v1/query?" + urllib.parse.urlencode({"query": expression})
    result = json.loads(get(url)[1])["data"]["result"]
    return sum(float(series["value"][1]) for series in result) if result else None


def upload():
    boundary = "x-boundary-x"
    body = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n').encode()
    body += PDF.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    return get(f"{SAMPLE}/documents", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})[0]


def workers(parent):
    """Pids of the workers: the children of the sample, but for those that only make archives."""
    pids = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit():
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                if int(fields[1]) == parent and b"-training.args" not in (entry / "cmdline").read_bytes():
                    pids.append(int(entry.name))
        except OSError:
            pass
    return pids


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Load:
    """Callers that count what they get."""

    def __init__(self):
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.counts = {}

    def add(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def documents(self):
        while not self.stop.is_set():
            self.add(("document", upload()))

    def chaos(self):
        while not self.stop.wait(8):
            for kind in ("exit", "exception"):
                self.add((kind, get(f"{SAMPLE}/chaos/{kind}", b"")[0]))


def main(seconds):
    with tempfile.TemporaryDirectory(prefix="processpool-prometheus-") as name:
        observe(seconds, pathlib.Path(name))


def observe(seconds, directory):
    config = directory / "prometheus.yml"
    config.write_text(CONFIG)
    sample = subprocess.Popen(
        ["java", "-jar", str(JAR), "--server.port=18080", f"--documents.directory={directory}/documents",
         "--management.endpoints.web.exposure.include=*"],
        stdout=open(directory / "sample.log", "w"), stderr=subprocess.STDOUT)
    prometheus = subprocess.Popen(
        ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={directory}/data",
         "--web.listen-address=localhost:19090", "--log.level=error"], stderr=subprocess.DEVNULL)
    try:
        await_up(f"{SAMPLE}/actuator/health")
        await_up(f"{PROMETHEUS}/-/ready")
        run(seconds, sample.pid)
    finally:
        for process in (sample, prometheus):
            process.terminate()
            process.wait(60)


def run(seconds, parent):
    load = Load()
    threads = [threading.Thread(target=load.documents) for _ in range(3)] + [threading.Thread(target=load.chaos)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    load.stop.set()
    for thread in threads:
        thread.join()
    # A heartbeat of each worker, then a scrape of what it told
    time.sleep(6 + 2 * SCRAPE_SECONDS)
    pids = workers(parent)
    truth_memory = sum(map(resident_bytes, pids))
    truth_cpu = sum(map(cpu_seconds, pids))
    count = load.counts.get
    rows = [
        ("documents read", count(("document", 201)),
         'processpool_task_seconds_count{pool="default",outcome="success"}'),
        ("tasks that took down their worker", count(("exit", 502)),
         'processpool_task_seconds_count{pool="chaos",outcome="crashed"}'),
        ("workers that crashed", count(("exit", 502)),
         'processpool_workers_terminated_total{pool="chaos",reason="crashed"}'),
        ("tasks that threw", count(("exception", 500)),
         'processpool_task_seconds_count{pool="chaos",outcome="error"}'),
        ("arguments encoded", count(("document", 201)), 'processpool_task_encode_seconds_count{pool="default"}'),
        ("results decoded", count(("document", 201)), 'processpool_task_decode_seconds_count{pool="default"}'),
        ("workers", len(pids), 'processpool_workers{state=~"idle|busy"}'),
        ("tasks that wait", 0, "processpool_tasks_queued"),
        ("retries", 0, "processpool_task_retries_total"),
        ("resident MB of workers", round(truth_memory / 1e6, 1), "processpool_worker_memory_bytes / 1e6"),
        ("CPU s of workers alive, and of all", round(truth_cpu, 1), "processpool_worker_cpu_seconds_total"),
        ("GC s of all workers", "", "processpool_worker_gc_seconds_total"),
        ("heap MB of workers", "", "processpool_worker_heap_bytes / 1e6"),
        ("mean execution ms", "", '1000 * processpool_task_execution_seconds_sum{pool="default"}'
                                  ' / processpool_task_execution_seconds_count{pool="default"}'),
        ("mean encode us", "", '1e6 * processpool_task_encode_seconds_sum{pool="default"}'
                               ' / processpool_task_encode_seconds_count{pool="default"}'),
        ("mean decode us", "", '1e6 * processpool_task_decode_seconds_sum{pool="default"}'
                               ' / processpool_task_decode_seconds_count{pool="default"}'),
        ("kB sent", "", "processpool_bytes_sent_total / 1e3"),
        ("kB received", "", "processpool_bytes_received_total / 1e3"),
    ]
    print("| what | counted outside | Prometheus says |\n|---|---|---|")
    for what, truth, expression in rows:
        value = query(expression)
        print(f"| {what} | {0 if truth is None else truth} | {'none' if value is None else f'{value:.1f}'} |")
    print("\nall that callers saw:", {" ".join(map(str, key)): value for key, value in sorted(load.counts.items())})
    metrics = get(f"{SAMPLE}/actuator/prometheus")[1]
    check = subprocess.run(["promtool", "check", "metrics"], input=metrics, capture_output=True)
    complaints = (check.stdout + check.stderr).decode().splitlines()
    print(f"promtool check metrics: exit {check.returncode}, {len(complaints)} complaints,",
          f"{sum('processpool' in line for line in complaints)} about processpool")
    for line in complaints:
        print("  ", line)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
