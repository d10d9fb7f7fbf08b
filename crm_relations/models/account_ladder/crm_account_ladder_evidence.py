from odoo import models
from odoo.tools import SQL

from ...tools.local_moments import local_day

# Of how many days a stretch is, and what the rhythm looks back on.
STRETCH, LOOK_BACK, PATIENCE = 30, 365, 1.5


class CrmAccountLadder(models.Model):
    """What is counted: each kind of evidence a SELECT of partner_id and figure, of the
    customers ``judged`` (partner_id, today, tz), a row for whom there is any.

    A room adds a kind to ``evidence`` of the criterion and a method
    ``_evidence_<kind>(months)`` here.
    """

    _inherit = "crm.account.ladder"

    def _get_evidence_sql(self, kind, months):
        return getattr(self, f"_evidence_{kind}")(months)

    def _within(self, day, months):
        """Return the SQL condition that a day is one of the last months."""
        return SQL(
            "%(day)s > (judged.today - make_interval(months => %(months)s))::date"
            " AND %(day)s <= judged.today",
            day=day,
            months=months,
        )

    def _evidence_contact_months(self, months):
        return SQL(
            """
            SELECT partner_id, count(DISTINCT age / %(stretch)s) AS figure
              FROM (%(days)s) AS contact
             WHERE age < %(stretch)s * %(months)s
          GROUP BY partner_id
            """,
            days=self._get_contact_days_sql(months * STRETCH),
            stretch=STRETCH,
            months=months,
        )

    def _evidence_in_rhythm(self, _months):
        return SQL(
            """
            SELECT partner_id, CASE WHEN count(*) >= 3 AND min(age) <=
                   %(patience)s * (max(age) - min(age)) / (count(*) - 1)
                   THEN 1 ELSE 0 END AS figure
              FROM (%(days)s) AS contact
             WHERE age < %(back)s
          GROUP BY partner_id
            """,
            days=self._get_contact_days_sql(LOOK_BACK),
            back=LOOK_BACK,
            patience=PATIENCE,
        )

    def _get_contact_days_sql(self, days):
        """Return a SELECT of partner_id and age: how many days ago somebody was in
        touch, each day once."""
        return SQL(
            """
            SELECT DISTINCT judged.partner_id, judged.today - %(day)s AS age
              FROM judged
              JOIN crm_followup AS followup
                ON followup.customer_id = judged.partner_id
               AND followup.date > judged.today - %(days)s
                   %(kind)s
             WHERE %(day)s <= judged.today
            """,
            day=local_day(SQL("followup.date"), SQL("judged.tz")),
            days=days + 1,  # the database's day may be another one
            kind=self._join_kind(),
        )

    def _join_kind(self):
        """Return the JOIN that leaves of ``followup`` what counts as one: no internal
        notes, no calls that nobody took."""
        self.env["crm.followup"].flush_model(["customer_id", "date", "kind_id"])
        self.env["crm.followup.kind"].flush_model(["counts_as_followup"])
        return SQL(
            "JOIN crm_followup_kind AS kind"
            " ON kind.id = followup.kind_id AND kind.counts_as_followup"
        )

    def _evidence_visits(self, months):
        self.env["crm.followup"].flush_model(["visit_result"])
        day = local_day(SQL("followup.date"), SQL("judged.tz"))
        return SQL(
            """
            SELECT judged.partner_id, count(*) AS figure
              FROM judged
              JOIN crm_followup AS followup
                ON followup.customer_id = judged.partner_id
                   %s
             WHERE followup.visit_result = 'verified' AND %s
          GROUP BY judged.partner_id
            """,
            self._join_kind(),
            self._within(day, months),
        )

    def _evidence_deciders(self, _months):
        return self._get_deciders_sql(SQL("profile.attitude IS NOT NULL"))

    def _evidence_supporters(self, _months):
        return self._get_deciders_sql(
            SQL("profile.attitude IN ('supporter', 'promoter')")
        )

    def _get_deciders_sql(self, condition):
        self.env["crm.person.profile"].flush_model()
        return SQL(
            """
            SELECT judged.partner_id, count(*) AS figure
              FROM judged
              JOIN crm_person_profile AS profile
                ON profile.customer_id = judged.partner_id
              JOIN res_partner AS person ON person.id = profile.partner_id
             WHERE profile.decision_role = 'decider' AND person.active AND %s
          GROUP BY judged.partner_id
            """,
            condition,
        )

    def _evidence_understanding(self, _months):
        partners = self.env["res.partner"]
        return SQL(
            "SELECT id AS partner_id, rate AS figure FROM (%s) AS known",
            partners._get_understanding_sql([("is_key_account", "=", True)]),
        )

    def _evidence_plan(self, _months):
        self.env["crm.account.plan"].flush_model()
        return SQL(
            """
            SELECT judged.partner_id, 1 AS figure
              FROM judged
             WHERE EXISTS (
                   SELECT FROM crm_account_plan AS plan
                    WHERE plan.partner_id = judged.partner_id
                      AND plan.state = 'approved'
                      AND judged.today BETWEEN plan.date_start AND plan.date_end)
            """
        )

    def _evidence_reviews(self, months):
        self.env["crm.account.plan.review"].flush_model()
        self.env["crm.account.plan"].flush_model(["partner_id"])
        return SQL(
            """
            SELECT judged.partner_id, count(*) AS figure
              FROM judged
              JOIN crm_account_plan AS plan ON plan.partner_id = judged.partner_id
              JOIN crm_account_plan_review AS review ON review.plan_id = plan.id
             WHERE review.state = 'held' AND %s
          GROUP BY judged.partner_id
            """,
            self._within(SQL("review.held_on"), months),
        )

    def _evidence_orders(self, _months):
        return self._get_own_figure_sql("orders_12_months")

    def _evidence_stars(self, _months):
        return self._get_own_figure_sql("relationship_level")

    def _get_own_figure_sql(self, name):
        """Return what stands on the customer itself."""
        return SQL(
            """
            SELECT partner.id AS partner_id, partner.%s::numeric AS figure
              FROM judged JOIN res_partner AS partner ON partner.id = judged.partner_id
            """,
            SQL.identifier(name),
        )

    def _evidence_opportunities(self, months):
        self.env["crm.lead"].flush_model(["partner_id", "type"])
        day = local_day(SQL("lead.create_date"), SQL("judged.tz"))
        return SQL(
            """
            SELECT judged.partner_id, count(*) AS figure
              FROM judged
              JOIN res_partner AS contact
                ON contact.commercial_partner_id = judged.partner_id
              JOIN crm_lead AS lead ON lead.partner_id = contact.id
             WHERE lead.type = 'opportunity' AND %s
          GROUP BY judged.partner_id
            """,
            self._within(day, months),
        )

    def _evidence_favours(self, _months):
        self.env["crm.favour"].flush_model(["partner_id", "points"])
        return SQL(
            """
            SELECT judged.partner_id, CASE WHEN COALESCE((
                       SELECT sum(favour.points) FROM crm_favour AS favour
                        WHERE favour.partner_id = judged.partner_id), 0) >= 0
                   THEN 1 ELSE 0 END AS figure
              FROM judged
            """
        )

    def _evidence_referrals(self, months):
        self.env["crm.referral"].flush_model()
        return SQL(
            """
            SELECT judged.partner_id, count(*) AS figure
              FROM judged
              JOIN crm_referral AS referral ON referral.partner_id = judged.partner_id
             WHERE referral.state IN ('confirmed', 'paid', 'reversed') AND %s
          GROUP BY judged.partner_id
            """,
            self._within(SQL("referral.registered_on"), months),
        )
