from .relations import RelationsCommon


class CareRuleCommon(RelationsCommon):
    """Care rules of a company in UTC, and the tasks that they make."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.sally.tz = False
        cls.customer = cls._create_customer(user_id=cls.sally.id, tz="UTC")

    @classmethod
    def _create_care_rule(cls, trigger, number=0, unit="days", side="after", **values):
        return cls.env["crm.care.rule"].create(
            {
                "name": trigger,
                "trigger": trigger,
                "start_date": "2020-01-01",
                "offset_number": number,
                "offset_unit": unit,
                "offset_side": side,
                **values,
            }
        )

    def _due(self, rule):
        """Return when the tasks of the rule are due, those that are planned."""
        rule._create_tasks()
        tasks = rule.task_ids.filtered(lambda task: task.state == "planned")
        return [str(due_at) for due_at in tasks.mapped("due_at")]
