from odoo import fields, models

DIGEST_WAYS = [
    ("none", "Not at all"),
    ("chat", "In the chat"),
    ("mail", "By e-mail"),
    ("both", "In the chat and by e-mail"),
]


class ResUsers(models.Model):
    _inherit = "res.users"

    relations_digest_way = fields.Selection(
        selection=DIGEST_WAYS,
        string="Daily Digest",
        help="How you get, on working days, one message of what is due with your "
        "customers. Empty: as your company has chosen for everybody.",
    )

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
