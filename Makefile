# Short names for bin/dev, where make exists.
run test setup lint screenshots bench messages: ; @sh bin/dev $@
.PHONY: run test setup lint screenshots bench messages
