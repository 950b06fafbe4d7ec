"""One person's data: found, handed over, corrected, deleted to the last byte."""
