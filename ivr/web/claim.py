"""Files and folders that belong to one process for as long as it lives.

For: `claim`: what nobody has claimed was left behind by a process that is no more, however that ended.
Not here: what lies in them (`spool`, `counters`).
"""

from __future__ import annotations

import fcntl
import os


def claim(file: int) -> bool:
    """Whether an open file or folder is ours from now on, and still has a name; if not, it is closed.

    The claim is a lock, which goes with the process and with those that are made from it.  Raises OSError.
    """
    ours = False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = os.fstat(file).st_nlink > 0  # it may have been deleted between being opened and being claimed
    except BlockingIOError:
        return False
    finally:
        if not ours:
            os.close(file)
    return ours
