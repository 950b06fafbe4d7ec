"""Charts of any table: chosen by a stated rule, changed by pick lists, counted exactly."""
