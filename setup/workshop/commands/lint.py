"""setup/lint: check the style of all that is written by hand."""

import argparse
import re
import tempfile

from workshop import linters, node_modules, paths, processes
from workshop.console import say, step
from workshop.environment import Environment, odoo_environment


def main(arguments):
    options = _parser().parse_args(arguments)
    python = Environment(paths.LINT_VENV, ["lint"]).ensure()
    modules = node_modules.ensure()
    environment = {"NODE_PATH": str(modules)}
    tools = linters.all_of(python.parent, modules, odoo_environment().ensure())
    failed = [
        tool.name
        for tool in tools
        if tool.files and not _passes(tool, options.fix, environment)
    ]
    say(f"Failed: {', '.join(failed)}" if failed else "All checks pass.")
    return 1 if failed else 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="setup/lint", description="Check the style of all files."
    )
    parser.add_argument(
        "--fix", action="store_true", help="let the tools mend what they can"
    )
    return parser


def _passes(tool, fix, environment):
    """Run a tool, show what it says when it fails, and return whether it passes."""
    with tempfile.TemporaryFile("w+") as output:
        with step(tool.name) as endings:
            argv = tool.command(fix)
            code = processes.call(argv, output, environment, cwd=paths.PROJECT)
            endings.append("failed" if code else "passed")
        output.seek(0)
        if code:
            say(re.sub(r"\n{2,}", "\n", output.read().rstrip()))
    return not code
