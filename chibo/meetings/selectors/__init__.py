"""How meetings are read."""
