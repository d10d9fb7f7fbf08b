from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...tools.sentences import join_words


class CrmPoolDistributeWizard(models.TransientModel):
    """Show who would get which pool customers, let it be changed, and give them.

    Evenly: everybody gets as many of these customers. By room: whoever has most room
    below the cap gets the next one. Nobody gets more than fits, and only members of a
    customer's pool get it.
    """

    _name = "crm.pool.distribute.wizard"
    _description = "Distribute customers of the pool"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    method = fields.Selection(
        string="Way of Distribution",
        selection=[
            ("one", "All to one salesperson"),
            ("evenly", "Evenly"),
            ("room", "By the room left below the cap"),
        ],
        required=True,
        default="evenly",
        help="Evenly: everybody gets as many of these customers. By room: whoever may "
        "still hold most gets the next one. Nobody gets more than fits.",
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        string="Salespeople",
        domain="[('share', '=', False)]",
    )
    note = fields.Char(help="Kept in the history of the customer.")
    state = fields.Selection(
        selection=[("draft", "Whom"), ("preview", "Preview")],
        string="Status",
        default="draft",
        readonly=True,
    )
    line_ids = fields.One2many(
        comodel_name="crm.pool.distribute.line",
        inverse_name="wizard_id",
        string="Who Gets What",
    )
    overview = fields.Char(compute="_compute_overview")

    @api.depends("line_ids.user_id")
    @api.depends_context("lang")
    def _compute_overview(self):
        """Say how many everybody has now, and would have."""
        for wizard in self:
            users = wizard.line_ids.user_id
            held = users._count_customers_held()
            given = wizard.line_ids.grouped("user_id")
            parts = [
                self.env._(
                    "%(user)s: %(held)s + %(given)s",
                    user=user.name,
                    held=held.get(user.id, 0),
                    given=len(given[user]),
                )
                for user in users
            ]
            left = len(given.get(self.env["res.users"], ()))
            if left:
                parts.append(self.env._("nobody: %(count)s", count=left))
            wizard.overview = join_words(self.env, parts)

    def action_preview(self):
        """Propose who gets what; nothing is given yet."""
        self.ensure_one()
        self._check_users()
        lines = map(Command.create, self._prepare_lines())
        self.write({"state": "preview", "line_ids": [Command.clear(), *lines]})
        return self._reopen()

    def _check_users(self):
        if self.method == "one" and len(self.user_ids) != 1:
            raise ValidationError(self.env._("Choose the salesperson who gets them."))
        if not self.user_ids:
            raise ValidationError(
                self.env._("Choose the salespeople among whom to distribute.")
            )

    def _prepare_lines(self):
        partners = self.partner_ids
        refusals = partners._get_aside_refusals() | partners._get_pool_refusals()
        free = self.partner_ids.filtered(lambda partner: partner.id not in refusals)
        given = free._propose_owners(self.user_ids, self.method)
        nobody = self.env._("None of them is a member of its pool with room left.")
        why = dict.fromkeys(free.ids, nobody) | dict.fromkeys(given, False)
        why |= {number: message for number, (_code, message) in refusals.items()}
        return [
            {
                "partner_id": partner.id,
                "user_id": given.get(partner.id),
                "message": why[partner.id],
            }
            for partner in self.partner_ids
        ]

    def action_back(self):
        self.ensure_one()
        self.write({"state": "draft", "line_ids": [Command.clear()]})
        return self._reopen()

    def action_apply(self):
        """Give what the preview says."""
        self.ensure_one()
        owners = {
            line.partner_id.id: line.user_id.id
            for line in self.line_ids
            if line.user_id
        }
        if not owners:
            raise UserError(self.env._("Nobody would get anything."))
        kind = "assign" if self.method == "one" else "distribute"
        partners = self.env["res.partner"].browse(owners)
        _batch, answers = partners._assign(owners, kind, self.note)
        title = self.env._("Distribution")
        return self.env["crm.answer.summary"]._open(answers, title)

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Distribute"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
