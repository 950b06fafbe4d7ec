"""From pages and their answers to what is shown to a meeting: slides, charts, tables as values."""
