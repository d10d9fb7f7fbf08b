"""PO-2, PO-3: release dates in SQL against a plain Python model, on random worlds."""

from datetime import timedelta

import release_model as model
from hypothesis import HealthCheck, Phase, given, settings
from trials import trials

from odoo import fields
from odoo.tests import TransactionCase, new_test_user, tagged

STORED = ["pool_release_date", "pool_rule_id", "pool_release_facts"]


@tagged("post_install", "-at_install")
class TestReleaseModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env["crm.pool.rule"].search([]).active = False
        # The default company stands for customers that belong to none.
        default = cls.env["res.company"]._get_relations_default()
        cls.companies = default | cls.env["res.company"].create({"name": "Second"})
        cls.companies.customers_are_owned = True
        for company, zone in zip(cls.companies, model.ZONES, strict=True):
            company.resource_calendar_id = cls.env["resource.calendar"].create(
                {"name": zone, "tz": zone, "company_id": company.id}
            )
        cls.tiers = cls.env["crm.tier"].create([{"name": "T0"}, {"name": "T1"}])
        cls.owner = new_test_user(
            cls.env, "owner", company_ids=[fields.Command.set(cls.companies.ids)]
        )
        cls.resource = cls.env["resource.resource"].create(
            {"name": "Owner", "user_id": cls.owner.id, "tz": "UTC"}
        )
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": f"C{n}", "is_company": True, "is_managed_customer": True}
                for n in range(6)
            ]
        )
        cls.kinds = [
            cls.env.ref("crm_relations.crm_followup_kind_note"),
            cls.env.ref("crm_relations.crm_followup_kind_call"),
        ]

    @settings(
        max_examples=trials(60),
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],  # to shrink takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(customers=model.CUSTOMERS, rules=model.RULES, days_off=model.DAYS_OFF)
    def test_sql_decides_as_the_model_does(self, customers, rules, days_off):
        """PO-2, PO-3: the date, the rule, and the compute as the mass refresh."""
        with self.env.cr.savepoint() as savepoint:
            self._compare(customers, rules, days_off)
            savepoint.rollback()
        self.env.invalidate_all()
        self.env.registry.clear_cache()  # of rules that are not there any more

    def _compare(self, customers, rules, days_off):
        now = fields.Datetime.now()
        today = self.env.company._get_relations_today()
        partners = self.partners[: len(customers)]
        self._write_days_off(days_off, today)
        for partner, customer in zip(partners, customers, strict=True):
            self._write_customer(partner, customer, now)
        records = self.env["crm.pool.rule"].create(
            [self._prepare_rule_vals(rule, today) for rule in rules]
        )
        computed = self._compute(partners)
        self.assertEqual(self._refresh(partners), computed)
        for partner, customer in zip(partners, customers, strict=True):
            date, place = model.decide(customer, rules, now, today, days_off)
            rule = records[place] if place is not None else records.browse()
            self.assertEqual(partner.pool_release_date or None, date)
            self.assertEqual(partner.pool_rule_id, rule)

    def _write_customer(self, partner, customer, now):
        companies = {
            name: number is not None and self.companies[number].id
            for name, number in [
                ("company_id", customer["company"]),
                ("relation_company_id", customer["relation_company"]),
            ]
        }
        tier = customer["tier"]
        partner.write(
            {
                "user_id": customer["owned"] and self.owner.id,
                "tier_id": tier is not None and self.tiers[tier].id,
                "city": customer["city"],
                **companies,
            }
        )
        self.env["crm.followup"].create(
            [
                {
                    "partner_id": partner.id,
                    "kind_id": self.kinds[counts].id,
                    "date": now - timedelta(hours=hours),
                    "purpose": "Called",
                }
                for counts, hours in customer["followups"]
            ]
        )
        self._write_opportunities(partner, customer["opportunities"], now)
        self._write_orders(partner, customer["orders"], now)
        self._write_dates(partner, customer["dates"])
        kept = customer["kept"]
        partner.pool_kept_until = kept is not None and (
            self.env.company._get_relations_today() + timedelta(days=kept)
        )
        # Last: a change of owner sets it.
        partner.owner_since = now - timedelta(hours=customer["owned_hours"])
        partner.active = customer["active"]

    def _write_days_off(self, days_off, today):
        """Holidays and make-up days in both companies, leave of the owner."""
        leaves = self.env["resource.calendar.leaves"]
        for calendar in self.companies.resource_calendar_id:
            for first, length in days_off["holidays"]:
                leaves.create(
                    calendar._prepare_closing_vals(
                        "Holiday",
                        today + timedelta(days=first),
                        today + timedelta(days=first + length),
                    )
                )
        self.env["resource.calendar.makeup.day"].create(
            [{"date": today + timedelta(days=number)} for number in days_off["makeup"]]
        )
        for first, length in days_off["leave"]:
            start = fields.Datetime.to_datetime(today + timedelta(days=first))
            leaves.create(
                {
                    "name": "Leave",
                    "resource_id": self.resource.id,
                    "calendar_id": False,
                    "date_from": start + timedelta(hours=8),
                    "date_to": start + timedelta(days=length, hours=17),
                }
            )

    def _write_opportunities(self, partner, opportunities, now):
        for opened, closed in opportunities:
            lead = self.env["crm.lead"].create(
                {
                    "name": "O",
                    "type": "opportunity",
                    "partner_id": partner.id,
                    "company_id": partner.company_id.id,
                }
            )
            if closed is not None:
                lead.action_set_lost()
                lead.date_closed = now - timedelta(hours=closed)
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE crm_lead SET create_date = %s WHERE id = %s",
                [now - timedelta(hours=opened), lead.id],
            )
            lead.invalidate_recordset()

    def _write_dates(self, partner, dates):
        """Deadlines of leads, no opportunities, of the customer or a contact."""
        contact = self.env["res.partner"].create(
            {
                "name": "Contact",
                "parent_id": partner.id,
                "company_id": partner.company_id.id,
            }
        )
        today = self.env.company._get_relations_today()
        self.env["crm.lead"].create(
            [
                {
                    "name": "Contract",
                    "type": "lead",
                    "partner_id": contact.id if of_contact else partner.id,
                    "date_deadline": today + timedelta(days=number),
                    "company_id": partner.company_id.id,
                }
                for of_contact, number in dates
            ]
        )

    def _write_orders(self, partner, orders, now):
        """Write the day as the figures do; how they are made is tested elsewhere."""
        company = partner.company_id or partner.relation_company_id or self.companies[0]
        number = self.companies.ids.index(company.id)
        days = [model.local_day(now - timedelta(hours=h), number) for h in orders]
        partner.last_order_on = max(days, default=False)

    def _prepare_rule_vals(self, rule, today):
        start, company = rule["start"], rule["company"]
        exempt = rule["exempt"]
        return {
            "clock": rule["clock"],
            "model_id": self.env["ir.model"]._get_id("crm.lead"),
            "field_id": self.env["ir.model.fields"]
            ._get_ids("crm.lead")
            .get("date_deadline"),
            "day_kind": "working" if rule["working"] else "calendar",
            "skip_leave": rule["skip_leave"],
            "exempt_tier_ids": self.tiers[:1].ids if "tier" in exempt else False,
            "exempt_domain": "[('city', '=', 'There')]" if "city" in exempt else "[]",
            "exempt_opportunity": "opportunity" in exempt,
            "exempt_ordered": "ordered" in exempt,
            "name": "Random",
            "days": rule["days"],
            "sequence": rule["sequence"],
            "domain": rule["domain"],
            "tier_ids": [self.tiers[number].id for number in rule["tiers"]],
            "company_id": company is not None and self.companies[company].id,
            "start_date": start is not None and today + timedelta(days=start),
            "pool_id": self.env.ref("crm_relations.crm_pool_public").id,
        }

    def _compute(self, partners):
        partners._compute_pool_release()
        return self._read(partners)

    def _refresh(self, partners):
        """Let the night's statement find what the compute has written, then decide
        all of it on its own."""
        self.assertEqual(partners._refresh_release_dates(partners.ids), 0)
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = NULL, pool_rule_id = NULL,"
            " pool_release_facts = NULL WHERE id = ANY(%s)",
            [partners.ids],
        )
        partners.invalidate_recordset(STORED)
        partners._refresh_release_dates(partners.ids)
        return self._read(partners)

    def _read(self, partners):
        return [[partner[name] for name in STORED] for partner in partners]
