"""How papers are read and laid out."""
