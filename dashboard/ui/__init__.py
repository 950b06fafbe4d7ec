"""The screen. Streamlit lives here and in app.py; no figure is computed here."""
