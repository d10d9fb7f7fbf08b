import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from ...tools.batches import BATCH
from .crm_hidden_showing import KINDS

_logger = logging.getLogger(__name__)

PARAMETER = "crm_relations.hidden_guesses"
DEFAULT_MOST = 20
KEPT_DAYS = 366
# Odoo itself asks whose an address is, for each opportunity that somebody opens, and no
# mask tells how long it is: for addresses, so many times the limit.
FACTORS = {"phone": 1, "email": 10}
# Who can try as often as they like: they bring what others call and write.
CARRIERS = ("crm_relations.group_telephone_exchange", "base.group_system")


class CrmHiddenGuess(models.Model):
    """Who asked whose number, or address, this is, where it only looks like a hidden
    one.

    A mask leaves four digits open: whoever may ask ten thousand times has the number.
    So a person may guess wrong only so often in an hour; then no answer comes, neither
    for a wrong number nor for the right one.
    """

    _name = "crm.hidden.guess"
    _description = "Guess at a hidden value"
    _order = "asked_at desc, id desc"
    _rec_name = "user_id"
    _log_access = False

    asked_at = fields.Datetime(
        required=True, readonly=True, index=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    kind = fields.Selection(selection=KINDS, string="What", readonly=True)
    is_refused = fields.Boolean(
        string="Refused",
        readonly=True,
        help="The user had guessed wrong as often as the settings allow in an hour, "
        "and got no answer.",
    )
    # What was asked may be somebody's tomorrow.
    asked = fields.Char(groups=NO_ACCESS, readonly=True)

    @api.model
    def _is_counted(self):
        """Return whether the user is a person whose guesses count. Odoo itself, and
        visitors who get no answer anyway, are not."""
        user = self.env.user
        if user._is_superuser() or user._is_public():
            return False
        return not any(user.has_group(group) for group in CARRIERS)

    @api.model
    def _check_guesses(self, kind, wrong, is_found):
        """Take note of what the user has guessed wrong, and refuse any answer once it
        is too much.

        In transactions of their own: an error afterwards must not undo it. Each guess
        is written down before it is counted: of many at a time, none is left out.

        :param wrong: numbers or addresses that only look like a hidden one
        :param is_found: the question has been answered with a hidden customer as well
        :raise UserError: too many in the last hour
        """
        most = self._get_most() * FACTORS[kind]
        guesses = self._count_after(kind, wrong, most)
        # The right one is refused when another wrong one would be: no answer tells.
        if guesses > most or (is_found and guesses >= most):
            login = self.env.user.login
            _logger.warning("%s guessed at hidden values, more than %d.", login, most)
            raise UserError(
                self.env._(
                    "You have asked for %(most)d numbers or addresses within an hour "
                    "that look like hidden ones and are none. Try again later; the "
                    "managers can see these questions.",
                    most=most,
                )
            )

    @api.model
    def _get_most(self):
        # Superuser: a limit that the settings of the whole database hold.
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(PARAMETER, DEFAULT_MOST))

    @api.model
    def _count_after(self, kind, wrong, most):
        """Return how often the user has guessed wrong in the last hour, with these."""
        if wrong:
            with self.env.registry.cursor() as cr:
                known = self._get_asked(cr, kind)
                # One that is refused stands in the list, not ten thousand.
                if len(known) <= most and (new := set(wrong) - known):
                    self._write_down(cr, kind, sorted(new), len(known) >= most)
        with self.env.registry.cursor() as cr:
            return len(self._get_asked(cr, kind))

    @api.model
    def _get_asked(self, cr, kind):
        cr.execute(
            SQL(
                """
                SELECT DISTINCT asked FROM crm_hidden_guess
                 WHERE user_id = %s AND kind = %s AND asked_at > %s
                """,
                self.env.uid,
                kind,
                fields.Datetime.now() - timedelta(hours=1),
            )
        )
        return {asked for (asked,) in cr.fetchall()}

    @api.model
    def _write_down(self, cr, kind, asked, is_refused):
        cr.execute(
            SQL(
                """
                INSERT INTO crm_hidden_guess
                       (asked_at, user_id, company_id, kind, is_refused, asked)
                SELECT %s, %s, %s, %s, %s, unnest(%s::text[])
                """,
                fields.Datetime.now(),
                self.env.uid,
                self.env.user.company_id.id,
                kind,
                is_refused,
                asked,
            )
        )

    @api.autovacuum
    def _forget_old(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("asked_at", "<", limit)], limit=BATCH).unlink()
