"""The slides of a meeting, part by part: native text, tables and charts, never a picture."""
