from datetime import timedelta

from odoo import fields, models


class CrmPool(models.Model):
    """The terms on which customers are taken from this pool."""

    _inherit = "crm.pool"

    cool_down_days = fields.Integer(
        string="Closed to Former Owners",
        help="Whoever has had a customer before may not take it again until this many "
        "days after it left them, whoever else has had it in between. 0: at once.",
    )
    freeze_hours = fields.Integer(
        string="Closed to Everybody",
        help="A customer that has just come into the pool cannot be taken for this "
        "many hours, so that everybody has a chance to see it.",
    )
    contact_days = fields.Integer(
        string="First Contact Within",
        default=3,
        help="Whoever takes a customer finds an activity planned on it that is due in "
        "this many days. 0: none.",
    )
    contact_activity_type_id = fields.Many2one(
        comodel_name="mail.activity.type",
        string="First Activity",
        domain="[('res_model', 'in', (False, 'res.partner'))]",
        default=lambda self: self._default_contact_activity_type_id(),
        ondelete="set null",
    )

    _terms_positive = models.Constraint(
        "CHECK(cool_down_days >= 0 AND freeze_hours >= 0 AND contact_days >= 0)",
        "Days and hours cannot be negative.",
    )

    def _default_contact_activity_type_id(self):
        return self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)

    def _has_manager(self, user):
        """Return whether ``user`` runs this pool: one of its managers, or a relations
        manager of its company."""
        self.ensure_one()
        manages_all = user.has_group("crm_relations.group_relations_manager")
        return user in self.manager_ids or (manages_all and self._is_open_to(user))

    def _has_member(self, user):
        """Return whether ``user`` may see and claim customers of this pool: its
        members, or without any everybody of its company."""
        self.ensure_one()
        if not self.member_ids:
            return user in self.manager_ids or self._is_open_to(user)
        return user in self.member_ids | self.manager_ids

    def _is_open_to(self, user):
        """Return whether ``user`` works in the company of this pool."""
        return not self.company_id or self.company_id in user.company_ids

    def _get_frozen_until(self, since):
        """Return the moment until which what came at ``since`` stays, or None."""
        self.ensure_one()
        if not self.freeze_hours or not since:
            return None
        until = since + timedelta(hours=self.freeze_hours)
        return until if until > fields.Datetime.now() else None

    def _get_cool_until(self, lost):
        """Return the moment until which whoever lost a customer at ``lost`` may not
        take it again, or None."""
        self.ensure_one()
        if not self.cool_down_days or not lost:
            return None
        until = lost + timedelta(days=self.cool_down_days)
        return until if until > fields.Datetime.now() else None
