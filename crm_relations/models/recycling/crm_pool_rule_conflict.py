from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, format_list


class CrmPoolRule(models.Model):
    """Which of several rules decides, and why, in words."""

    _inherit = "crm.pool.rule"

    def action_view_conflicts(self):
        """Open the customers whom other rules fit as well, with which one decides."""
        self.ensure_one()
        return self.env["crm.pool.judgement"]._open_for_rule(self)

    def _get_no_one(self):
        """Return a SELECT shaped as the candidates, of nobody."""
        return SQL(
            "SELECT NULL::int AS partner_id, NULL::int AS place, NULL::int AS rule_id,"
            " NULL::bool AS started, NULL::date AS start_date, NULL::date AS kept,"
            " NULL::date AS due, NULL::date AS wave, NULL::date AS release_date,"
            " NULL::jsonb AS facts WHERE FALSE"
        )

    def _get_exempted_sql(self, partner_ids):
        """Return a SELECT of partner_id, rule_id and code: whom these rules would judge
        but for an exception. Codes are names of fields, or never_ordered."""
        parts = [SQL("SELECT NULL::int, NULL::int, NULL::text WHERE FALSE")]
        # Superuser: who is judged is a matter of the rule, not of its reader.
        partners = self.env["res.partner"].sudo()
        these = Domain("id", "in", list(partner_ids)) & Domain("user_id", "!=", False)
        for rule in self._filter_readable():
            audience = these & rule._get_whole_audience()
            for code, exempt in rule._get_all_exemptions():
                query = partners._search(audience & exempt)
                parts.append(
                    SQL(
                        "SELECT id, %s::int, %s::text FROM (%s) AS partner",
                        rule.id,
                        code,
                        query.select(),
                    )
                )
        return SQL(
            "SELECT * FROM (%s) AS exempt (partner_id, rule_id, code)",
            SQL(" UNION ALL ").join(parts),
        )

    def _get_all_exemptions(self):
        exemptions = self._get_exemptions()
        if self.exempt_opportunity:
            exemptions.append(("exempt_opportunity", self._get_open_domain()))
        if self.clock == "repurchase":
            exemptions.append(("never_ordered", Domain("last_order_on", "=", False)))
        if self.clock == "date":
            exemptions.append(("without_date", ~self._get_dated_domain()))
        return exemptions

    def _get_open_domain(self):
        # Superuser: an opportunity keeps a customer, whoever may see it.
        leads = self.env["crm.lead"].sudo()
        opened = leads._search(
            [("type", "=", "opportunity"), ("won_status", "=", "pending")]
        )
        contacts = self.env["res.partner"].sudo().with_context(active_test=False)
        contacts = contacts._search([("id", "in", opened.subselect("partner_id"))])
        return Domain("id", "in", contacts.subselect("commercial_partner_id"))

    def _get_exemption_words(self, codes):
        """Return why the rule leaves a customer alone.

        :param codes: as in ``_get_exempted_sql``
        """
        words = {
            "exempt_domain": self.env._("it meets the conditions under Exceptions"),
            "exempt_tier_ids": self.env._("its tier is excepted"),
            "exempt_opportunity": self.env._("an opportunity is open"),
            "exempt_ordered": self.env._("it has ordered"),
            "never_ordered": self.env._("it has never ordered"),
            "without_date": self.env._("it has no such date"),
        }
        return self.env._(
            "The rule leaves it alone: %(why)s.",
            why=format_list(self.env, [words[code] for code in codes or []]),
        )

    def _get_precedence_words(self, others):
        """Return why this rule comes before the first of ``others``."""
        self.ensure_one()
        other = others._sort_by_precedence()[:1]
        values = {"rule": self.name, "other": other.name}
        if bool(self.company_id) != bool(other.company_id):
            return self.env._(
                "“%(rule)s” comes before “%(other)s”: it is a rule of the customer's "
                "own company.",
                **values,
            )
        if self.specificity != other.specificity:
            return self.env._(
                "“%(rule)s” comes before “%(other)s”: it is more specific "
                "(conditions on the audience: %(more)s against %(less)s).",
                more=self.specificity,
                less=other.specificity,
                **values,
            )
        if self.sequence != other.sequence:
            return self.env._(
                "“%(rule)s” comes before “%(other)s”: as specific, it stands higher in "
                "the list of rules.",
                **values,
            )
        return self.env._(
            "“%(rule)s” comes before “%(other)s”: as specific and as high in the list, "
            "it is the older one.",
            **values,
        )
