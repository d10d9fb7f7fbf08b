from odoo import fields, models

DIGEST_WAYS = [
    ("none", "Not at all"),
    ("chat", "In the chat"),
    ("mail", "By e-mail"),
    ("both", "In the chat and by e-mail"),
]

# Documents on which activities are planned with customers.
WITH_CUSTOMERS = ("res.partner", "crm.lead", "sale.order")


class ResUsers(models.Model):
    _inherit = "res.users"

    relations_digest_way = fields.Selection(
        selection=DIGEST_WAYS,
        string="Daily Digest",
        help="How you get, on working days, one message of what is due with your "
        "customers. Empty: as your company has chosen for everybody.",
    )

    def _before_leaving(self):
        """Odoo deletes the activities of who is archived by the button; what is planned
        with customers is done by their salesperson, else by who leads the leaver."""
        # Superuser: who may archive a user passes on all that is planned.
        planned = self.env["mail.activity"].sudo()
        planned = planned.search(
            [("user_id", "in", self.ids), ("res_model", "in", WITH_CUSTOMERS)]
        )
        # Odoo would mail every single assignment; the digest tells them all at once.
        quiet = planned.with_context(mail_activity_quick_update=True)
        for heir, activities in quiet.grouped(self._get_heir).items():
            if heir:
                activities.user_id = heir
        return super()._before_leaving()

    def _get_heir(self, activity):
        """Return who does what these leavers have planned with a customer; nobody where
        it is about no customer."""
        # Superuser: as in ``_before_leaving``.
        document = self.env[activity.res_model].sudo().browse(activity.res_id)
        partner = document if document._name == "res.partner" else document.partner_id
        customer = partner.commercial_partner_id
        if not customer.is_managed_customer:
            return self.browse()
        heirs = customer.user_id | activity.user_id._get_leader()
        return (heirs - self).filtered("active")[:1]

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["relations_digest_way"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["relations_digest_way"]

    def _get_relations_digest_way(self):
        """Return how this person gets the digest: the own choice before the one of
        the company."""
        self.ensure_one()
        return self.relations_digest_way or self.company_id.relations_digest_way
