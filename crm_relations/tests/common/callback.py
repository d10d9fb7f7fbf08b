from datetime import timedelta

from odoo import fields

from .relations import RelationsCommon


class CallbackCommon(RelationsCommon):
    """The small world of ``RelationsCommon`` with a second agent, ben, and customers
    that have valid Chinese numbers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.env["crm.callback.rule"].search([]).active = False
        cls.env["crm.callback"].search([]).unlink()
        cls.ben = cls._create_user("ben", "group_callback_agent")
        cls.customer = cls._create_customer(
            "Trading", user_id=cls.sally.id, phone="138 0013 8000"
        )
        cls.visit_kind = cls.env.ref("crm_relations.crm_followup_kind_visit")
        cls.calls = cls.env["crm.callback"]

    @classmethod
    def _create_rule(cls, **values):
        return cls.env["crm.callback.rule"].create(
            {
                "name": "Rule",
                "purpose": "How was it?",
                "script": "Thank them.\nAsk.",
                "call_from": 0,
                "call_until": 24,
                "rest_days": 0,
                "start_date": fields.Date.today() - timedelta(days=365),
                "domain": cls._only(cls.customer),
            }
            | values
        )

    @classmethod
    def _create_visit(cls, customer=None, hours_ago=1, **values):
        return cls._create_followup(
            customer or cls.customer,
            kind_id=cls.visit_kind.id,
            date=fields.Datetime.now() - timedelta(hours=hours_ago),
            **values,
        )

    @classmethod
    def _create_call(cls, customer=None, **values):
        now = fields.Datetime.now()
        deadline = fields.Datetime.to_datetime(values.get("deadline_at"))
        return cls.env["crm.callback"].create(
            {
                "partner_id": (customer or cls.customer).id,
                "own_purpose": "How was it?",
                "due_at": min(now, deadline or now) - timedelta(hours=1),
                "deadline_at": now + timedelta(days=2),
                "occasion": f"test-{len(cls.calls.search([]))}",
            }
            | values
        )

    @classmethod
    def _create_attempt(cls, call, outcome="no_answer", agent=None, **values):
        """Make an attempt as it stands in the table, whoever may see its call."""
        return cls.env["crm.callback.attempt"].create(
            {
                "callback_id": call.id,
                "rule_id": call.rule_id.id,
                "partner_id": call.partner_id.id,
                "company_id": call.company_id.id,
                "agent_id": (agent or cls.anna).id,
                "outcome_id": cls.env.ref(
                    f"crm_relations.crm_callback_outcome_{outcome}"
                ).id,
                "called_at": fields.Datetime.now(),
            }
            | values
        )

    def _get_outcome(self, name):
        return self.env.ref(f"crm_relations.crm_callback_outcome_{name}")

    def _record(self, call, outcome, agent=None, **values):
        call = call.with_user(agent or self.anna)
        call.take()
        return call.record(self._get_outcome(outcome).id, **values)
