from .relations import RelationsCommon


class BirthdayCommon(RelationsCommon):
    """A customer whose birthdays a rule greets, and the night that does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)

    def _create_rule(self, **values):
        values = {
            "name": "Birthday",
            "start_date": "2020-01-01",
            "offset_number": 3,
            "plan_ahead_days": 0,
            "time_of_day": 0,
        } | values
        return self.env["crm.care.rule"].create(values)

    def _born(self, month, day, customer=None, **values):
        return self._create_person(
            customer or self.customer,
            f"Born {month}-{day}",
            birth_month=month,
            birth_day=day,
            **values,
        )

    def _run_night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_care").method_direct_trigger()
            job = self.env.ref("crm_relations.ir_cron_care_dispatch")
            job.method_direct_trigger()
        self.env.invalidate_all()
        return self.env["crm.care.task"].search([])
