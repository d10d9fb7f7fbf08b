"""One at a time: a lock on a file, which the system releases when a process ends."""

import contextlib
import fcntl

from workshop.console import say


@contextlib.contextmanager
def locked(path, doing):
    """Hold the lock; when another process holds it, say so and wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"- Another process is {doing}; waiting for it to end.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
