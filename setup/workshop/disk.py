"""Room on the disk, asked for before a step that needs much of it."""

import shutil

from workshop.console import Problem

GIGABYTE = 10**9


def require(folder, gigabytes, purpose):
    """Raise a problem unless the disk that will hold ``folder`` has room."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free / GIGABYTE
    if free < gigabytes:
        raise Problem(
            f"{purpose} needs {gigabytes} GB of disk in {existing}, {free:.1f} GB are "
            "free. Make room and start again."
        )
