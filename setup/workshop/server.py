"""How to reach a database server."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from workshop.console import Problem

ROLE = "relations"  # Odoo refuses to run as postgres
PORT = "5432"


@dataclass(frozen=True)
class Server:
    """Where a database server is and who we are there."""

    host: str
    port: str = PORT
    user: str = ROLE
    password: str = ""

    def parameters(self):
        """Return the connection's keyword arguments, without the database."""
        values = {"host": self.host, "port": self.port, "user": self.user}
        return {**values, "password": self.password} if self.password else values


def named_server(environ):
    """Return the server that the environment names, or None."""
    if environ.get("DATABASE_URL"):
        server = _of_address(environ)
    elif environ.get("PGHOST"):
        server = _of_variables(environ)
    else:
        return None
    if server.user == "postgres":
        raise Problem(
            "Odoo does not run as the database user postgres: name another one, who "
            "may create databases, in PGUSER or DATABASE_URL."
        )
    return server


def _of_address(environ):
    parts = urlsplit(environ["DATABASE_URL"])
    folder = parse_qs(parts.query).get("host", ["localhost"])[0]
    return Server(
        unquote(parts.hostname or folder),
        str(parts.port or PORT),
        unquote(parts.username or environ.get("PGUSER") or ROLE),
        unquote(parts.password or ""),
    )


def _of_variables(environ):
    return Server(
        environ["PGHOST"],
        environ.get("PGPORT", PORT),
        environ.get("PGUSER", ROLE),
        environ.get("PGPASSWORD", ""),
    )
