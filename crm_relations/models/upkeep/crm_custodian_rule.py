from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmCustodianRule(models.Model):
    """Who keeps the archives of which customers; the first rule that fits decides. One
    without conditions, at the end, names the custodian of all others."""

    _name = "crm.custodian.rule"
    _description = "Custodian rule"
    _inherit = ["crm.rule.mixin"]

    custodian_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
        help="Reviews the archives of these customers; due reviews stand on My Day.",
    )
    adds_activity = fields.Boolean(
        string="Plan an Activity",
        help="The custodian gets an activity for each review that is late, once. "
        "Otherwise My Day and the daily message tell.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self._decide_soon()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self._decide_soon()
        return result

    def unlink(self):
        result = super().unlink()
        self._decide_soon()
        return result

    @api.model
    def _decide_soon(self):
        """Soon and outside this transaction: there may be a million customers."""
        cron = self.env.ref(
            "crm_relations.ir_cron_archive_upkeep", raise_if_not_found=False
        )
        if cron:  # not there yet while the module is being installed
            # Superuser: whoever may set rules has them applied.
            cron.sudo()._trigger()

    def _sort_by_precedence(self):
        """The first that fits: the sequence alone decides, after the company."""
        return self.sorted(
            lambda rule: (-bool(rule.company_id), rule.sequence, rule.id)
        )

    def _get_left_alone(self):
        return Domain("upkeep_ids.rule_id", "=", self.id)

    def _get_value_models(self):
        return {"old": "res.users", "new": "res.users"}

    def _count_judged(self):
        return self.audience_count

    def _get_preview_sql(self):
        """Return the customers who would get their custodian by this rule."""
        self.ensure_one()
        rules = (self._get_in_force()._get_started() | self)._sort_by_precedence()
        return SQL(
            "SELECT * FROM (%s) AS decided WHERE rule_id = %s",
            rules._get_decision_sql(),
            self.id,
        )

    def _get_decision_sql(self):
        """Return the changes of custodian by these rules, in their order."""
        self.env.flush_all()
        return SQL(
            """
            SELECT decided.id AS partner_id, upkeep.custodian_id AS old,
                   decided.custodian_id AS new, decided.rule_id,
                   jsonb_build_object('code', 'custodian', 'user', decided.custodian_id,
                                      'custodian_rule', decided.rule_id) AS facts
              FROM (%s) AS decided
         LEFT JOIN crm_archive_upkeep AS upkeep ON upkeep.partner_id = decided.id
             WHERE decided.rule_id IS NOT NULL
               AND decided.custodian_id IS DISTINCT FROM upkeep.custodian_id
            """,
            self._sort_by_precedence()._get_decided_sql(),
        )

    def _get_decided_sql(self, partner_ids=None):
        """Return a SELECT of id, company_id, tier_id, today, rule_id, custodian_id and
        adds_activity of managed customers; these rules in their order."""
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id = ANY(%s)", list(partner_ids))
        cases = SQL(" ").join(
            SQL("WHEN partner.id IN (%s) THEN %s", rule._get_audience_sql(), rule.id)
            for rule in self
        )
        place = SQL("CASE %s END", cases) if self else SQL("NULL::int")
        return SQL(
            """
            SELECT judged.*, rule.custodian_id, rule.adds_activity
              FROM (
            SELECT partner.id, partner.company_id, partner.tier_id,
                   %(today)s AS today, %(place)s AS rule_id
              FROM res_partner AS partner
             WHERE partner.is_managed_customer AND partner.active
               AND partner.commercial_partner_id = partner.id %(only)s) AS judged
         LEFT JOIN crm_custodian_rule AS rule ON rule.id = judged.rule_id
            """,
            today=self.env["res.partner"]._get_relations_today_sql("partner"),
            place=place,
            only=only,
        )

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {"custodian_id", "adds_activity"}

    def _get_sentence_words(self):
        words = self.env._(
            "%(person)s keeps the archives of: %(whom)s.",
            # Superuser: the name of a colleague.
            person=self.custodian_id.sudo().name or self.env._("Nobody"),
            whom=self._get_audience_words(),
        )
        planned = self.adds_activity and self.env._(
            "An activity is planned for each review that is late."
        )
        return [*filter(None, [words, planned]), *super()._get_sentence_words()]
