"""Measures this assistant and a stock Rasa project side by side, one after the other.

The stock project has the pipeline and policies that `rasa init` writes down, with TensorFlow, and
is trained on the same data. Both answer the same questions over their own REST channel.

The default of 100 epochs takes hours on this data, so the stock project trains for a few only: what
a message costs does not depend on it, and its training time is a lower bound.
"""

import json
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import requests
import yaml

from scripts.prepare import PLACEHOLDERS, UV
from scripts.running import start_stack, stop_stack
from scripts.settings import HOST, MODEL, PROJECT, RASA_PYTHON, STATE, Settings, rasa_environment

REPORT = PROJECT / "reports" / "benchmark.json"
STOCK = STATE / "benchmark" / "stock"
STOCK_PYTHON = STATE / "benchmark" / "venv" / "bin" / "python"
STOCK_PORT = 5105
STOCK_EPOCHS = 4
STOCK_CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": STOCK_EPOCHS, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": STOCK_EPOCHS, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": STOCK_EPOCHS},
        {
            "name": "TEDPolicy",
            "max_history": 5,
            "epochs": STOCK_EPOCHS,
            "constrain_similarities": True,
        },
    ],
}
STARTS = 3
LATENCY_TURNS = 200
TURNS_OF_A_CONVERSATION = 10
SECONDS_OF_LOAD = 15
USERS = (1, 8, 32)
LONG_CONVERSATIONS = 3
AROUND = 3

Say = Callable[[str], None]


@dataclass
class Figures:
    """What was measured of one system. Times in seconds or milliseconds, memory in MB."""

    training_seconds: float = 0.0
    training_cpu_seconds: float = 0.0
    start_seconds: float = 0.0
    memory_mb: dict[str, float] = field(default_factory=dict)
    latency_p50_ms: float = 0.0
    latency_p95_ms: float = 0.0
    messages_per_second: dict[int, float] = field(default_factory=dict)
    turn_5_ms: float = 0.0
    turn_200_ms: float = 0.0


def main() -> int:
    topics = yaml.safe_load((PROJECT / "data" / "topics.yml").read_text())["faq"]
    asked = yaml.safe_load((PROJECT / "data" / "questions.yml").read_text())
    questions = [asked[topic] for topic in topics]
    ours = measure_ours(questions)
    print(ours, flush=True)
    stock = measure_stock(questions)
    REPORT.parent.mkdir(exist_ok=True)
    figures = {"needlewise": vars(ours), "stock": vars(stock)}
    REPORT.write_text(json.dumps(figures, indent=2) + "\n")
    print(table(ours, stock))
    return 0


def measure_ours(questions: list[str]) -> Figures:
    figures = Figures()
    print("Needlewise: training ...", flush=True)
    with tempfile.TemporaryDirectory() as cache:
        _time_training(figures, RASA_PYTHON, PROJECT, {"RASA_CACHE_DIRECTORY": cache})
    settings = Settings(5205, 5255, 5275, STATE / "benchmark" / "conversations.db")
    settings.conversations.parent.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def running() -> Iterator[int]:
        for file in settings.conversations.parent.glob(f"{settings.conversations.name}*"):
            file.unlink()
        supervisor = start_stack(settings)
        yield supervisor.pid
        stop_stack(supervisor)

    def talker() -> Say:
        http = _session()
        token = http.post(f"{settings.chat_url}/session", timeout=30).json()["token"]
        http.headers["Authorization"] = f"Bearer {token}"

        def say(text: str) -> None:
            reply = http.post(f"{settings.chat_url}/messages", json={"text": text}, timeout=60)
            assert reply.json()["messages"], "silence"

        return say

    _measure(figures, running, talker, questions)
    return figures


def measure_stock(questions: list[str]) -> Figures:
    figures = Figures()
    print(f"Stock Rasa: training for {STOCK_EPOCHS} epochs ...", flush=True)
    build_stock()
    _time_training(figures, STOCK_PYTHON, STOCK, {})
    url = f"http://{HOST}:{STOCK_PORT}"

    @contextmanager
    def running() -> Iterator[int]:
        server = subprocess.Popen(
            [str(STOCK_PYTHON), "-m", "rasa", "run", "--interface", HOST, "--port", str(STOCK_PORT)]
            + ["--credentials", "credentials.yml"],
            cwd=STOCK,
            env={**os.environ, **rasa_environment()},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not _answers(f"{url}/webhooks/rest/webhook"):
            time.sleep(0.2)
        yield server.pid
        server.send_signal(signal.SIGINT)
        server.wait(30)

    names = iter(range(10**9))

    def talker() -> Say:
        http, sender = _session(), f"user-{next(names)}"

        def say(text: str) -> None:
            body = {"sender": sender, "message": text}
            assert http.post(f"{url}/webhooks/rest/webhook", json=body, timeout=60).json()

        return say

    _measure(figures, running, talker, questions)
    return figures


def build_stock() -> None:
    """Lay out the stock project: our data and domain, Rasa's default configuration."""
    if not STOCK_PYTHON.exists():
        environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
        folder = STOCK_PYTHON.parents[1]
        for command in (
            [UV, "venv", "--no-project", "--python", RASA_PYTHON.resolve(), folder],
            [UV, "pip", "install", "--python", STOCK_PYTHON, "rasa==3.6.21"],
        ):
            subprocess.run([str(part) for part in command], env=environment, check=True)
    STOCK.mkdir(parents=True, exist_ok=True)
    (STOCK / "data").mkdir(exist_ok=True)
    for name in ("nlu.yml", "responses.yml", "rules.yml", "stories.yml"):
        shutil.copy(PROJECT / "data" / name, STOCK / "data" / name)
    # Without an action server nothing may need one.
    for name in ("rules.yml", "stories.yml"):
        text = (STOCK / "data" / name).read_text()
        text = text.replace("action: action_not_understood", "action: utter_out_of_scope")
        (STOCK / "data" / name).write_text(text)
    shutil.copy(PROJECT / "domain.yml", STOCK / "domain.yml")
    (STOCK / "config.yml").write_text(yaml.safe_dump(STOCK_CONFIG, sort_keys=False))
    (STOCK / "credentials.yml").write_text("rest:\n")


def table(ours: Figures, stock: Figures) -> str:
    """The comparison as Markdown."""
    rows: list[tuple[str, float, float]] = [
        (
            f"training, s of processor time (stock: {STOCK_EPOCHS} epochs of 100)",
            ours.training_cpu_seconds,
            stock.training_cpu_seconds,
        ),
        (
            f"training, s by the clock (stock: {STOCK_EPOCHS} epochs of 100)",
            ours.training_seconds,
            stock.training_seconds,
        ),
        ("start to ready, s", ours.start_seconds, stock.start_seconds),
        ("memory of the Rasa process, MB", ours.memory_mb["rasa"], stock.memory_mb["rasa"]),
        ("memory of everything, MB", sum(ours.memory_mb.values()), sum(stock.memory_mb.values())),
        ("one user, p50, ms", ours.latency_p50_ms, stock.latency_p50_ms),
        ("one user, p95, ms", ours.latency_p95_ms, stock.latency_p95_ms),
        *(
            (
                f"messages a second, {users} users",
                ours.messages_per_second[users],
                stock.messages_per_second[users],
            )
            for users in USERS
        ),
        ("5th turn, ms", ours.turn_5_ms, stock.turn_5_ms),
        ("200th turn, ms", ours.turn_200_ms, stock.turn_200_ms),
    ]
    lines = ["| | Needlewise | stock Rasa | ratio |", "|---|---|---|---|"]
    lines += [f"| {name} | {a:.1f} | {b:.1f} | {a / b:.2f} |" for name, a, b in rows]
    return "\n".join(lines)


def _measure(
    figures: Figures,
    running: Callable[[], Any],
    talker: Callable[[], Say],
    questions: list[str],
) -> None:
    starts = []
    for attempt in range(STARTS):
        started = time.monotonic()
        with running() as process:
            starts.append(time.monotonic() - started)
            if attempt < STARTS - 1:
                continue
            for text in questions[:5]:
                talker()(text)
            _time_turns(figures, talker, questions)
            for users in USERS:
                figures.messages_per_second[users] = _throughput(talker, questions, users)
            _time_long_conversations(figures, talker, questions)
            figures.memory_mb = _memory(process)
    figures.start_seconds = statistics.median(starts)


def _time_training(
    figures: Figures, python: Path, folder: Path, environment: dict[str, str]
) -> None:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with tempfile.TemporaryDirectory() as out:
        target = out if folder == PROJECT else str(folder / "models")
        subprocess.run(
            [python, "-m", "rasa", "train", "--force", "--out", target],
            cwd=folder,
            env={**os.environ, **rasa_environment(), **PLACEHOLDERS, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures.training_seconds = time.monotonic() - started
    figures.training_cpu_seconds = (
        after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    )


def _time_turns(figures: Figures, talker: Callable[[], Say], questions: list[str]) -> None:
    times = []
    for turn, text in zip(range(LATENCY_TURNS), cycle(questions), strict=False):
        if turn % TURNS_OF_A_CONVERSATION == 0:
            say = talker()
        times.append(_milliseconds(say, text))
    figures.latency_p50_ms = statistics.median(times)
    figures.latency_p95_ms = statistics.quantiles(times, n=20)[-1]


def _throughput(talker: Callable[[], Say], questions: list[str], users: int) -> float:
    counts = [0] * users
    end = time.monotonic() + SECONDS_OF_LOAD

    def chat(user: int) -> None:
        for turn, text in enumerate(cycle(questions)):
            if turn % TURNS_OF_A_CONVERSATION == 0:
                say = talker()
            if time.monotonic() > end:
                return
            say(text)
            counts[user] += 1

    threads = [threading.Thread(target=chat, args=(user,)) for user in range(users)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - started)


def _time_long_conversations(
    figures: Figures, talker: Callable[[], Say], questions: list[str]
) -> None:
    early, late = [], []
    for _ in range(LONG_CONVERSATIONS):
        say = talker()
        times = [
            _milliseconds(say, text)
            for _, text in zip(range(200 + AROUND), cycle(questions), strict=False)
        ]
        early += times[5 - AROUND : 5 + AROUND]
        late += times[200 - AROUND : 200 + AROUND]
    figures.turn_5_ms, figures.turn_200_ms = statistics.median(early), statistics.median(late)


def _milliseconds(say: Say, text: str) -> float:
    started = time.perf_counter()
    say(text)
    return (time.perf_counter() - started) * 1000


def _memory(process: int) -> dict[str, float]:
    """Resident memory of a process and its descendants, in MB, by what they run."""
    listing = subprocess.run(
        ["/bin/ps", "-eo", "pid,ppid,rss,args"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[1:]
    rows = [(int(a), int(b), int(c), d) for a, b, c, d in (r.split(None, 3) for r in listing)]
    family, grown = {process}, True
    while grown:
        more = {pid for pid, parent, _, _ in rows if parent in family} - family
        family, grown = family | more, bool(more)
    memory: dict[str, float] = {}
    for pid, _, kilobytes, command in rows:
        if pid in family:
            name = next(
                (n for n in ("uvicorn", "actions", "rasa") if f"-m {n}" in command), "other"
            )
            memory[name] = memory.get(name, 0.0) + kilobytes / 1024
    return memory


def _session() -> requests.Session:
    http = requests.Session()
    http.trust_env = False
    return http


def _answers(url: str) -> bool:
    try:
        body = {"sender": "probe", "message": "hello"}
        return _session().post(url, json=body, timeout=5).ok
    except requests.RequestException:
        return False


if __name__ == "__main__":
    if not MODEL.exists():
        sys.exit("Run 'make setup' first.")
    sys.exit(main())
