from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.crm_relations.tools.sentences import join_words

# What people write by hand; the rest follows from methods and events.
WRITTEN = frozenset(
    (
        *("subject", "partner_id", "person_id", "channel", "reference", "category_id"),
        *("caller_name", "caller_phone", "caller_email", "facts", "demand"),
        *("product_id", "lot", "order_id", "occurred_on", "is_safety", "complexity"),
        *("impact", "severity", "plan", "company_id", "cause_ids"),
    )
)


class CrmComplaint(models.Model):
    """Who is answerable, what state it is in and when it came are written by methods,
    whatever the client sends."""

    _inherit = "crm.complaint"

    @api.model
    def _get_written_fields(self):
        """Hook: return the names of our fields that people write by hand."""
        return WRITTEN

    @api.model
    def _check_written(self, vals):
        """Raise if a client writes what methods decide."""
        if self.env.su:
            return
        ours = {
            name
            for name in vals
            if name in self._fields
            and self._fields[name]._module == "crm_relations_complaint"
        }
        decided = sorted(ours - self._get_written_fields())
        if decided:
            labels = [
                self._fields[name]._description_string(self.env) for name in decided
            ]
            raise UserError(
                self.env._(
                    "This follows from what happens to the complaint and is not "
                    "written by hand: %(fields)s.",
                    fields=join_words(self.env, labels),
                )
            )

    def write(self, vals):
        self._check_written(vals)
        if "company_id" in vals and not self.env.su:
            self._check_same_company(vals["company_id"])
        return super().write(vals)

    def _check_same_company(self, company_id):
        if any(complaint.company_id.id != company_id for complaint in self):
            raise UserError(
                self.env._(
                    "A complaint stays in the company where it was registered: its "
                    "number and its clocks belong there."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        if not self.env.su:
            raise UserError(
                self.env._("A complaint is not deleted. Withdraw it, or merge it.")
            )
