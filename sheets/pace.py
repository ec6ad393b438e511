"""Two settings of the Python process that thousands of rows are much faster without; both are put back.

Other threads of the process notice nothing but a collection that comes some seconds later.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

HANDOVER = 0.0005


@contextmanager
def no_collection() -> Iterator[None]:
    """The garbage collector looks through all that lives again and again while rows become records: a sixth of the
    time, and for nothing, since rows hold no circles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def quick_handover() -> Iterator[None]:
    """A thread that waits for the database gets its turn within half a millisecond, not five: each time it is kept
    waiting the database stands idle."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(HANDOVER)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
