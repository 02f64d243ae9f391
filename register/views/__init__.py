"""Pages of the register, one module per noun: fetch, ask or act, answer."""
