# The two commands: `make run` and `make test`. Both can be interrupted and run again.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --progress-bar on
# What the lock leaves out: torch comes in whichever build the machine's package index offers, with
# the packages of that build; its version is pinned all the same.
UNLOCKED := torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti \
  nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand \
  nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink \
  nvidia-nvshmem-cu13 nvidia-nvtx
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
  --no-header $(UNLOCKED:%=--no-emit-package %)

.PHONY: run test check lint types lock clean

run: .venv/run.done
	@$(BIN)/coach models pull
	@$(BIN)/coach ingest --quiet
	@$(BIN)/coach app

test: .venv/dev.done
	@$(BIN)/coach models pull qwen2.5-coder-1.5b smollm2-135m all-minilm-l6-v2 all-mpnet-base-v2
	@sh tests/browser/chromium.sh
	@sh tests/interview/postgres.sh
	@$(BIN)/python -m pytest

check: lint types test

lint: .venv/dev.done
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/dev.done
	@$(BIN)/mypy

# A mark is written only after its step has succeeded, so an interrupted install is taken up again.
.venv/run.done: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	  { echo "The coach needs Python 3.11 or newer: name one, as in make PYTHON=python3.11 run."; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo "Installing the coach (about 2 GB the first time, most of it torch) ..."
	@$(INSTALL) torch==2.13.0
	@$(INSTALL) --no-deps --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps -e .
	@touch $@

.venv/dev.done: .venv/run.done requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(INSTALL) -q --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

lock: .venv/run.done
	@$(INSTALL) uv
	@$(LOCK) -o requirements.lock pyproject.toml
	@$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
