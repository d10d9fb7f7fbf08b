from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.counted import tell_days
from ...tools.retries import retry


class ResPartner(models.Model):
    """When a customer leaves its salesperson, by which rule."""

    _inherit = "res.partner"

    pool_release_date = fields.Date(
        string="Leaves Protection On",
        compute="_compute_pool_release",
        store=True,
        help="On this day the customer goes to the public pool unless somebody "
        "follows up. List, reminder and nightly release all go by this date.",
        written_by="decided",
    )
    pool_rule_id = fields.Many2one(
        comodel_name="crm.pool.rule",
        string="Recycling Rule",
        compute="_compute_pool_release",
        store=True,
        ondelete="set null",
        written_by="decided",
    )
    pool_release_facts = fields.Json(
        compute="_compute_pool_release",
        store=True,
        prefetch=False,
        written_by="decided",
    )
    pool_kept_until = fields.Date(
        string="Kept Until",
        readonly=True,
        copy=False,
        help="Extended or protected: the customer goes to the public pool in the night "
        "in which this day begins at the earliest. A customer of the pool is reserved "
        "until this day.",
        written_by="decided",
    )
    pool_time_left = fields.Char(string="Time Left", compute="_compute_pool_time_left")

    _pool_due_idx = models.Index(
        "(pool_release_date, id) WHERE pool_release_date IS NOT NULL"
    )

    @api.depends(lambda self: self._get_pool_release_triggers())
    def _compute_pool_release(self):
        owned = self._origin.filtered(lambda partner: partner.is_managed_customer)
        dates = self.env["crm.pool.rule"]._get_release_dates(owned.ids) if owned else {}
        for partner in self:
            date, rule_id, facts = dates.get(partner._origin.id, (False, False, False))
            # Not read with the rest, they would be written at every partner.
            if date or not partner.id or partner.pool_release_date:
                partner.pool_release_facts = facts
            partner.pool_release_date = date
            partner.pool_rule_id = rule_id

    def _get_pool_release_triggers(self):
        """Return the fields whose change decides the release date anew at once; what
        else a rule's conditions read counts in the coming night."""
        return [
            *["is_managed_customer", "active", "user_id", "owner_since"],
            *["last_followup_at", "tier_id", "lifecycle", "category_id", "company_id"],
            *["relation_company_id", "nature_id", "user_id.sale_team_id"],
            "pool_kept_until",
        ]

    def _release_date_changed(self):
        """Have the release dates of these customers decided anew: all that this
        transaction touches by one query, when they are read or written."""
        customers = self.filtered("is_managed_customer")
        if customers:
            self.env.add_to_compute(self._fields["pool_release_date"], customers)

    @api.model
    def _refresh_sales_figures(self, partner_ids=None):
        count = super()._refresh_sales_figures(partner_ids)
        if partner_ids and self.env["crm.pool.rule"]._depends_on("order"):
            self.browse(partner_ids)._release_date_changed()
        return count

    @api.depends("pool_release_date")
    @api.depends_context("lang")
    def _compute_pool_time_left(self):
        for partner in self:
            today = partner._get_relation_company()._get_relations_today()
            release = partner.pool_release_date
            partner.pool_time_left = release and self._tell_days((release - today).days)

    @api.model
    def _tell_days(self, days):
        if days <= 0:
            return self.env._("tonight")
        if days == 1:
            return self.env._("tomorrow")
        return self.env._("in %(days)s", days=tell_days(self.env, days))

    def _segment_changed(self):
        result = super()._segment_changed()
        if self.env["crm.pool.rule"]._depends_on("segment"):
            self.env["res.partner"]._refresh_release_dates(self.ids)
        return result

    @api.model
    def _cron_refresh_release_dates(self):
        """Decide all release dates anew, page by page, writing only what changed."""
        started = fields.Datetime.now()
        self._for_pages_of_customers(self._refresh_release_dates)
        self.env["crm.pool.wave"]._plan()
        # Another host may note the same at this moment.
        rules = self.env["crm.pool.rule"]
        retry(self.env, lambda: rules._set_dates_refreshed_at(started))
        self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _refresh_release_dates(self, partner_ids):
        """Write the release date of these customers where it changed; one statement.

        :return: number of customers written
        """
        if not partner_ids:
            return 0
        rules = self.env["crm.pool.rule"]._get_in_force()
        self.env["res.partner"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH due AS MATERIALIZED (%(dates)s)
                UPDATE res_partner AS partner
                   SET pool_release_date = due.release_date,
                       pool_rule_id = due.rule_id,
                       pool_release_facts = due.facts
                  FROM res_partner AS old
             LEFT JOIN due ON due.partner_id = old.id
                 WHERE old.id IN %(ids)s AND partner.id = old.id
                   AND (old.pool_release_date, old.pool_rule_id, old.pool_release_facts)
                       IS DISTINCT FROM (due.release_date, due.rule_id, due.facts)
             RETURNING partner.id
                """,
                dates=rules._get_dates_sql(partner_ids=partner_ids),
                ids=tuple(partner_ids),
            )
        )
        names = ["pool_release_date", "pool_rule_id", "pool_release_facts"]
        self.browse(partner_ids).invalidate_recordset(names)
        return len(rows)

    def _get_models_of_closed_history(self):
        """Who joins another customer leaves its night behind."""
        return super()._get_models_of_closed_history() | {"crm.pool.wave"}

    def _get_fields_of_moved_rows(self):
        """Opportunities come along by SQL."""
        return [*super()._get_fields_of_moved_rows(), "pool_release_date"]

    def _refresh_emptied(self, paths):
        result = super()._refresh_emptied(paths)
        if not paths.isdisjoint(self._get_pool_release_triggers()):
            self._refresh_release_dates(self.ids)
        return result

    def _owners_written(self):
        result = super()._owners_written()
        self.env["res.partner"]._refresh_release_dates(self.ids)
        return result

    @api.model
    def _get_columns_of_owned(self):
        return [
            *super()._get_columns_of_owned(),
            *["pool_release_date", "pool_rule_id", "pool_release_facts"],
            *["pool_blocked_by", "pool_blocked_at"],
        ]
