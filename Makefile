# The two commands to know are `make run` and `make test`; each sets everything up first.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
WORDS := resources/locale/zh_CN/LC_MESSAGES
ARGS ?=
# pytest rewrites every test and plugin before it compiles them: where nothing may be kept, in each process, each time.
KEEP_COMPILED := PYTHONDONTWRITEBYTECODE=

.PHONY: run test setup lint format soak bench test-floor wheel catalogue lock venv

run: setup
	@$(PY) main.py $(ARGS)

test: setup
	@$(PYTHON) tools/setup.py --programs
	@$(KEEP_COMPILED) $(PY) -m pytest -n 2 --dist worksteal $(ARGS)

setup: venv $(WORDS)/crm_app.mo

venv:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and $(PYTHON) is not there. Install it, then make again."; exit 1; }
	@$(PYTHON) tools/setup.py $(VENV) requirements.lock

$(WORDS)/crm_app.mo: $(wildcard $(WORDS)/parts/*.po) tools/catalogue.py | venv
	@$(PY) tools/catalogue.py build

lint: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) tools/catalogue.py check

format: setup
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

# The long runs: a thousand kills and more; a name in ARGS runs that one alone.
soak: setup
	@$(PY) -m tests.soak $(ARGS)

bench: setup
	$(PY) -m bench $(ARGS)

# The oldest versions that pyproject.toml admits; needs Python 3.11 or 3.12.
test-floor:
	@$(PYTHON) tools/setup.py .venv-floor requirements-floor.lock
	@$(PYTHON) tools/setup.py --programs
	@.venv-floor/bin/python tools/catalogue.py build
	@$(KEEP_COMPILED) .venv-floor/bin/python -m pytest -n 2 --dist worksteal $(ARGS)

wheel: setup
	$(PY) -m hatchling build -t wheel

# Writes the words without a translation to parts/untranslated.po; run again, it moves what was filled in to its part.
catalogue: setup
	$(PY) tools/catalogue.py update

# Brings the pinned versions up to date.
lock: setup
	$(PY) tools/setup.py --lock
