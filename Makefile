# Yimen 一门: `make help` lists what there is.
.DEFAULT_GOAL := help
.PHONY: help run test check reset backup restore requirements assets locks format bench drills

# The first Python that is new enough and can make a virtual environment. The distribution's own goes first: it is built with profile
# and link-time optimisation, and a page costs a quarter less with it than with one that was compiled plainly. `make PYTHON=…` names another.
DISTRIBUTION := /usr/bin
NAMES := python3.11 python3.12 python3.13 python3.14
PYTHON := $(shell for needs in 'sys, ensurepip, venv' sys; do \
	for p in $(addprefix $(DISTRIBUTION)/,$(NAMES)) $(NAMES) python3; do \
	if $$p -c "import $$needs; sys.exit(sys.version_info < (3, 11))" >/dev/null 2>&1; then echo $$p; exit; fi; done; done)

ifeq ($(PYTHON),)
PYTHON := echo 'Python 3.11 or newer was not found: install it and run again. 未找到 Python 3.11 或更新版本：请安装后重试。' >&2; exit 1; :
endif

help: ## This list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null \
		|| sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1  \2/p' Makefile

run: ## Install what is missing and start everything at 127.0.0.1:8000 (PORT changes it)
	@$(PYTHON) tools/run.py

test: ## Install what is missing and run all tests (ARGS="path -k word" for some)
	@$(PYTHON) tools/test.py $(ARGS)

check: ## Every linter and contract
	@$(PYTHON) tools/check.py

reset: ## Drop the data and load the demo street anew
	@$(PYTHON) tools/reset.py

backup: ## One sealed file with everything, proven by restoring it (ARGS="--to /mnt/usb --keep 14")
	@$(PYTHON) tools/backup.py $(ARGS)

restore: ## Bring a backup back; the product is stopped (ARGS="var/backups/yimen-….yimen --replace")
	@$(PYTHON) tools/restore.py $(ARGS)

bench: ## Measure speed with 10,000 and 1,000,000 invented residents (ARGS="--people 10000 --only search")
	@$(PYTHON) tools/install.py
	@.venv/bin/python -m bench $(ARGS)

drills: ## Kill, restart, slow down and fill an installation of its own (ARGS="kill --write-docs" for one)
	@$(PYTHON) tools/install.py
	@.venv/bin/python -m bench.drills $(ARGS)

requirements: ## Which rows of docs/requirements.toml are proven, and by which tests
	@$(PYTHON) tools/requirements.py

assets: ## Bundle scripts and styles
	@$(PYTHON) tools/install.py

format: ## Put the source into the agreed form
	@.venv/bin/python -m ruff check --fix-only --quiet . ; .venv/bin/python -m ruff format .

locks: ## Pin requirements/*.in and package.json anew (needs uv)
	@$(PYTHON) tools/locks.py
