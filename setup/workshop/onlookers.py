"""Others who go on working in a database while something is done to it."""

import contextlib
import random
import threading
import time

PAUSE = 0.02
SOME = 1000  # contacts that are read and written
READ_CONTACT = "SELECT name FROM res_partner WHERE id = %s"
WRITE_CONTACT = "UPDATE res_partner SET write_date = now() WHERE id = %s"
READ_USER = "SELECT login FROM res_users WHERE id = 2 AND %s > 0"
WRITE_USER = "UPDATE res_users SET write_date = now() WHERE id = 2 AND %s > 0"
WORK = {
    "read a contact": READ_CONTACT,
    "write a contact": WRITE_CONTACT,
    "read a user": READ_USER,
    "write a user": WRITE_USER,
}


class Onlookers:
    """One thread a kind of work, each with a connection of its own.

    :param connect: function that returns a new connection
    """

    def __init__(self, connect):
        self.waits = dict.fromkeys(WORK, 0.0)
        self.failed = dict.fromkeys(WORK, 0)
        self._connect = connect
        self._is_over = threading.Event()

    @contextlib.contextmanager
    def working(self):
        """Work until the block ends; a failure of theirs is counted, not raised."""
        threads = [
            threading.Thread(target=self._work, args=(what,), daemon=True)
            for what in WORK
        ]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._is_over.set()
            for thread in threads:
                thread.join()

    def _work(self, what):
        with contextlib.closing(self._connect()) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute(
                "SELECT id FROM res_partner ORDER BY id DESC LIMIT %s", [SOME]
            )
            contacts = [contact for (contact,) in cursor.fetchall()]
            while not self._is_over.is_set():
                self._do_once(what, cursor, random.choice(contacts))
                time.sleep(PAUSE)

    def _do_once(self, what, cursor, contact):
        import psycopg2  # private environment only

        start = time.monotonic()
        try:
            cursor.execute(WORK[what], [contact])
        except psycopg2.Error:
            self.failed[what] += 1
        self.waits[what] = max(self.waits[what], time.monotonic() - start)
