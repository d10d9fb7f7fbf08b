import logging

from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo import models

_logger = logging.getLogger(__name__)

TRIES = 5


class CrmJobMixin(models.AbstractModel):
    """What scheduled work needs beside ``ir.cron``."""

    _name = "crm.job.mixin"
    _description = "Scheduled work"

    def _retry(self, step):
        """Run ``step`` again when somebody changed a row under it, as Odoo does for
        requests: jobs have to do it themselves."""
        for attempt in range(1, TRIES + 1):
            try:
                return step()
            except (SerializationFailure, DeadlockDetected):
                self.env.cr.rollback()
                self.env.invalidate_all()
                if attempt == TRIES:
                    raise
                _logger.info("%s: a batch met another change, trying again", self)
