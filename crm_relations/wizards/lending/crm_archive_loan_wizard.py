from datetime import timedelta

from odoo import api, fields, models

from ...models.lending.crm_archive_loan import PARTS

USUAL_DAYS = 7


class CrmArchiveLoanWizard(models.TransientModel):
    """Ask for what is closed of customers, or that a loan goes on."""

    _name = "crm.archive.loan.wizard"
    _description = "Ask for access"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    loan_id = fields.Many2one(
        comodel_name="crm.archive.loan",
        string="Extends",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    with_profiles = fields.Boolean(string="Person Profiles", default=True)
    with_documents = fields.Boolean(string="Documents")
    with_card = fields.Boolean(
        string="Data Card", help="The printed page about the customer."
    )
    purpose = fields.Char(required=True)
    since = fields.Date(string="First Day")
    until = fields.Date(required=True)

    @api.model
    def _open_for(self, partners):
        # Superuser: settings of the company, whoever asks.
        companies = {one._get_relation_company() for one in partners.sudo()}
        days = min([own.loan_days_most for own in companies] + [USUAL_DAYS])
        today = self.env.user._get_relations_today()
        return self._open(
            self.env._("Ask for Access"),
            partner_ids=partners.ids,
            since=today,
            until=today + timedelta(days=days - 1),
        )

    @api.model
    def _open_for_extension(self, loan):
        # Superuser: a setting of the company.
        most = loan.sudo().partner_id._get_relation_company().loan_days_most
        return self._open(
            self.env._("Extend"),
            loan_id=loan.id,
            partner_ids=loan.partner_id.ids,
            purpose=loan.purpose,
            until=loan.until + timedelta(days=min(USUAL_DAYS, most)),
            **{name: loan[name] for name in PARTS.values()},
        )

    @api.model
    def _open(self, title, **values):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    def action_apply(self):
        """Ask; what stands against all of it keeps the dialog open."""
        self.ensure_one()
        summary = self.env["crm.answer.summary"]
        if self.loan_id:
            answers = self.loan_id.extend(self.until, self.purpose)
            told = [{**answer, "id": False} for answer in answers]
            return summary._open_or_refuse(told, self.env._("Extend"))
        parts = [code for code, name in PARTS.items() if self[name]]
        answers = self.partner_ids.ask_for_access(
            parts, self.purpose, self.until, self.since
        )
        return summary._open_or_refuse(answers, self.env._("Ask for Access"))
