"""Shapes of input of the register, one module per noun."""
