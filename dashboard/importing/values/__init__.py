"""From a cell to a value: days, amounts, names, codes, and what must never be kept."""
