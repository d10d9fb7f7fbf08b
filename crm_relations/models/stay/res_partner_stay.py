from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """A customer stays with its owner until a day, whatever the rules say."""

    _inherit = "res.partner"

    stay_ids = fields.One2many(
        comodel_name="crm.pool.stay",
        inverse_name="partner_id",
        string="Extensions and Protection",
        readonly=True,
    )
    stay_state = fields.Selection(
        selection=[
            ("requested", "Extension asked for"),
            ("protection_requested", "Protection asked for"),
            ("protected", "Protected"),
        ],
        string="Kept Because",
        compute="_compute_stay_state",
    )

    manages_pool = fields.Boolean(
        compute="_compute_manages_pool", export_string_translation=False
    )

    @api.depends("pool_id")
    @api.depends_context("uid")
    def _compute_manages_pool(self):
        """In the pool: whether the user may reserve it."""
        everything = self.env.user.has_group("crm_relations.group_relations_manager")
        for partner in self:
            # Superuser: who manages the pool.
            managers = partner.sudo().pool_id.manager_ids
            partner.manages_pool = bool(partner.pool_id) and (
                everything or self.env.user in managers
            )

    @api.depends("stay_ids.state", "stay_ids.kind", "stay_ids.until")
    def _compute_stay_state(self):
        stays = self.env["crm.pool.stay"].sudo()
        # Superuser: that a customer is protected is no secret, who asked and why is.
        stays = stays.search_fetch(
            [
                ("partner_id", "in", self._origin.ids),
                ("state", "in", ("requested", "approved")),
            ],
            ["partner_id", "kind", "state", "until"],
            order="state, id",  # a request is told before a protection that ends
        )
        states = {}
        for stay in stays:
            if stay.state == "requested":
                asked = stay.kind == "extension"
                state = "requested" if asked else "protection_requested"
                states[stay.partner_id.id] = state
            elif stay.kind == "protection":
                states[stay.partner_id.id] = "protected"
        for partner in self:
            partner.stay_state = states.get(partner._origin.id, False)

    def _get_protected_until(self):
        """Return ``{customer id: day}`` of those that are protected now."""
        # Superuser: a protection that the caller may not read stands as well.
        stays = self.env["crm.pool.stay"].sudo()
        stays = stays.search_fetch(
            [
                ("partner_id", "in", self.ids),
                ("kind", "=", "protection"),
                ("state", "=", "approved"),
            ],
            ["partner_id", "until"],
        )
        return {
            stay.partner_id.id: stay.until
            for stay in stays
            if stay.until > stay.partner_id._get_relation_today()
        }

    def _stays_changed(self):
        """Have the day until which these are kept follow their stays, and the release
        date follow it; two statements."""
        if not self:
            return
        self.env["res.partner"].flush_model(["pool_kept_until"])
        self.env["crm.pool.stay"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE res_partner AS partner
                   SET pool_kept_until = kept.until
                  FROM res_partner AS old
             LEFT JOIN (SELECT partner_id,
                               max(CASE state WHEN 'approved' THEN until
                                              ELSE hold_until END) AS until
                          FROM crm_pool_stay
                         WHERE partner_id = ANY(%(ids)s)
                           AND state IN ('requested', 'approved')
                      GROUP BY partner_id) AS kept ON kept.partner_id = old.id
                 WHERE old.id = ANY(%(ids)s) AND partner.id = old.id
                   AND old.pool_kept_until IS DISTINCT FROM kept.until
             RETURNING partner.id
                """,
                ids=self.ids,
            )
        )
        changed = self.browse(number for (number,) in rows)
        changed.invalidate_recordset(["pool_kept_until"])
        self.invalidate_recordset(["stay_ids", "stay_state"])
        self.env["res.partner"]._refresh_release_dates(changed.ids)

    def _owner_changed(self, kind):
        """What the former owner was granted ends with him; an undo brings it back."""
        result = super()._owner_changed(kind)
        if self and kind != "create":
            self._end_stays_of_change()
        if self and kind == "undo":
            self._restore_stays_of_change()
        return result

    def _end_stays_of_change(self):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_pool_stay AS stay
                   SET state = 'ended', ending = 'owner', ended_at = %(now)s,
                       hold_until = NULL,
                       end_change_id = (SELECT max(change.id)
                                          FROM crm_ownership_change AS change
                                         WHERE change.partner_id = stay.partner_id),
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM res_partner AS partner
                 WHERE partner.id = stay.partner_id
                   AND stay.partner_id = ANY(%(ids)s)
                   AND stay.state IN ('requested', 'approved')
                   AND (stay.user_id IS DISTINCT FROM partner.user_id
                        OR partner.is_managed_customer IS NOT TRUE)
             RETURNING stay.partner_id
                """,
                ids=self.ids,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self._forget_stays({number for (number,) in rows})

    def _restore_stays_of_change(self):
        """Let approved stays that an undone change has ended go on."""
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_pool_stay AS stay
                   SET state = 'approved', ending = NULL, ended_at = NULL, slot = NULL,
                       end_change_id = NULL
                  FROM res_partner AS partner
                 WHERE partner.id = stay.partner_id
                   AND stay.partner_id = ANY(%(ids)s)
                   AND stay.user_id = partner.user_id
                   AND stay.state = 'ended' AND stay.ending = 'owner'
                   AND stay.decided_at IS NOT NULL
                   AND stay.until > %(today)s
                   AND stay.end_change_id = (
                       SELECT max(change.id) FROM crm_ownership_change AS change
                        WHERE change.partner_id = stay.partner_id
                          AND change.from_user_id = stay.user_id)
             RETURNING stay.partner_id
                """,
                ids=self.ids,
                today=self._get_today_of_sql(
                    SQL(
                        "COALESCE(stay.company_id, %s)",
                        self.env["res.company"]._get_relations_default().id,
                    )
                ),
            )
        )
        self._forget_stays({number for (number,) in rows})

    def _forget_stays(self, partner_ids):
        if partner_ids:
            self.env["crm.pool.stay"].invalidate_model()
            self.browse(partner_ids)._stays_changed()

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.pool.stay"}
