"""A person's own SQL over tables that are handed in: run in the child that opens every file.

The child has been told nothing but the tables; it can open no file and reach no network, whatever
is asked of it. `running.answer` is the way in; nothing else may run a sentence of SQL that is not
ours.
"""
