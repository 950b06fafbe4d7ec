"""The one door: who may ask, under which name, for how much; and the pages before sign-in.

Streamlit draws pages and trusts whoever reaches it. Everything that decides who reaches it stands
here, as a layer around Streamlit's own ASGI application: see docs/decisions/013-one-door.md.
"""
