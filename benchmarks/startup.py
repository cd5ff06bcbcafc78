"""How long until the app shows its first page, and until the model says its first word?

Each start is a process of its own, timed from before it is begun, beside one that only imports Gradio.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

from common import show

RUNS = 3
PORT = 17860


def main() -> None:
    """Run and print."""
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"COACH_HOME": home}
        subprocess.run([sys.executable, "-m", "coach", "ingest"], env=env, check=True, capture_output=True)
        for _ in range(RUNS):
            begun = time.time()
            subprocess.run([sys.executable, "-c", "import gradio"], check=True)
            seconds.setdefault("import gradio", []).append(time.time() - begun)
            begun = time.time()
            subprocess.run([sys.executable, "-m", "coach", "--help"], check=True, capture_output=True)
            seconds.setdefault("coach --help", []).append(time.time() - begun)
            begun = time.time()
            command = [sys.executable, __file__, "start"]
            said = subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
            for name, moment in json.loads(said.splitlines()[-1]).items():
                seconds.setdefault(name, []).append(moment - begun)
    base = statistics.median(seconds["import gradio"])
    show(
        ["what", "median, s", "slowest, s", "ratio to importing Gradio"],
        [
            [
                name,
                f"{statistics.median(taken):.2f}",
                f"{max(taken):.2f}",
                f"{statistics.median(taken) / base:.2f}",
            ]
            for name, taken in seconds.items()
        ],
    )


def start() -> None:
    """Start the app as `coach app` does, and print at which moments it had got how far."""
    from coach.build import build_coach
    from coach.models.chat import Message
    from coach.settings import load_settings
    from coach.ui.launch import serve

    coach = build_coach(load_settings())
    moments = {}
    try:
        pages = serve(coach, port=PORT, wait=False)
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=60) as page:
            page.read()
        moments["first page"] = time.time()
        assert coach.model is not None
        words = coach.model.stream([Message("user", "Say hello.")], max_tokens=4)
        next(words)
        moments["first word of the model"] = time.time()
        words.close()
        pages.close()
    finally:
        coach.close()
    print(json.dumps(moments))


if __name__ == "__main__":
    if sys.argv[1:] == ["start"]:
        start()
    else:
        main()
