"""Run a step of a job again when somebody changed, or inserted, a row under it.

Odoo does this for requests; jobs have to do it themselves, since transactions are
REPEATABLE READ.
"""

import logging

from psycopg2.errors import (
    DeadlockDetected,
    SerializationFailure,
    UniqueViolation,
)

_logger = logging.getLogger(__name__)

TRIES = 5


def retry(env, step):
    """Return what ``step()`` returns; after ``TRIES`` conflicts the last one is raised.

    ``step`` must be a transaction of its own: what came before has been committed.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return step()
        except (SerializationFailure, DeadlockDetected, UniqueViolation):
            env.cr.rollback()
            env.invalidate_all()
            if attempt == TRIES:
                raise
            _logger.info("A batch met another change, trying again")
