from odoo import api, fields, models

from ...tools.counted import tell_customers

STATES = [("installed", "Installed"), ("undone", "Undone")]


class CrmPoolSetup(models.Model):
    """What the first day of a pool has created and changed, so that it can be looked
    at and taken back. Written by the wizard alone."""

    _name = "crm.pool.setup"
    _description = "First day of a pool"
    _order = "id desc"
    _rec_name = "pool_id"

    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Installed by",
        readonly=True,
        index="btree_not_null",
    )
    installed_at = fields.Datetime(string="Installed On", readonly=True)
    state = fields.Selection(
        selection=STATES, string="Status", default="installed", readonly=True
    )
    undone_at = fields.Datetime(string="Undone On", readonly=True)
    line_ids = fields.One2many(
        comodel_name="crm.pool.setup.line",
        inverse_name="setup_id",
        string="What Was Done",
        readonly=True,
    )
    happened = fields.Char(
        string="What Happened Since",
        compute="_compute_happened",
        help="As long as nothing has happened, all of it can be undone.",
    )

    taken_count = fields.Integer(
        string="Taken From the Pool Since",
        compute="_compute_happened",
        help="Customers who were claimed, assigned or distributed since: they stay "
        "with whom they are with, also when this is undone.",
    )

    @api.depends("pool_id", "installed_at")
    @api.depends_context("lang")
    def _compute_happened(self):
        for setup in self:
            count = setup._count_released()
            setup.happened = count > 0 and self.env._(
                "Gone to the pool since: %s. Undo these releases first, under "
                "Reporting, Releases and Hand-overs.",
                tell_customers(self.env, count),
            )
            # Superuser: a number, of all customers.
            changes = self.env["crm.ownership.change"].sudo()
            taken = changes._read_group(
                setup._get_taken_domain(), [], ["partner_id:count_distinct"]
            )
            setup.taken_count = taken[0][0]

    def _get_taken_domain(self):
        """Return the changes by which somebody got a customer of the pool since."""
        return [
            ("from_pool_id", "=", self.pool_id.id),
            ("from_pool_id", "!=", False),
            ("to_user_id", "!=", False),
            ("kind", "!=", "undo"),
            ("is_undone", "=", False),
            ("decided_at", ">=", self.installed_at),
        ]

    def action_view_taken(self):
        """List who has been taken from the pool since, with whom they are now."""
        self.ensure_one()
        self.check_access("read")
        # Superuser: which customers; they are read with the rights of the caller.
        changes = self.env["crm.ownership.change"].sudo()
        taken = changes.search(self._get_taken_domain()).partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Taken From the Pool Since"),
            "res_model": "res.partner",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("id", "in", taken.ids)],
            "context": {"active_test": False, "create": False},
        }

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Was Set Up"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    def _count_released(self):
        """Return how many customers the rules have released into the pool since who
        are there still: whom somebody has taken, no undoing brings back."""
        # Superuser: a number, of all customers.
        return (
            self.env["crm.ownership.change"]
            .sudo()
            .search_count(
                [
                    ("to_pool_id", "=", self.pool_id.id),
                    ("to_pool_id", "!=", False),
                    ("partner_id.pool_id", "=", self.pool_id.id),
                    ("kind", "=", "release"),
                    ("is_undone", "=", False),
                    ("decided_at", ">=", self.installed_at),
                ]
            )
        )

    def _add(self, model, vals):
        """Create a record and note it; return it."""
        record = self.env[model].create(vals)
        self._note("created", record, {}, vals)
        return record

    def _change(self, record, vals):
        """Write what differs and note it; nothing where all is as wanted."""
        line = self.env["crm.pool.setup.line"]
        before = line._get_snapshot(record, vals)
        asked = line._get_snapshot(record.new(vals), vals)
        differing = {name: vals[name] for name in vals if before[name] != asked[name]}
        if not differing:
            return
        line._write_whole(record, differing)
        self._note("changed", record, before, differing)

    def _note(self, kind, record, before, names):
        lines = self.env["crm.pool.setup.line"]
        # Superuser: the list is written by this alone.
        lines.sudo().create(
            {
                "setup_id": self.id,
                "kind": kind,
                "res_model": record._name,
                "res_id": record.id,
                "name": record.display_name,
                "old_values": {name: before.get(name) for name in names},
                "new_values": lines._get_snapshot(record, names),
            }
        )
