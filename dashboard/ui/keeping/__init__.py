"""The backups: how the last one is, a new one, one brought back, and an archive to take away."""

from dashboard.ui.keeping.page import keeping

__all__ = ["keeping"]
