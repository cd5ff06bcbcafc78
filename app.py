"""Open the coach in the browser: `python app.py`, the same as `coach app`."""

import sys

from coach.cli import main

if __name__ == "__main__":
    sys.exit(main(["app", *sys.argv[1:]]))
