"""The files of the project that are written by hand."""

import re
import subprocess

from workshop import paths
from workshop.console import Problem

# Not ours to format: legal text, generated pages and lists.
LEFT_ALONE = re.compile(
    r"LICENSE|/static/(src/)?lib/|/static/description/|-lock\.json$"
)


def listed(*suffixes):
    """Return the files with one of the suffixes, as paths within the project."""
    argv = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        output = subprocess.check_output(argv, cwd=paths.PROJECT, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Problem(
            "The files to check are asked from git: use a checkout."
        ) from error
    return sorted(
        name
        for name in filter(None, output.split("\0"))
        if name.endswith(suffixes)
        and not LEFT_ALONE.search(name)
        and (paths.PROJECT / name).exists()
    )
