from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import clean_context


class CrmHandoverWizard(models.TransientModel):
    """Show all that moves with customers, hand them over, and tell how it went.

    Customers and items are filled in by statements: a leaver may have ten thousand.
    """

    _name = "crm.handover.wizard"
    _description = "Hand over customers"

    is_leaver = fields.Boolean(readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="New Salesperson",
        domain="[('share', '=', False)]",
        index="btree_not_null",
    )
    note = fields.Text(help="Kept in the history, and told to the new salesperson.")
    share_until = fields.Date(
        string="Former Salesperson Keeps Access Until",
        help="The last day on which the former salesperson still finds the customer "
        "under “Shared with Me”. Empty: no access from now on.",
    )
    take_opportunities = fields.Boolean(
        string="Open Opportunities", default=True, help="They keep their stage."
    )
    take_quotations = fields.Boolean(string="Open Quotations", default=True)
    take_activities = fields.Boolean(
        string="Planned Activities",
        default=True,
        help="Those of the former salesperson on the customer, its contacts and what "
        "moves along, with the care tasks that they stand for.",
    )
    line_ids = fields.One2many(
        comodel_name="crm.handover.line",
        inverse_name="wizard_id",
        string="Customers",
        readonly=True,
    )
    failed_line_ids = fields.One2many(
        comodel_name="crm.handover.line",
        inverse_name="wizard_id",
        string="What Stays",
        domain=[("ok", "=", False), ("code", "!=", False)],
        readonly=True,
    )
    item_ids = fields.One2many(
        comodel_name="crm.handover.preview",
        inverse_name="wizard_id",
        string="Items",
        readonly=True,
    )
    overview = fields.Html(compute="_compute_overview", sanitize=False)
    batch_id = fields.Many2one(comodel_name="crm.pool.batch", readonly=True)
    state = fields.Selection(
        selection=[("draft", "Preview"), ("done", "Done"), ("undone", "Undone")],
        string="Status",
        default="draft",
        readonly=True,
    )
    summary = fields.Char(readonly=True)

    @api.constrains("user_id")
    def _check_user_id(self):
        for wizard in self.filtered("user_id"):
            if not wizard.user_id.active:
                raise ValidationError(
                    self.env._(
                        "%(user)s is archived: choose another salesperson.",
                        user=wizard.user_id.name,
                    )
                )

    @api.constrains("share_until")
    def _check_share_until(self):
        today = self.env["res.company"]._get_earliest_today()
        if any(wizard.share_until and wizard.share_until < today for wizard in self):
            raise ValidationError(
                self.env._("The day until which access is kept has passed already.")
            )

    @api.depends("line_ids")
    @api.depends_context("lang")
    def _compute_overview(self):
        """Totals for each new salesperson, or for the hand-over as a whole."""
        for wizard in self:
            wizard.overview = wizard._get_overview()

    def _get_overview(self):
        totals = self.env["crm.handover.line"]._read_group(
            [("wizard_id", "=", self._origin.id), ("code", "=", False)],
            ["to_user_id"],
            ["__count"],
        )
        rows = [
            (user.name or self.env._("All to the new salesperson"), count)
            for user, count in totals
        ]
        return Markup("<table class='table table-sm w-auto mb-0'>%s</table>") % Markup(
            ""
        ).join(
            Markup("<tr><td>%s</td><td class='text-end'>%s</td></tr>") % row
            for row in rows
        )

    @api.model
    def _open_for(self, partners, owners=None, **values):
        """Open the wizard for these customers.

        :param owners: ``{customer id: id of the new owner, or None}``; None as a whole
            where the user chooses one for all
        """
        if not partners:
            raise UserError(self.env._("Choose customers first."))
        # The defaults of a list of customers are not meant for the wizard: it would
        # propose oneself as the new owner.
        clean = self.env(context=clean_context(self.env.context))
        wizard = clean[self._name].create(values)
        partners = partners.exists()
        givable = partners._filter_givable()
        # Superuser: lines and items are filled in by nobody else.
        self.env["crm.handover.line"].sudo()._fill(wizard, partners, givable, owners)
        self.env["crm.handover.preview"].sudo()._fill(wizard, givable.ids)
        return wizard._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand over"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _get_choices(self):
        """Return the ticks that are set."""
        models = self.env["crm.handover.mixin"]._get_handover_models()
        choices = {model._handover_choice for model in models}
        return {choice for choice in choices if self[choice]}

    def action_apply(self):
        """Hand over and show how each customer fared."""
        self.ensure_one()
        self._check_complete()
        owners = self._get_owners()
        batch, answers = (
            self.env["res.partner"]
            .browse(owners)
            ._hand_over(
                owners,
                self.note,
                self.share_until,
                kind="leaver" if self.is_leaver else "transfer",
                choices=self._get_choices(),
            )
        )
        # Superuser: lines are written by nobody else.
        self.line_ids.sudo()._keep_answers(answers)
        done = sum(answer["ok"] for answer in answers)
        left = len(self.line_ids) - done
        self.write(
            {
                "state": "done",
                "batch_id": batch.id,
                "summary": self.env._(
                    "Customers handed over: %(done)s. Those that stay: %(left)s.",
                    done=done,
                    left=left,
                ),
            }
        )
        return self._reopen()

    def _check_complete(self):
        if self.state != "draft":
            raise UserError(self.env._("This has been handed over already."))
        if not self.is_leaver and not self.user_id:
            raise ValidationError(self.env._("Who is the new salesperson?"))
        if not (self.note or "").strip():
            raise ValidationError(self.env._("Give the reason in the note."))

    def _get_owners(self):
        """Return ``{customer id: id of the new owner}`` of those that move."""
        lines = self.line_ids.filtered(lambda line: line.code != "stays")
        return {
            line.partner_id.id: (line.to_user_id or self.user_id).id for line in lines
        }

    def action_undo(self):
        """Undo what this wizard has just done, and show what stays."""
        self.ensure_one()
        answers = self.batch_id.undo()
        done = sum(answer["ok"] for answer in answers)
        self.write(
            {
                "state": "undone",
                "summary": self.env._(
                    "Undone. Customers back: %(done)s. Those that stay: %(left)s.",
                    done=done,
                    left=len(answers) - done,
                ),
            }
        )
        # Superuser: lines are written by nobody else.
        self.line_ids.sudo()._keep_answers(answers)
        return self._reopen()

    def action_close(self):
        """Close, and let the view behind show the new salesperson."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}
