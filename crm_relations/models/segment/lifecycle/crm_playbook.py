from odoo import api, fields, models
from odoo.tools import SQL

from .crm_lifecycle_layers import LAYERS

SWITCH = "crm_relations.start_playbooks"


class CrmPlaybook(models.Model):
    """What to do with customers who have just entered a layer.

    An entry is a line of the lifecycle's ledger; it starts the playbook of the layer
    once, in the same transaction. The playbook of the customer's company comes before
    the general one. A first decision is an entry only for customers who have come
    since the layers were first decided: a database that is just being sorted starts
    nothing.
    """

    _name = "crm.playbook"
    _description = "Playbook"
    _inherit = ["crm.rule.sentence", "crm.colleague.mixin"]
    _order = "layer, company_id, id"

    name = fields.Char(required=True, translate=True)
    layer = fields.Selection(
        selection=LAYERS,
        required=True,
        help="Customers who enter this layer start the playbook.",
    )
    plan_id = fields.Many2one(
        comodel_name="mail.activity.plan",
        string="Activity Plan",
        required=True,
        ondelete="cascade",
        domain="[('res_model', '=', 'res.partner')]",
        help="Its activities are made for the salesperson, counted from the day of "
        "entry.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="restrict",
        help="Only for customers of this company, before the general playbook. "
        "Empty: for all companies that have none of their own.",
    )
    active = fields.Boolean(default=True)
    stand_in_id = fields.Many2one(
        comodel_name="res.users",
        string="Without a Salesperson",
        domain="[('share', '=', False)]",
        help="Who does it for customers whom nobody looks after. Empty: the entry is "
        "noted and no activity is made.",
    )
    close_on_leaving = fields.Boolean(
        string="Ends with the Layer",
        default=True,
        help="What is still to do is dropped when the customer leaves the layer.",
    )
    for_new_customers = fields.Boolean(
        string="From the First Decision",
        default=True,
        help="Start also for new customers whom the first decision puts into this "
        "layer. Those who were there before layers were decided start nothing.",
    )
    guide = fields.Text(
        string="Problems and Answers",
        translate=True,
        help="What is typical of this layer and what helps; shown at the customer.",
    )
    run_count = fields.Integer(string="Runs", compute="_compute_run_count")

    _layer_uniq = models.UniqueIndex(
        "(layer, COALESCE(company_id, 0)) WHERE active IS TRUE",
        "This layer has a playbook already.",
    )

    @api.depends("plan_id")
    def _compute_run_count(self):
        counts = dict(
            self.env["crm.playbook.run"]._read_group(
                [("playbook_id", "in", self.ids)], ["playbook_id"], ["__count"]
            )
        )
        for playbook in self:
            playbook.run_count = counts.get(playbook, 0)

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {"layer", "plan_id", "stand_in_id"}

    def _get_sentence_words(self):
        values = {
            "layer": self._tell_value("layer"),
            "plan": self.plan_id.name or "…",
            "user": self.stand_in_id.name,
        }
        if self.stand_in_id:
            words = self.env._(
                "Who enters the layer “%(layer)s” starts the plan “%(plan)s” for its "
                "salesperson, else for %(user)s.",
                **values,
            )
        else:
            words = self.env._(
                "Who enters the layer “%(layer)s” starts the plan “%(plan)s” for its "
                "salesperson.",
                **values,
            )
        return [words, *super()._get_sentence_words()]

    def action_view_runs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_playbook_run_action"
        )
        domain = [("playbook_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}

    @api.model
    def _layer_changed(self, partner_ids):
        """End the playbooks of the layers that these customers have just left, start
        those of the layers they have entered. A bounded number of statements."""
        runs = self.env["crm.playbook.run"]
        runs._end(partner_ids)
        if self._is_switched_on():
            runs.browse(self._insert_runs(partner_ids))._create_activities()

    @api.model
    def _is_switched_on(self):
        # Superuser: whether playbooks run is no secret, parameters are.
        return bool(self.env["ir.config_parameter"].sudo().get_param(SWITCH))

    @api.model
    def _insert_runs(self, partner_ids):
        """Insert a run for each of the last entries of these customers that has a
        playbook and none yet; return the ids."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_playbook_run (partner_id, playbook_id, change_id,
                       company_id, user_id, started_on,
                       create_uid, create_date, write_uid, write_date)
                SELECT entry.partner_id, playbook.id, entry.id, entry.company_id,
                       COALESCE(owner.id, stand_in.id), %(today)s,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM (%(entries)s) AS entry
                  JOIN res_partner AS partner ON partner.id = entry.partner_id
                  JOIN LATERAL (%(playbook)s) AS playbook ON TRUE
             LEFT JOIN res_users AS owner
                    ON owner.id = partner.user_id AND owner.active
             LEFT JOIN res_users AS stand_in
                    ON stand_in.id = playbook.stand_in_id AND stand_in.active
                 WHERE entry.old_layer IS NOT NULL
                    -- Changes are dated in whole seconds, contacts finer.
                    OR (playbook.for_new_customers
                        AND date_trunc('second', partner.create_date) > (
                            SELECT min(decided_at) FROM crm_lifecycle_change))
           ON CONFLICT DO NOTHING
             RETURNING id
                """,
                today=self.env["res.partner"]._get_relations_today_sql("partner"),
                uid=self.env.uid,
                now=fields.Datetime.now(),
                entries=self._get_last_entries_sql(partner_ids),
                playbook=self._get_entered_sql(),
            )
        )
        self.env["crm.playbook.run"].invalidate_model()
        return [number for (number,) in rows]

    @api.model
    def _get_entered_sql(self):
        """Return a SELECT of the playbook of the layer that ``entry`` tells: the one of
        the company that judges ``partner`` before that of all."""
        return SQL(
            """
            SELECT playbook.*
              FROM crm_playbook AS playbook
              JOIN mail_activity_plan AS plan
                ON plan.id = playbook.plan_id AND plan.active
             WHERE playbook.active AND playbook.layer = entry.new_layer
               AND (playbook.company_id IS NULL OR playbook.company_id = %s)
          ORDER BY playbook.company_id NULLS LAST
             LIMIT 1
            """,
            self.env["res.partner"]._get_relation_company_sql("partner"),
        )

    @api.model
    def _get_last_entries_sql(self, partner_ids):
        return SQL(
            """
            SELECT DISTINCT ON (partner_id) *
              FROM crm_lifecycle_change
             WHERE partner_id = ANY(%s)
          ORDER BY partner_id, decided_at DESC, id DESC
            """,
            list(partner_ids),
        )
