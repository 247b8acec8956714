# Everything a person or CI does here. Needs Python >= 3.11, a Rust toolchain and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export CARGO_TARGET_DIR ?= $(CURDIR)/target

.PHONY: demo test lint format docs clean simulate ledger showcase fuzz fuzz-frontend native wheel test-native
.PHONY: bench bench-clippy bench-incremental bench-latency bench-packages bench-plane
.PHONY: bench-rates bench-recovery bench-service bench-size bench-stdlib bench-submit
.PHONY: bench-scale-to-zero bench-spot bench-utilisation cost-analysis bench-replay

demo: $(VENV)/.installed
	$(BIN)/python benchmarks/demo.py

# Tracing makes the translation of the cases five times as slow: they run apart. What starts
# servers and workers, or waits for them, runs one at a time.
CASES := tests/test_run_cases.py tests/test_refuse_cases.py
ALONE := tests/app tests/contracts tests/workload

test: lint
	cargo test --quiet --manifest-path runtime/Cargo.toml
	$(BIN)/python -m pytest $(CASES)
	$(BIN)/python -m pytest -n 2 --cov --cov-report= $(CASES:%=--ignore=%) $(ALONE:%=--ignore=%)
	$(BIN)/python -m pytest --cov --cov-append --cov-report=term $(ALONE)

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cargo fmt --check --manifest-path runtime/Cargo.toml

format: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cargo fmt --manifest-path runtime/Cargo.toml

# The project's own table; BENCH_SRC adds clones of public corpora.
bench: $(VENV)/.installed
	$(BIN)/python benchmarks/bench.py

# The compiler on the whole standard library, and its latency on 100 lines.
bench-stdlib: $(VENV)/.installed
	$(BIN)/python benchmarks/stdlib.py

# Whole packages, each as one crate: make bench-packages PACKAGES_SRC=folder of packages
bench-packages: $(VENV)/.installed
	$(BIN)/python benchmarks/packages.py

# Lines of Rust a line of Python: make bench-size SIZE_SRC="folders of programs or packages"
bench-size: $(VENV)/.installed
	$(BIN)/python benchmarks/size.py $(SIZE_SRC)

bench-latency: $(VENV)/.installed
	$(BIN)/python benchmarks/latency.py

# The compiler's hot modules as an extension, in .native/: used with PYTHONPATH=.native
native: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check 'setuptools>=75'
	$(BIN)/python native/build.py

# A wheel for this platform with that extension in it, in dist/.
wheel: $(VENV)/.installed
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 $(BIN)/pip wheel --quiet --disable-pip-version-check \
	  --no-deps --wheel-dir dist .

# That it writes what the sources write.
test-native: native
	$(BIN)/python native/compare.py

# Clippy's opinion of emitted code, a thousand lines.
bench-clippy: $(VENV)/.installed
	$(BIN)/python benchmarks/clippy.py

# Random programs, CPython against the crate; a run that was ended goes on where it was:
# make fuzz FUZZ_SEED=today FUZZ_START=2500 FUZZ_PROGRAMS=7500
FUZZ_PROGRAMS ?= 10000
FUZZ_START ?= 0
FUZZ_SEED ?= 0
fuzz: $(VENV)/.installed
	$(BIN)/python -m tests.property.run --seed $(FUZZ_SEED) --start $(FUZZ_START) --count $(FUZZ_PROGRAMS)

# Mutated sources through the front end: no crash, no hang, bounded memory.
FUZZ_SECONDS ?= 1800
fuzz-frontend: $(VENV)/.installed
	$(BIN)/python -m tests.property.mutants --seconds $(FUZZ_SECONDS)

# The job plane under faults, a seed a history, on all processors: make simulate SEEDS=100000
SEEDS ?= 2000
simulate: $(VENV)/.installed
	$(BIN)/python -m tests.simulate.run --seeds $(SEEDS)

# Random histories of money on SQLite and on PostgreSQL: overshoot, holds, windows, drift.
HISTORIES ?= 2000
ledger: $(VENV)/.installed
	$(BIN)/python -m tests.simulate.ledger --histories $(HISTORIES)
	$(BIN)/python -m tests.simulate.ledger --histories $(HISTORIES) --database postgresql

# A large codebase on a Ray cluster that loses a node on the way, and again from the cache.
showcase: $(VENV)/.installed
	$(BIN)/python -m benchmarks.showcase

# The job plane: durable jobs a second; submissions over HTTP; what it adds to the work and how
# long urgent units wait; the rates that predictions are made of.
bench-plane: $(VENV)/.installed
	$(BIN)/python benchmarks/plane.py

bench-submit: $(VENV)/.installed
	$(BIN)/python benchmarks/submit.py

bench-service: $(VENV)/.installed
	$(BIN)/python benchmarks/service.py

bench-rates: $(VENV)/.installed
	$(BIN)/python benchmarks/rates.py

# How long until a unit runs again after a fault, and how busy the slots are kept: local and Ray.
bench-recovery: $(VENV)/.installed
	$(BIN)/python -m benchmarks.recovery

# From no node to the first result and back to none, on Ray's own autoscaler.
bench-scale-to-zero: $(VENV)/.installed
	$(BIN)/python -m benchmarks.scale_to_zero

# What spot strategies cost: make bench-spot SPOT_TRACES=folder of traces
bench-spot: $(VENV)/.installed
	$(BIN)/python -m benchmarks.spot_strategies $(if $(SPOT_TRACES),--traces $(SPOT_TRACES))

bench-utilisation: $(VENV)/.installed
	$(BIN)/python -m benchmarks.utilisation

# The cost table, simulated step by step: docs/cost_analysis.md.
cost-analysis: $(VENV)/.installed
	$(BIN)/python -m benchmarks.cost_analysis

# Kueue's published performance files through our scheduler, and the time that it takes to decide,
# which passes on the virtual clock, too.
bench-replay: $(VENV)/.installed
	$(BIN)/python -m portalis simulate kueue_baseline --charge-deciding
	$(BIN)/python -m portalis simulate kueue_large_scale --charge-deciding

# Documents that are generated from tables.
docs: $(VENV)/.installed
	$(BIN)/python -m portalis.workload.model.transitions_table > docs/transitions.md
	$(BIN)/python -m portalis.app.problems > docs/problems.md
	$(BIN)/python -m portalis.app.policy > docs/policy.md
	$(BIN)/python -m portalis.app.api.application > docs/openapi.json
	$(BIN)/python -m portalis.monitoring.metrics > docs/metrics.md
	$(BIN)/python -m portalis.monitoring.alerts > infra/prometheus/rules/portalis.yml
	$(BIN)/python infra/grafana/build.py infra/grafana/dashboards
	$(BIN)/python docs/draw.py

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python >= 3.11 is needed: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@command -v cargo >/dev/null || { echo "a Rust toolchain is needed: https://rustup.rs"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	$(BIN)/python -m compileall -q src
	touch $@

clean:
	rm -rf $(VENV) .native target out build dist .coverage .mypy_cache .ruff_cache .pytest_cache
