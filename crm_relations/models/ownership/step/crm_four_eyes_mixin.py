from odoo import api, fields, models

from ....tools.arguments import Answers


class CrmFourEyesMixin(models.AbstractModel):
    """A request that somebody writes and somebody else decides: who has written it, or
    a part of it, or has asked for it, has no part in the decision.

    Whatever writes on such a request calls ``_involve``.
    """

    _name = "crm.four.eyes.mixin"
    _description = "What somebody writes and somebody else decides"
    _inherit = ["crm.request.mixin"]

    involved_ids = fields.Many2many(
        comodel_name="res.users",
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="Who has written it or asked for it: none of them approves it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._involve()
        return records

    def approve(self) -> Answers:
        """Decide for these requests; return an answer for each. What that means says
        each kind of request; here is none."""
        return []

    def action_approve(self):
        return self._show_answers(self.approve())

    def _involve(self, others=()):
        """Note that the caller, and the others, have a part in these."""
        # Superuser: who was involved is typed by nobody.
        links = [fields.Command.link(user.id) for user in (self.env.user, *others)]
        self.sudo().write({"involved_ids": links})

    def _get_involved(self):
        return super()._get_involved() | self.create_uid | self.involved_ids
