"""The slides of a meeting on the screen: full, without menus, in the same session."""
