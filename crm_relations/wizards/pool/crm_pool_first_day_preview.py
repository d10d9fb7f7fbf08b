from collections import Counter
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...tools.counted import tell_customers
from ...tools.first_day import count_nights

LISTED = 10000
OWNER, TIER = 1, 2  # where they stand in a row of who would leave


class CrmPoolFirstDay(models.TransientModel):
    """Who would leave today, decided by the statement that decides at night."""

    _inherit = "crm.pool.first.day"

    def action_preview(self):
        """Count who would leave, by salesperson and by tier."""
        self.ensure_one()
        self._check_right()
        self._fill_leaving()
        self.state = "preview"
        return self._reopen()

    def _fill_leaving(self):
        leaving = self._get_leaving()
        owners, tiers = self._count_owned("user_id"), self._count_owned("tier_id")
        self.customer_count = sum(owners.values())
        self.leaving_count = len(leaving)
        lines = self.env["crm.pool.first.day.leaving"]
        lines.search([("wizard_id", "=", self.id)]).unlink()
        vals_list = []
        for kind, name, held, place in (
            ("owner", "user_id", owners, OWNER),
            ("tier", "tier_id", tiers, TIER),
        ):
            counts = Counter(row[place] for row in leaving)
            vals_list += [
                {
                    "wizard_id": self.id,
                    "kind": kind,
                    name: record.id,
                    "customer_count": count,
                    "leaving_count": counts[record.id or None],
                }
                for record, count in held.items()
            ]
        lines.create(vals_list)

    def _get_leaving(self):
        """Return ``[(customer id, salesperson id, tier id)]`` of those due today.

        The rules are made, asked and taken back: they are archived all the while, so
        that no job and no other transaction ever knows them.
        """
        # Superuser: who would leave, of all customers of the company.
        partners = self.env["res.partner"].sudo()
        these = partners._search(self._get_owned_domain())
        with self.env.cr.savepoint() as savepoint:
            # Superuser: the caller may set them up, see ``_check_right``.
            rules = self.env["crm.pool.rule"].sudo()
            drafts = rules.create(
                [
                    {**vals, "active": False, "name": "?"}
                    for _rule, vals in self._prepare_rules(self._get_draft_pool())
                ]
            )
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT due.partner_id, partner.user_id, partner.tier_id
                      FROM (%(dates)s) AS due
                      JOIN res_partner AS partner ON partner.id = due.partner_id
                      JOIN %(own)s
                     WHERE due.release_date <= own.today AND partner.id IN (%(these)s)
                  ORDER BY due.release_date, due.partner_id
                    """,
                    dates=drafts._get_dates_sql(as_started=drafts, as_owned=True),
                    own=partners._get_company_of_sql("own", "partner"),
                    these=these.select(),
                )
            )
            savepoint.rollback()
        return rows

    def _get_draft_pool(self):
        # Superuser: it is taken back.
        return self.pool_id or self.env["crm.pool"].sudo().create({"name": "?"})

    def action_view_leaving(self):
        """Open those who would leave today, who has been due longest first."""
        self.ensure_one()
        return self._open_leaving()

    def _open_leaving(self, place=None, number=None):
        """Open those who would leave.

        :param place: only those of whom this column of ``_get_leaving`` is ``number``
        """
        self._check_right()
        ids = [
            row[0] for row in self._get_leaving() if not place or row[place] == number
        ]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_customer_action"
        )
        return {
            **action,
            "display_name": self.env._("Would leave today"),
            "domain": [("id", "in", ids[:LISTED])],
            "context": {},
        }

    @api.depends(
        *["customer_count", "leaving_count", "grace_days", "most_per_night"],
        "company_id",
    )
    @api.depends_context("lang")
    def _compute_overview(self):
        for wizard in self:
            wizard.overview = wizard._get_overview_words()

    def _get_overview_words(self):
        whole, leaving = self.customer_count, self.leaving_count
        if not whole:
            return self.env._("No customer has a salesperson yet: nobody can leave.")
        if not leaving:
            return self.env._("Of %s nobody is due.", tell_customers(self.env, whole))
        nights = count_nights(leaving, self.most_per_night)
        first = self._get_start()
        values = {
            "whole": tell_customers(self.env, whole),
            "leaving": leaving,
            "share": round(100 * leaving / whole) if whole else 0,
            "first": self.env.user._tell_day(first),
            "last": self.env.user._tell_day(first + timedelta(days=nights - 1)),
            "nights": nights,
            "most": self.most_per_night,
        }
        if self._is_in_force():
            return self.env._(
                "Due: %(leaving)s of %(whole)s (%(share)s %%). The rules "
                "are in force already: %(most)s leave in a night at most.",
                **values,
            )
        if nights == 1:
            return self.env._(
                "Due today: %(leaving)s of %(whole)s (%(share)s %%). They "
                "leave in the night of %(first)s, but for those who are followed up "
                "before.",
                **values,
            )
        return self.env._(
            "Due today: %(leaving)s of %(whole)s (%(share)s %%). They "
            "leave from %(first)s to %(last)s, nights: %(nights)s, %(most)s a night "
            "at most, but for those who are followed up before.",
            **values,
        )

    def _is_in_force(self):
        """Return whether no rule would be changed, so that no grace begins."""
        return all(
            rule.active and rule.days == vals["days"]
            for rule, vals in self._prepare_rules(self.pool_id)
        )

    def _get_start(self):
        """Return the first day on which somebody leaves."""
        return self.company_id._get_relations_today() + timedelta(days=self.grace_days)
