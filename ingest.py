"""Put guides into the library: `python ingest.py [PATH...]`, the same as `coach ingest`."""

import sys

from coach.cli import main

if __name__ == "__main__":
    sys.exit(main(["ingest", *sys.argv[1:]]))
