from odoo import api, fields, models
from odoo.tools import SQL


class CrmCallback(models.Model):
    """The number to dial: the person's, else the customer's, else that of another
    contact. Odoo must be able to place it, and no earlier call may have shown that it
    is wrong."""

    _inherit = "crm.callback"

    number = fields.Char(
        string="Telephone Number",
        compute="_compute_number",
        store=True,
        index="btree_not_null",
        help="Of the person to call, else of the customer, else of another contact: a "
        "number that is valid and has not turned out to be wrong.",
    )
    number_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Whose Number",
        compute="_compute_number",
        store=True,
        ondelete="set null",
        index="btree_not_null",
    )

    def _compute_hidden_values(self):
        """A call that was made while the number was hidden shows whose it is."""
        result = super()._compute_hidden_values()
        for call in self:
            if not call.number and not call.hidden_phone:
                call.hidden_phone = call.number_partner_id.hidden_phone
        return result

    @api.depends(
        "person_id.phone_sanitized",
        "person_id.active",
        "partner_id.phone_sanitized",
        "partner_id.active",
        "partner_id.child_ids.phone_sanitized",
        "partner_id.child_ids.active",
        "attempt_ids.is_number_invalid",
        "state",
    )
    def _compute_number(self):
        opened = self.filtered(lambda call: call.state == "open")
        numbers = opened._get_numbers() if opened else {}
        for call in self - opened:  # what was dialled stays
            call.number = call.number
            call.number_partner_id = call.number_partner_id
        for call in opened:
            call.number, call.number_partner_id = numbers.get(
                call._origin.id, (False, False)
            )

    def _get_numbers(self):
        """Return ``{id: (number, partner id)}`` of the best number; one query."""
        partners = self.env["res.partner"]
        partners.flush_model(["phone_sanitized", "commercial_partner_id", "active"])
        self.env["crm.callback.attempt"].flush_model()
        wanted = [
            (call._origin.id, call.partner_id.id, call.person_id.id or None)
            for call in self
            if call.partner_id.id
        ]
        if not wanted:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (call.id) call.id, contact.phone_sanitized,
                       contact.id
                  FROM (VALUES %(wanted)s) AS call (id, partner_id, person_id)
                  JOIN res_partner AS contact
                    ON contact.commercial_partner_id = call.partner_id
                   AND contact.active AND %(number)s <> ''
                 WHERE NOT EXISTS (
                       SELECT FROM crm_callback_attempt AS attempt
                        WHERE %(dialled)s = %(number)s
                          AND attempt.partner_id = call.partner_id
                          AND attempt.is_number_invalid)
              ORDER BY call.id, (contact.id = call.person_id) IS TRUE DESC,
                       contact.id = call.partner_id DESC, contact.id
                """,
                number=partners._get_known_sql("contact", "phone_sanitized"),
                dialled=self.env["crm.hidden.value"]._get_known_sql(
                    "crm.callback.attempt", "attempt", "number"
                ),
                wanted=SQL(", ").join(
                    SQL("(%s::int, %s::int, %s::int)", *row) for row in wanted
                ),
            )
        )
        return {call_id: (number, owner) for call_id, number, owner in rows}

    @api.model
    def _get_callable_sql(self, alias):
        """Return the condition that the number of the callback ``alias`` may be
        dialled: there is one, and neither its owner nor the customer has asked us to
        stay away, or is archived."""
        return SQL(
            """
            (%(owner)s IS NOT NULL AND NOT EXISTS (
                SELECT FROM res_partner AS owner
                  JOIN phone_blacklist AS listed ON listed.number = %(number)s
                 WHERE owner.id = %(owner)s AND listed.active)
             AND NOT EXISTS (
                SELECT FROM res_partner AS partner
                 WHERE partner.id IN (%(customer)s, %(person)s)
                   AND (%(refused)s OR partner.active IS NOT TRUE)))
            """,
            number=self.env["res.partner"]._get_known_sql("owner", "phone_sanitized"),
            owner=SQL.identifier(alias, "number_partner_id"),
            customer=SQL.identifier(alias, "partner_id"),
            person=SQL.identifier(alias, "number_partner_id"),
            refused=self.env["res.partner"]._get_opt_out_sql("callback", "partner"),
        )
