"""What a person sees: steps with their time, and one clear line when it fails."""

import contextlib
import importlib
import signal
import sys
import threading
import time

DOT_SECONDS = 5
ENDINGS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


class Problem(Exception):
    """Something that the user can do something about; the text says what."""


def say(text=""):
    """Print a line at once, so that it keeps its place among the output of others."""
    print(text, flush=True)


@contextlib.contextmanager
def step(title):
    """Show what is going on, a dot now and then, and the seconds that it took.

    The caller may append a word to the given list, to end the line with it.
    """
    started, over = time.monotonic(), threading.Event()
    endings = ["failed"]
    print(f"- {title} ", end="", flush=True)
    dots = threading.Thread(target=_print_dots, args=(over,), daemon=True)
    dots.start()
    try:
        yield endings
        endings[0] = "done"
    finally:
        over.set()
        dots.join()
        say(f" {endings[-1]}, {time.monotonic() - started:.0f} s")


def _print_dots(over):
    while not over.wait(DOT_SECONDS):
        print(".", end="", flush=True)


def guard(command, arguments):
    """Run a command and return its exit code; a problem becomes one line."""
    for number in ENDINGS:
        signal.signal(number, _interrupt)
    try:
        module = importlib.import_module(f"workshop.commands.{command}")
        return module.main(arguments)
    except Problem as problem:
        print(f"setup/{command}: {problem}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"setup/{command}: {explain(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\nsetup/{command}: stopped.", file=sys.stderr)
        return 130


def explain(error):
    """Return a line for an error of the operating system."""
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}. Mend this and start again."


def _interrupt(_number, _frame):
    # Once is enough: what was started is being stopped, let that come to its end.
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
