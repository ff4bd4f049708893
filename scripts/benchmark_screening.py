"""Measures the screening service: the evaluator alone, and assessments over HTTP on one core.

Run with the services' Python: `make benchmark-screening`. Prints a table for docs/measurements.md.
"""

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from services.screening.assess import assess  # noqa: E402
from services.screening.model import UNSURE, Question, load_instruments  # noqa: E402

INTERVIEWS = 1_000_000
REQUESTS = 5_000
PORT = 8765
NEEDLING = load_instruments()["needling"]
NONSENSE: tuple[Any, ...] = (None, "", "purple", -1, 10**9, 1.5, True, [], ["x"], [1], {})


def random_answer(rng: random.Random, question: Question) -> Any:
    """Mostly valid, one in ten nonsense."""
    if rng.random() < 0.1:
        return rng.choice(NONSENSE)
    if rng.random() < 0.1:
        return UNSURE
    if question.number:
        return rng.randint(question.number.lowest, question.number.highest)
    codes = [choice.code for choice in question.choices]
    return rng.sample(codes, rng.randint(1, 3)) if question.several else rng.choice(codes)


def random_interview(rng: random.Random) -> dict[str, Any]:
    return {q.id: random_answer(rng, q) for q in NEEDLING.questions if rng.random() < 0.7}


def evaluate(count: int) -> float:
    """Seconds for `count` random interviews; raises what the evaluator raises."""
    rng = random.Random(0)  # noqa: S311
    spent = 0.0
    for _ in range(count):
        answers = random_interview(rng)
        started = time.perf_counter()
        assess(NEEDLING, answers)
        spent += time.perf_counter() - started
    return spent


@contextmanager
def service() -> Iterator[None]:
    """The service on the first core; this process uses the second."""
    os.sched_setaffinity(0, {0})
    command = [sys.executable, "-m", "uvicorn", "services.app:app", "--port", str(PORT)]
    process = subprocess.Popen([*command, "--no-access-log", "--log-level", "error"], cwd=PROJECT)
    cores = os.cpu_count() or 1
    os.sched_setaffinity(0, {cores - 1})
    try:
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=1)
                connection.request("GET", "/health")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def over_http(count: int) -> list[float]:
    """Milliseconds of each of `count` assessments, one after the other."""
    rng = random.Random(1)  # noqa: S311
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
    times = []
    for _ in range(count):
        answers = {
            question.id: UNSURE if rng.random() < 0.2 else "no"
            for question in NEEDLING.questions
            if not question.number and not question.several and rng.random() < 0.7
        }
        body = json.dumps({"answers": {"age": 40, "headache_days": 20, **answers}})
        started = time.perf_counter()
        connection.request(
            "POST", "/screening/assessments", body, {"Content-Type": "application/json"}
        )
        reply = connection.getresponse()
        reply.read()
        times.append((time.perf_counter() - started) * 1000)
        assert reply.status == 200
    return times


def main() -> None:
    seconds = evaluate(INTERVIEWS)
    print("| | |\n|---|---|")
    print(f"| random interviews evaluated without an exception | {INTERVIEWS:,} |")
    print(f"| one evaluation | {seconds / INTERVIEWS * 1e6:.0f} µs |")
    with service():
        over_http(200)
        times = sorted(over_http(REQUESTS))
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    print(f"| an assessment over HTTP, p50 / p95 | {p50:.1f} / {p95:.1f} ms |")
    print(f"| assessments a second, one core | {1000 / statistics.mean(times):.0f} |")


if __name__ == "__main__":
    main()
