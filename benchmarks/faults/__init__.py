"""Whole sheets through faults of paper and machine that no threshold was set for, one or two at once. Nothing of it may change a vote.

    python -m benchmarks.faults            some minutes
    python -m benchmarks.faults --sheets 2000 --first 5000 --kinds slip,glare

A row is wrong if it is accepted as a choice that was not drawn; of a row in which both boxes or none is marked none is right.
Whatever is sent to people or refused is told beside it: a reader that reads nothing is never wrong.
"""
