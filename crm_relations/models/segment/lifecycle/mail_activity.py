from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    crm_playbook_run_id = fields.Many2one(
        comodel_name="crm.playbook.run",
        string="Playbook",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
