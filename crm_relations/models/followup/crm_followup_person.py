from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.sentences import join_words

FOR_ALL = (
    "crm_relations.group_relations_manager",
    "sales_team.group_sale_manager",
)
EXCHANGE = "crm_relations.group_telephone_exchange"


class CrmFollowup(models.Model):
    """A follow-up tells who has talked to the customer: nobody says so of others.

    The leader of the team may for its people; relations managers and Sales
    Administrators for everybody; a telephone exchange logs the calls of all. What is
    logged by the suite itself (an activity that is done, a reception) is logged as
    superuser, for whoever has done it.
    """

    _inherit = "crm.followup"

    may_change = fields.Boolean(
        compute="_compute_may_change", export_string_translation=False
    )

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_may_change(self):
        may = {user: self._may_speak_for(user) for user in self.user_id}
        for followup in self:
            followup.may_change = may.get(followup.user_id, True)

    @api.model_create_multi
    def create(self, vals_list):
        followups = super().create(vals_list)
        followups._check_person(followups.user_id)
        return followups

    def write(self, vals):
        if not self.env.su:
            self._check_person(self.user_id)
        result = super().write(vals)
        if "user_id" in vals:
            self._check_person(self.user_id)
        return result

    @api.model
    def _check_person(self, users):
        """Refuse follow-ups in the name of those for whom the caller cannot speak.

        :raise AccessError: names them
        """
        if self.env.su:
            return
        others = users.filtered(lambda user: not self._may_speak_for(user))
        if others:
            # Superuser: names of colleagues are no secret.
            raise AccessError(
                self.env._(
                    "A follow-up tells who talked to the customer. Only %(users)s, the "
                    "leader of the team or a relations manager enters or changes one "
                    "of %(users)s.",
                    users=join_words(self.env, others.sudo().mapped("name")),
                )
            )

    @api.model
    def _may_speak_for(self, user):
        """Return whether the caller may say what ``user`` has done."""
        caller = self.env.user
        if user == caller or any(caller.has_group(group) for group in FOR_ALL):
            return True
        # Superuser: who leads whom is no secret of the team.
        return user.sudo()._get_leader() == caller

    @api.model
    def _may_log_call_of(self, user):
        """Return whether the caller may log what ``user`` has called."""
        return self.env.user.has_group(EXCHANGE) or self._may_speak_for(user)
