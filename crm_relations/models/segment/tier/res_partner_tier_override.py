from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from ....tools.arguments import Day, Id, Text


class ResPartner(models.Model):
    """A tier set by hand: by whom, why, until when. The nightly run respects it; when
    it has expired the run takes over, says so and clears it."""

    _inherit = "res.partner"

    tier_override_id = fields.Many2one(
        comodel_name="crm.tier",
        string="Tier Set by Hand",
        copy=False,
        ondelete="restrict",
        written_by="decided",
    )
    tier_override_until = fields.Date(
        string="Set Until",
        copy=False,
        index="btree_not_null",
        help="The last day on which it holds.",
        written_by="decided",
    )
    tier_override_reason = fields.Char(
        string="Reason for the Tier",
        copy=False,
        written_by="decided",
    )
    tier_override_by = fields.Many2one(
        comodel_name="res.users",
        string="Tier Set By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        written_by="decided",
    )

    def set_tier(self, tier_id: Id, until: Day, reason: Text):
        """Set the tier of these customers by hand, at once and until a day.

        :param tier_id: id of the tier
        :param until: last day on which it holds (date or ISO text)
        :param reason: why, kept in the ledger
        :raise AccessError: the caller is no sales manager
        :raise ValidationError: the day has passed, or the reason is missing
        :return: number of customers changed now
        """
        if not self.env.user.has_group("crm_relations.group_sales_manager"):
            raise AccessError(self.env._("Only sales managers set a tier by hand."))
        self.check_access("write")
        if not until or self._is_over_for_one(until):
            raise ValidationError(self.env._("Until when? Choose a day to come."))
        if not (reason or "").strip():
            raise ValidationError(self.env._("Give the reason."))
        tier = self.env["crm.tier"].browse(tier_id).exists().filtered("active")
        if not tier:
            raise ValidationError(self.env._("This tier does not exist any more."))
        # Superuser: nobody types decided fields; this method decides who may.
        customers = self.sudo().filtered("is_managed_customer")
        customers.write(
            {
                "tier_override_id": tier.id,
                "tier_override_until": until,
                "tier_override_reason": reason.strip(),
                "tier_override_by": self.env.uid,
                "tier_below_since": False,
            }
        )
        return customers._apply_tier_override(tier)

    def _is_over_for_one(self, day):
        """Return whether a day is past by the clock of one of these customers."""
        companies = {customer._get_relation_company() for customer in self}
        return any(day < company._get_relations_today() for company in companies)

    def _apply_tier_override(self, tier):
        changed = self.filtered(lambda partner: partner.tier_id != tier)
        self.env["crm.tier.change"].create(
            [partner._prepare_override_line(tier) for partner in changed]
        )
        for company, theirs in changed.grouped(
            lambda partner: partner._get_relation_company()
        ).items():
            today = company._get_relations_today()
            theirs.write({"tier_id": tier.id, "tier_since": today})
        changed._segment_changed()
        return len(changed)

    @api.model
    def _end_expired_tiers(self, partner_ids=None):
        """End the tiers set by hand that have expired and that no scheme takes over:
        of newcomers, and of those whom none judges. One statement. While a scheme
        cannot be read nobody knows whom none judges: they stand.

        :return: number of customers changed
        """
        # Superuser: schemes hold for all, whoever asks.
        schemes = self.env["crm.tier.scheme"].sudo()._get_in_force()._get_started()
        if not all(scheme._is_readable() for scheme in schemes):
            return 0
        self.env["res.partner"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH ended AS (%(expired)s),
                     written AS (
                     UPDATE res_partner AS partner
                        SET tier_id = NULL, tier_below_since = NULL,
                            tier_since = CASE WHEN ended.tier_id IS NULL
                                              THEN partner.tier_since
                                              ELSE %(today)s END,
                            tier_override_id = NULL, tier_override_until = NULL,
                            tier_override_reason = NULL, tier_override_by = NULL
                       FROM ended
                      WHERE partner.id = ended.id)
                INSERT INTO crm_tier_change (partner_id, company_id, decided_at,
                       old_tier_id, facts, create_uid, create_date)
                SELECT id, company_id, %(now)s, tier_id, jsonb_build_object(
                           'code', 'tier_ended', 'expired', until), %(uid)s, %(now)s
                  FROM ended
             RETURNING partner_id
                """,
                expired=self._get_expired_tiers_sql(schemes, partner_ids),
                today=self._get_relations_today_sql("partner"),
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        self.env["crm.tier.change"].invalidate_model()
        changed = self.browse(number for (number,) in rows)
        changed.invalidate_recordset()
        changed._segment_changed()
        return len(changed)

    @api.model
    def _get_expired_tiers_sql(self, schemes, partner_ids):
        return SQL(
            """
            SELECT partner.id, partner.tier_id, partner.tier_override_until AS until,
                   %(own_company)s AS company_id
              FROM res_partner AS partner
             WHERE partner.tier_override_until < %(today)s
               AND partner.is_managed_customer AND partner.active %(only)s %(judged)s
               FOR NO KEY UPDATE OF partner SKIP LOCKED
            """,
            own_company=self._get_own_company_sql("partner"),
            today=self._get_relations_today_sql("partner"),
            only=SQL("")
            if partner_ids is None
            else SQL("AND partner.id = ANY(%s)", list(partner_ids)),
            judged=SQL(" ").join(
                SQL(
                    "AND NOT EXISTS (SELECT FROM (%s) AS judged "
                    "WHERE judged.id = partner.id)",
                    scheme._get_population_sql(),
                )
                for scheme in schemes
            ),
        )

    def _prepare_override_line(self, tier):
        self.ensure_one()
        return {
            "partner_id": self.id,
            "company_id": self._get_own_company().id,
            "old_tier_id": self.tier_id.id,
            "new_tier_id": tier.id,
            "facts": {
                "code": "tier_override",
                "tier": tier.id,
                "until": fields.Date.to_string(self.tier_override_until),
                "user": self.tier_override_by.id,
                "note": self.tier_override_reason,
            },
        }

    def action_set_tier(self):
        """Open the wizard that sets a tier by hand."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set the tier by hand"),
            "res_model": "crm.tier.override.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }
