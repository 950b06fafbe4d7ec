"""From a grid to its tables: where headers stand, what each row is, what is said around."""
