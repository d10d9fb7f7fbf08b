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
        heirs = self._get_heirs(planned)
        # Odoo would mail every single assignment; the digest tells them all at once.
        quiet = planned.with_context(mail_activity_quick_update=True)
        for heir, activities in quiet.grouped(lambda one: heirs.get(one.id)).items():
            if heir:
                activities.user_id = heir
        return super()._before_leaving()

    def _get_heirs(self, planned):
        """Return ``{id: user}``: who does what these leavers have planned with
        customers; the number of statements does not depend on how much it is."""
        heirs = {}
        for model, activities in planned.grouped("res_model").items():
            # Superuser: as in ``_before_leaving``.
            documents = self.env[model].sudo().browse(activities.mapped("res_id"))
            is_partner = model == "res.partner"
            customers = {
                one.id: (one if is_partner else one.partner_id).commercial_partner_id
                for one in documents.exists()
            }
            for activity in activities:
                customer = customers.get(activity.res_id)
                if customer and customer.is_managed_customer:
                    leader = activity.user_id._get_leader()
                    able = (customer.user_id | leader) - self
                    heirs[activity.id] = able.filtered("active")[:1]
        return heirs

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
