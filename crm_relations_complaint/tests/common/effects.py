from odoo import fields

from .complaint import ComplaintCommon


class EffectsCommon(ComplaintCommon):
    """The customer is sally's, and complaints can be closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.user_id = cls.sally
        cls.partners = cls.env["res.partner"]

    @classmethod
    def _end(cls, complaint, confirmed=True, state="closed"):
        """Close a complaint as the methods of closing do."""
        if confirmed:
            complaint._record("confirmed")
        complaint.write({"state": state, "closed_at": fields.Datetime.now()})
        complaint._record("closed")
