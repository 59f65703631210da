#!/usr/bin/env python
"""Django's own entry point; people type `chibo`, which is the same."""

from chibo.config.command import main

if __name__ == "__main__":
    main()
