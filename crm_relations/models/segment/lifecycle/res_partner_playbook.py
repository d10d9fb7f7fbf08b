from odoo import api, fields, models


class ResPartner(models.Model):
    """The playbook that runs at a customer."""

    _inherit = "res.partner"

    playbook_run_ids = fields.One2many(
        comodel_name="crm.playbook.run", inverse_name="partner_id", string="Playbooks"
    )
    playbook_run_id = fields.Many2one(
        comodel_name="crm.playbook.run",
        string="Playbook",
        compute="_compute_playbook",
    )
    playbook_guide = fields.Text(
        string="Problems and Answers", compute="_compute_playbook"
    )

    @api.depends("playbook_run_ids.ended_on")
    @api.depends_context("lang")
    def _compute_playbook(self):
        # Off the list that the form shows as well, so that it costs no query more.
        for partner in self:
            running = partner.playbook_run_ids.filtered(lambda run: not run.ended_on)
            run = running.sorted("id")[-1:]
            partner.playbook_run_id = run
            partner.playbook_guide = run.playbook_id.guide

    def _owner_changed(self, kind):
        result = super()._owner_changed(kind)
        # Superuser: whoever hands over a customer hands over its playbook.
        self.env["crm.playbook.run"].sudo()._follow_owner(self.ids)
        return result
