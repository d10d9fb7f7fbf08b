import random
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import freeze_time, tagged

from .common import RelationsCommon

ZONE = "Asia/Shanghai"
START = datetime(2026, 1, 30, 15)
HOURS = 24 * 100


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestTierMigrationModel(RelationsCommon):
    """SE-4: random histories, and the report by a plain model beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = ZONE
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.tiers = [None, *(cls.tier_a | cls.tier_b | cls.tier_c).ids]
        cls.env["crm.tier.change"].search([]).unlink()

    def _create_history(self, dice):
        """Make customers of all sorts, each with changes of tier that follow from each
        other, some at one moment, some around midnight where the company is."""
        owners = [False, self.sally.id, self.sam.id]
        customers = self._create_customers(14)
        self.history = {}
        for number, customer in enumerate(customers):
            tier = dice.choice(self.tiers)
            lines = []
            moment = START + timedelta(hours=dice.randrange(HOURS))
            for _change in range(dice.randrange(7)):
                new = dice.choice([other for other in self.tiers if other != tier])
                lines.append((moment, tier, new))
                tier = new
                moment += timedelta(hours=dice.choice((0, 0, 1, 30, 24 * 20)))
            self.env["crm.tier.change"].create(
                [
                    {
                        "partner_id": customer.id,
                        "decided_at": moment,
                        "old_tier_id": old,
                        "new_tier_id": new,
                    }
                    for moment, old, new in lines
                ]
            )
            self._set(
                customer,
                tier_id=tier,
                user_id=dice.choice(owners) or None,
                company_id=dice.choice((None, self.company.id)),
                relation_company_id=self.company.id,
                active=number != 3,
                is_managed_customer=number != 4,
            )
            self.history[customer] = lines
        return customers

    def _set(self, customer, **columns):
        self.env.flush_all()
        sets = ", ".join(f'"{name}" = %s' for name in columns)
        self.env.cr.execute(
            f"UPDATE res_partner SET {sets} WHERE id = %s",  # pylint: disable=E8103
            [*columns.values(), customer.id],
        )
        self.env.invalidate_all()

    def _get_month(self, moment):
        zone = self.company._get_relations_tz()
        local = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
        return local.date().replace(day=1)

    def _get_expected(self):
        """Return how many customers of whom went from where to where in which month,
        gone through customer by customer."""
        found = Counter()
        for customer, lines in self.history.items():
            if customer.active and customer.is_managed_customer:
                found.update(self._get_moves(customer, lines))
        return found

    def _get_moves(self, customer, lines):
        """Return the months in which a customer had a tier, with that before and that
        after, and the salesperson."""
        tier = lines[0][1] if lines else customer.tier_id.id
        moves = []
        for month in self._get_months():
            before, tier = tier, self._get_tier_after(month, tier, lines)
            if before or tier:
                person = customer.user_id.id
                moves.append((month, before or False, tier or False, person))
        return moves

    def _get_months(self):
        """Return the months in which somebody's tier changed."""
        months = {
            self._get_month(moment)
            for lines in self.history.values()
            for moment, _old, _new in lines
        }
        return sorted(months)

    def _get_tier_after(self, month, tier, lines):
        """Return the tier at the end of a month that began with this one."""
        for moment, _old, new in lines:
            if self._get_month(moment) == month:
                tier = new
        return tier

    def _get_direction(self, old, new):
        if old == new:
            return "same"
        if not old or not new:
            return "out" if old else "in"
        return "up" if self.tiers.index(new) < self.tiers.index(old) else "down"

    def test_the_report_says_what_the_ledger_says(self):
        for seed in range(4):
            dice = random.Random(seed)
            self.env["crm.tier.change"].search([]).unlink()
            self.env["res.partner"].search([("tier_id", "!=", False)]).tier_id = False
            customers = self._create_history(dice)
            self.env.flush_all()
            lines = self.env["crm.tier.migration"].search([])
            found = Counter()
            for line in lines:
                key = line.from_tier_id.id, line.to_tier_id.id
                found[(line.month, *key, line.owner_id.id)] += line.customer_count
                self.assertEqual(line.direction, self._get_direction(*key))
                self.assertEqual(bool(line.partner_id), key[0] != key[1])
                self.assertLessEqual(line.partner_id, customers)
            with self.subTest(seed=seed):
                self.assertEqual(found, self._get_expected())
                self.assertEqual(len(set(lines.ids)), len(lines))
                months = [line.month for line in lines]
                self.assertEqual(months, sorted(months, reverse=True))

    def test_each_company_is_a_line_of_its_own(self):
        dice = random.Random(11)
        customers = self._create_history(dice)
        half = customers[::2].filtered("active")
        half.with_context(tracking_disable=True).user_id = False
        for customer in half:
            self._set(customer, company_id=self.other.id)
        self.env.flush_all()
        lines = self.env["crm.tier.migration"].search(
            [("company_id", "=", self.other.id)]
        )
        self.assertLessEqual(lines.partner_id, half)
        last = max(lines.mapped("month"))
        present = lines.filtered(lambda line: line.month == last and line.to_tier_id)
        managed = half.filtered("is_managed_customer")
        self.assertEqual(
            sum(present.mapped("customer_count")), len(managed.filtered("tier_id"))
        )
