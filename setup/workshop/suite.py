"""Which tests there are: all of them, in order, and those of a room."""

from workshop import paths
from workshop.console import Problem
from workshop.manifests import addons

# They race or kill processes and wait for them, each for about as long as a hundred
# other tests: who meets one of those last ends alone.
RACES = ("_kill.py", "_parallel.py")


def folders():
    """Return the folders of tests, relative to the project: those across addons come
    first, for they hold the longest files."""
    names = ["tests", *(f"{name}/tests" for name in addons())]
    return [name for name in names if (paths.PROJECT / name).exists()]


def files():
    """Return all files of tests, relative to the project, in a fixed order: the longest
    first, so that all processes end at about the same time."""
    found = [
        str(path.relative_to(paths.PROJECT))
        for folder in folders()
        for path in sorted((paths.PROJECT / folder).rglob("test_*.py"))
    ]
    return sorted(found, key=lambda name: not is_race(name))  # else as they were


def is_race(name):
    return name.endswith(RACES)


def rooms():
    """Return the names of the rooms: the folders of models."""
    found = paths.PROJECT.glob("*/models/*/__init__.py")
    return sorted({path.parent.name for path in found})


def of_room(room):
    """Return the files of a room's tests, named ``test_<room>…`` or in its folder.

    :raise Problem: there is no such room, or it has no tests
    """
    if room not in rooms():
        raise Problem(f"There is no room {room}: there are {', '.join(rooms())}.")
    chosen = [name for name in files() if _belongs(name, room)]
    if not chosen:
        raise Problem(f"The room {room} has no tests.")
    return chosen


def _belongs(name, room):
    *folder, file = name.split("/")
    return (
        room in folder
        or file.removesuffix(".py").startswith((f"test_{room}_", f"test_{room}."))
        or file == f"test_{room}.py"
    )
