"""``python -m chibo.config``: the ``chibo`` command where its script is not on the path."""

from chibo.config.command import main

main()
