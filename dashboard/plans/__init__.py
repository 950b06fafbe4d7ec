"""A work plan as text becomes items that can be tracked: `plan.read_plan`.

The file is opened by its content (opening.py), rid of noise (noise.py), put into paragraphs
(wrapping.py) and these into a tree (outline.py), from which the items are read (reading.py) with
their times (times.py, years.py).
"""
