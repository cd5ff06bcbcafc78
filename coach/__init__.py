"""An interview coach that runs on your own machine."""

import os

__version__ = "0.1.0"

# Before anything loads OpenMP: by default its idle threads spin, and as soon as something else wants a core (the
# language model, another program) reading an answer takes ten times as long.
os.environ.setdefault("GOMP_SPINCOUNT", "1000")
