"""Questions in SQL over dropped tables and, by role, the union's own."""
