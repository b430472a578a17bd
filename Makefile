# `make run` opens Beffroi on the demo profile; `make test` proves it.  Both set the machine up.
.PHONY: run test check install clean bench

run test check install clean:
	@tools/dev $@

bench: install
	@benchmarks/run
