from odoo import models


class ResPartner(models.Model):
    """A request that is taken back at once has never been made."""

    _inherit = "res.partner"

    def _ask_where_seen(self, ask, *args):
        """Call ``ask``, a method that asks for stays; where all went well, offer to
        undo it. Else say how it went."""
        stays = self.env["crm.pool.stay"]
        # Superuser: all there are, to tell the new ones from them.
        known = stays.sudo().search([("partner_id", "in", self.ids)])
        answers = ask(*args)
        if not answers or not all(answer["ok"] for answer in answers):
            return answers, None
        return answers, stays._keep_asked(self, known)

    def _stays_undone(self):
        # Superuser: decided fields are written by nobody.
        self.sudo()._stays_changed()

    def _request_undone(self):
        self._stays_undone()
        stays = self.env["crm.pool.stay"].sudo()
        # Superuser: who leads the team, and who manages the pool.
        for approver, some in (
            self.sudo()
            .grouped(lambda one: stays._get_asked(one.user_id, one._get_stay_pool()))
            .items()
        ):
            env = self.with_context(lang=approver.lang).env
            stays._tell_of(
                some,
                approver,
                env._(
                    "%(user)s takes the request back: %(customers)s",
                    user=self.env.user.name,
                    customers=some.with_context(lang=env.lang)._get_names_in_short(),
                ),
                path="pool-approvals",
            )
