"""From a file's bytes to grids: one module a format, and what stands at the gate."""
