from odoo.tests import Form

from .relations import RelationsCommon


class FirstDayCase(RelationsCommon):
    """A company before its first day: sally holds twelve customers who are due."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_relations_today()
        cls.env["res.partner"].search([("user_id", "!=", False)]).user_id = False
        cls.env["crm.pool.quota"].search([]).active = False
        cls.silent = cls._create_customers(12, user_id=cls.sally.id)
        cls.silent[:4].tier_id = cls.tier_a
        cls._age_ownership(cls.silent, 100)
        cls.kept = cls._create_customer("Kept", user_id=cls.sam.id)
        # As on a company's first day: nothing is regulated, the shipped rule waits.
        cls.company.customers_are_owned = False
        cls.pool.write({"hides_phone": False, "member_ids": False})
        cls.rule = cls.env.ref("crm_relations.crm_pool_rule_followup")
        cls.env.flush_all()

    def _open(self, user=None):
        wizards = self.env["crm.pool.first.day"].with_user(user or self.adam)
        return Form(wizards)

    def _fill(self, **values):
        with self._open() as form:
            for name, value in values.items():
                setattr(form, name, value)
        return form.record

    def _install(self, **values):
        setup = self._fill(**values)._install()
        self.env.flush_all()
        self.env["res.partner"]._refresh_release_dates((self.silent | self.kept).ids)
        moved = self.env["crm.pool.wave"]._plan_pool(self.pool)
        self.env["res.partner"]._refresh_release_dates(moved)
        self.env.invalidate_all()
        return setup

    def _get_world(self):
        """Return what the first day may touch, as values."""
        world = {}
        for model, names in (
            (
                "crm.pool",
                "member_ids manager_ids hides_phone cool_down_days most_per_night",
            ),
            ("crm.pool.rule", "days tier_ids active start_date pool_id"),
            ("crm.pool.quota", "limit_customers max_customers active"),
            ("crm.pool.notice.step", "days active company_id to_leader"),
            ("res.company", "customers_are_owned"),
        ):
            records = self.env[model].with_context(active_test=False).search([])
            read = records.read(names.split(), load=None)
            world[model] = {values.pop("id"): values for values in read}
        return world
