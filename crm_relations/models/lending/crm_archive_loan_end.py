from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.arguments import Answers, Text

OPEN = ("asked", "approved")


class CrmArchiveLoan(models.Model):
    """Ended: given back, revoked, by what happens to the customer, or by its time."""

    _inherit = "crm.archive.loan"

    def give_back(self) -> Answers:
        """End these loans of the caller now, or take requests back.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right (another one's), blocked (over already)
        """
        refusals, taken = self._take(OPEN, lambda known: known._get_strangers())
        asked = taken.filtered(lambda loan: loan.state == "asked")
        asked._end("withdrawn")
        (taken - asked)._end("returned")
        return self._answer_each(refusals, self.env._("Given back."))

    def revoke(self, reason: Text = "") -> Answers:
        """End these loans now; who has them is told why.

        Whoever may approve them may.

        :param reason: why; kept
        :return: as ``give_back``; blocked also without a reason
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(
            ("approved",), lambda known: known._get_no_deciders()
        )
        taken._end("revoked", reason.strip())
        for holder, loans in taken.grouped("user_id").items():
            env = self.with_context(lang=holder.lang).env
            names = loans.partner_id.with_context(lang=env.lang)._get_names_in_short()
            subject = env._("Access revoked: %s", names)
            loans._tell(holder, subject, reason.strip())
        return self._answer_each(refusals, self.env._("Revoked."))

    def _end(self, ending, reason=False):
        self.write(
            {
                "state": "ended",
                "ending": ending,
                "ending_reason": reason,
                "ended_at": fields.Datetime.now(),
                "ended_by_id": self.env.uid,
            }
        )
        # Nothing asked before is read with it any more.
        self.env.flush_all()

    @api.model
    def _end_of(self, domain, ending):
        """End all that are open and meet this domain."""
        # Superuser: also those that the caller does not see.
        self.sudo().search([("state", "in", OPEN), *domain])._end(ending)

    @api.model
    def _cron_end_loans(self):
        """End what is past its time, what colleagues have who left, and what is lent of
        customers that are archived."""
        self._end_all_due()

    @api.model
    def _get_due_grants_sql(self):
        return SQL(
            """
            crm_archive_loan AS granted
              JOIN res_users AS holder ON holder.id = granted.user_id
              JOIN res_partner AS partner ON partner.id = granted.partner_id
             WHERE granted.state IN ('asked', 'approved')
               AND (granted.ends_at <= %s OR NOT holder.active OR NOT partner.active)
            """,
            fields.Datetime.now(),
        )

    @api.model
    def _get_expired_sql(self):
        return SQL(
            """
            state = 'ended',
            ending = CASE
                WHEN NOT (SELECT holder.active FROM res_users AS holder
                           WHERE holder.id = granted.user_id) THEN 'left'
                WHEN granted.ends_at > %s THEN 'archived'
                WHEN granted.state = 'asked' THEN 'undecided'
                ELSE 'expired' END
            """,
            fields.Datetime.now(),
        )
