"""The worker of ``chibo.ballots`` as it is when a picture kills it: at the ballot whose number of reading stands in the
environment of nobody, but in the file ``die`` beside the form. ``parent`` there means that power fails for both."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from chibo.ballots import batch, worker

order = (Path(sys.argv[1]) / "die").read_text().split()
real, seen = batch.entry_of, []


def dying(job, *args, **kwargs):
    seen.append(job)
    if order[0] == "parent" and len(seen) == 3:
        os.kill(os.getppid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
    if order[0] == job[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(job, *args, **kwargs)


batch._AT_ONCE, batch.entry_of = 1, dying
worker.main()
