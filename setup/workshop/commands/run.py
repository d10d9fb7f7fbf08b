"""setup/run: prepare what is missing, then serve."""

import argparse

from workshop import environment, paths, serving, workplace
from workshop.console import say
from workshop.installation import NAME, Installation
from workshop.locks import locked
from workshop.system_packages import CHINESE_FONT, WKHTMLTOPDF


def main(arguments):
    options = _parser().parse_args(arguments)
    serving.require_free(options.port)
    environment.enter("run", arguments)
    with workplace.opened([WKHTMLTOPDF, CHINESE_FONT]) as place:
        with locked(paths.PRIVATE / "run.lock", "preparing the database"):
            if options.reset:
                place.databases.drop(NAME)
            installation = Installation(place)
            installation.ensure(with_sample=options.sample)
            logins = installation.welcome(serving.address(options.port))
        serving.require_free(options.port)
        serving.serve(
            place.odoo,
            NAME,
            options.port,
            options.workers,
            lambda: _greet(options.port, logins),
        )
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="setup/run",
        description="Prepare what is missing, then serve Odoo with the three addons "
        "and a sample of customers. Ctrl-C stops all that it started.",
    )
    parser.add_argument("--port", type=int, default=8069, help="default: 8069")
    parser.add_argument(
        "--no-sample",
        dest="sample",
        action="store_false",
        help="leave out the real customers of the sample",
    )
    parser.add_argument(
        "--reset", action="store_true", help="drop the database and make it anew"
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=0,
        help="processes of Odoo, default: one, threaded",
    )
    return parser


def _greet(port, logins):
    say(f"\nOdoo is ready: {serving.address(port)}/odoo\n")
    width = max(len(role) for role, _login, _password in logins)
    for role, login, password in logins:
        say(f"  {role:<{width}}  login {login}, password {password}")
    say("\nCtrl-C stops it.")
