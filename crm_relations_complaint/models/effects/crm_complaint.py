from odoo import models
from odoo.exceptions import MissingError, UserError

from odoo.addons.crm_relations.tools.sentences import join_words

SERIOUS = ("3", "4")


class CrmComplaint(models.Model):
    """What becomes of complaints when a colleague leaves, and what a line of My Day
    does with one."""

    _inherit = "crm.complaint"

    def _pass_back_handover(self):
        """Whoever was asked does not answer any more: these stay where they are."""
        self._end_handovers("lapsed")
        self.waiting_for_id = False
        self._record("taken_back", note=self.env._("The colleague asked has left."))

    def _pass_back(self, leavers):
        """Leave these to who was asked first, else to nobody.

        :param leavers: users who leave
        """
        asked = self.first_asked_id.filtered("active") - leavers
        for heir, complaints in self.grouped(
            lambda one: one.first_asked_id & asked
        ).items():
            complaints.user_id = heir
            complaints._record(
                "taken_back",
                note=self.env._(
                    "%(user)s has left; now %(heir)s answers for it.",
                    user=join_words(self.env, leavers.mapped("name")),
                    heir=heir.name or self.env._("nobody"),
                ),
            )

    def _get_severity_label(self):
        labels = self._fields["severity"]._description_selection(self.env)
        return dict(labels).get(self.severity, "")

    def _open_form(self):
        if not self:
            raise MissingError(self.env._("This record does not exist any more."))
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_record_contact(self):
        return self.with_context(complaint_act="record_contact").action_ask()

    def action_decline(self):
        return self.with_context(complaint_act="decline").action_ask()

    def action_call(self):
        """Ring who complains, or the customer."""
        self.ensure_one()
        partner = self.person_id or self.partner_id
        if not partner:
            raise UserError(
                self.env._("It is no customer: the caller's number is on the form.")
            )
        return partner.action_call()
