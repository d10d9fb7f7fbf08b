from odoo import api, fields, models


class CrmHandoverLine(models.TransientModel):
    """A customer in the hand-over wizard: what moves with it, and how it went."""

    _name = "crm.handover.line"
    _description = "Customer to be handed over"
    _order = "to_user_id, id"
    _rec_name = "partner_id"

    wizard_id = fields.Many2one(
        comodel_name="crm.handover.wizard",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    from_user_id = fields.Many2one(
        comodel_name="res.users", string="From", readonly=True
    )
    to_user_id = fields.Many2one(comodel_name="res.users", string="To", readonly=True)
    moves = fields.Char(string="What Moves Along", compute="_compute_moves")
    ok = fields.Boolean(readonly=True)
    code = fields.Char(readonly=True, export_string_translation=False)
    message = fields.Char(string="Result", readonly=True)

    @api.depends("partner_id")
    @api.depends_context("lang")
    def _compute_moves(self):
        labels = {
            item["kind"]: item["label"]
            for item in self.env["res.partner"]._get_handover_items()
        }
        contacts = self._count_contacts()
        counts = {}
        for partner, kind, count in self.env["crm.handover.preview"]._read_group(
            [
                ("wizard_id", "in", self.wizard_id.ids),
                ("partner_id", "in", self.partner_id.ids),
            ],
            ["partner_id", "kind"],
            ["__count"],
        ):
            counts.setdefault(partner, []).append(
                f"{labels.get(kind, kind)}: {count}"
            )
        for line in self:
            parts = list(counts.get(line.partner_id, []))
            if contacts.get(line.partner_id):
                number = contacts[line.partner_id]
                parts.insert(0, self.env._("Contact: %(count)s", count=number))
            line.moves = ", ".join(parts)

    def _count_contacts(self):
        # Superuser: how many contacts go along, of customers one may give away.
        return dict(
            self.env["res.partner"]
            .sudo()
            ._read_group(
                [
                    ("commercial_partner_id", "in", self.partner_id.ids),
                    ("id", "not in", self.partner_id.ids),
                ],
                ["commercial_partner_id"],
                ["__count"],
            )
        )

    def action_open(self):
        self.ensure_one()
        items = self.env["crm.handover.item"]
        return items._get_open_action("res.partner", self.partner_id.id)
