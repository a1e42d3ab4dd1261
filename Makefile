# `make run` and `make test` need nothing but git and make: what they miss is installed first.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev catalogues run test lint types layers soak bench messages requirements screenshots

python := .venv/bin/python
compiled := $(patsubst %.po,%.mo,$(shell find src -name '*.po'))

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-14s %s\n", $$1, $$2 }'

setup:
	@tools/setup.sh base
	@$(MAKE) --no-print-directory catalogues

setup-dev:
	@tools/setup.sh dev
	@$(MAKE) --no-print-directory catalogues

catalogues: $(compiled)
	@:

%.mo: %.po
	msgfmt --check -o $@ $<

run: setup ## Start the desk with its demo world (Ctrl-C stops it; PORT=8700 for another port)
	@exec .venv/bin/plazo run $(if $(PORT),--port $(PORT))

test: setup-dev ## Run every check on SQLite and PostgreSQL, and print the time of each stage
	@exec $(python) tools/checks.py $(STAGES)

lint: setup-dev ## Source, templates, translations and migrations
	@exec $(python) tools/checks.py lint

types: setup-dev ## Types of the sources
	@exec $(python) tools/checks.py types

layers: setup-dev ## Who may import whom
	@exec $(python) tools/checks.py layers

soak: setup-dev ## The long figures, written with their date into docs/dev/soak.md
	@exec $(python) tools/soak.py

bench: setup-dev ## Measure, and write the tables in docs/dev
	@exec $(python) -m benchmarks

screenshots: setup-dev ## Take the pictures of the READMEs anew, from a demo world
	@exec $(python) tools/screenshots.py

messages: setup-dev ## Collect the screen texts into the catalogues and compile them
	@$(python) tools/translations.py collect
	@$(MAKE) --no-print-directory catalogues

requirements: setup-dev ## Pin the newest allowed versions, with hashes
	@tools/pin.sh
