"""Paper ↔ marks: ballots laid out, printed, read back and counted. A pure library: no Django, no clock, no network.

``style`` says what a ballot is, ``layout`` where everything stands on the sheet, ``printing`` makes the PDF, ``reading``
turns a picture into marks (and doubts), ``rules`` say what a ballot counts for, ``counting`` compares two counts,
``chain`` keeps the count's journal and ``command`` is what the ``chibo ballots`` command calls.
"""
