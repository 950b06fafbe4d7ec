"""Figures drawn from readings and report rows. Plotly lives here; nothing here knows a screen."""
