# One verb, one command; the same for people and for CI. CONTRIBUTING.md says what each suite holds.
.DEFAULT_GOAL := help
.PHONY: help restore build run test check conformance jsonata-suite bench format soak simulate registers

SEEDS ?= 200
ARGS ?=
STAMP := artifacts/restored
PROJECTS := $(wildcard src/*/*.csproj tests/*/*.csproj samples/*/*/*.csproj)

help: ## this list
	@awk -F': .*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' Makefile

# The only step that uses the network; again only when a project or a version has changed.
$(STAMP): $(PROJECTS) Cluster.sln Directory.Packages.props Directory.Build.props src/Directory.Build.props tests/Directory.Build.props global.json
	@eng/need dotnet
	dotnet restore Cluster.sln --locked-mode -v q
	@mkdir -p $(@D) && touch $@

restore: $(STAMP)

build: $(STAMP) ## compile everything; warnings are errors
	@eng/build

run: $(STAMP) ## build, start a server, the sample functions and the order-processing demo; Ctrl-C stops all
	@eng/run $(ARGS)

check: $(STAMP) ## what every commit must pass: build, format, borders, unit, contracts, 50 simulated seeds
	@eng/test check

test: $(STAMP) ## everything: check, 200 seeds, 10,000 mutated definitions, bad input, AWS's clients, real kills, conformance
	@eng/test all

simulate: $(STAMP) ## SEEDS=n simulated seeds (SEED=x for one seed, with its trace; NODES=1: one node alone; ONLY=faults)
	@CLUSTER_SIMULATION_SEEDS=$(SEEDS) CLUSTER_SIMULATION_SEED=$(SEED) CLUSTER_SIMULATION_NODES=$(NODES) CLUSTER_SIMULATION_ONLY='$(ONLY)' eng/test simulation

soak: $(STAMP) ## the long forms, half an hour: 100,000 mutated definitions and inputs, 1,000,000 expressions, all faults of real processes in full counts
	@CLUSTER_SOAK=1 eng/test fuzz kills

conformance: $(STAMP) ## the recorded AWS behaviour against a server of its own (ARGS="--area base" for a part)
	@eng/conformance $(ARGS)

jsonata-suite: $(STAMP) ## the test suite of JSONata against the engine; names the cases that fail
	@eng/test jsonata

bench: $(STAMP) ## the figures of docs/performance.md, one JSON line each
	@eng/bench $(ARGS)

format: $(STAMP) ## lay the code out as .editorconfig says
	dotnet format Cluster.sln --no-restore

registers: $(STAMP) ## write the register of protobuf field numbers anew, after fields were added
	@eng/registers
