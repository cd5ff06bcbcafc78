"""How long is a turn when fifty people are interviewed at once by one app process? The model is scripted.

The app runs in a process of its own; a turn is an answer and the next question, by Gradio's named endpoints.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from common import show

PEOPLE = 50
ROOT = Path(__file__).parents[1]
_APP = """
import sys
import time
from pathlib import Path
from fake_coach import FakeCoach
from coach.interview.questions import load_questions
from coach.settings import DATA
from coach.ui.launch import serve
coach = FakeCoach(Path(sys.argv[1]), load_questions(DATA / "corpus" / "questions"))
served = serve(coach, port=int(sys.argv[2]), wait=False)
print("ready", flush=True)
for _ in sys.stdin:
    print(time.process_time(), flush=True)
served.close(verbose=False)
"""


def call(port: int, name: str, *data: object) -> dict[str, object]:
    to = f"http://127.0.0.1:{port}/gradio_api/call/{name}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    body = json.dumps({"data": data}).encode()
    asked = urllib.request.Request(to, body, {"Content-Type": "application/json"})
    with opener.open(asked, timeout=300) as reply:
        event = json.load(reply)["event_id"]
    with opener.open(f"{to}/{event}", timeout=300) as stream:
        lines = [line.decode().strip() for line in stream]
    if "event: complete" not in lines:
        raise RuntimeError(f"{name}: {lines}")
    found: dict[str, object] = json.loads(lines[lines.index("event: complete") + 1].removeprefix("data: "))[0]
    return found


def interviewed(port: int, number: int, together: threading.Barrier, turns: int, pause: float) -> list[float]:
    """Return how many seconds each turn of one person took, who thinks for `pause` seconds before each answer."""
    spent = []
    together.wait()
    now = call(port, "interview_start", "", "behavioral", "", "", number)
    for turn in range(turns):
        time.sleep(pause * (0.5 + (number * 7 + turn * 3) % 10 / 10))
        words = f"I read {number} traces in turn {turn}, found the slow query, and rewrote it in a day."
        begun = time.perf_counter()
        now = call(port, "interview_answer", now["id"], words, "", now["seen"])
        now = call(port, "interview_next", now["id"], True, now["seen"])
        spent.append(time.perf_counter() - begun)
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=4, help="answers of each candidate")
    parser.add_argument("--pauses", type=float, nargs="+", default=[0.0, 20.0], help="seconds to think")
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "ui")))
    rows = []
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(
            [sys.executable, "-c", _APP, home, str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": paths},
        ) as app,
    ):
        assert app.stdin is not None
        assert app.stdout is not None
        app.stdout.readline()

        def processor_time() -> float:
            print(file=app.stdin, flush=True)
            return float(app.stdout.readline())  # type: ignore[union-attr]

        for pause in given.pauses:
            together, before = threading.Barrier(PEOPLE), processor_time()
            with ThreadPoolExecutor(PEOPLE) as pool:
                every = pool.map(
                    lambda number: interviewed(port, number, together, given.turns, pause),  # noqa: B023
                    range(PEOPLE),
                )
                spent = [seconds for person in every for seconds in person]
            work = 1000 * (processor_time() - before) / len(spent)
            middle, tail = np.percentile(spent, [50, 95])
            how = f"answers after {pause:.0f} s" if pause else "answers at once, all together"
            times = (f"{one:.2f}" for one in (middle, tail, max(spent)))
            rows.append([how, str(len(spent)), *times, f"{work:.0f}"])
    print(f"{PEOPLE} interviews at once, {given.turns} turns each, {os.cpu_count()} cores\n")
    show(["each candidate", "turns", "median, s", "p95, s", "longest, s", "processor time a turn, ms"], rows)


if __name__ == "__main__":
    main()
