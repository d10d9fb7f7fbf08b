from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase

from .people import create_users, find_people


class RelationsCommon(TransactionCase):
    """A small world.

    ======== ==================================== ===========================
    user     role                                 team
    ======== ==================================== ===========================
    sally    sales user                           North, led by max
    sam      sales user                           South, led by nobody
    max      sales manager                        leads North
    rita     relations manager
    carl     custodian
    anna     callback agent
    adam     administrator of the suite
    exchange the telephone exchange
    ======== ==================================== ===========================

    No rule is in force: each test makes the ones it needs.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A browser of an earlier test may still ask whether another process has changed
        # something, and what is cached would be forgotten in the midst of this one.
        cls.classPatch(cls.registry, "check_signaling", lambda _cr=None: cls.registry)
        cls.env = cls.env(
            context={**cls.env.context, "tracking_disable": True, "lang": "en_US"}
        )
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env["res.company"]._get_relations_default()
        # Ownership is regulated, also in the companies that a test makes.
        cls.env["ir.default"].set("res.company", "customers_are_owned", True)
        cls.env["res.company"].search([]).customers_are_owned = True
        for model in ("crm.tier.scheme", "crm.pool.rule", "crm.care.rule"):
            cls.env[model].search([]).active = False
        cls._create_people()
        cls.env["res.company"].search([]).relations_digest_way = "both"
        cls.tier_a = cls.env.ref("crm_relations.crm_tier_a")
        cls.tier_b = cls.env.ref("crm_relations.crm_tier_b")
        cls.tier_c = cls.env.ref("crm_relations.crm_tier_c")
        cls.pool = cls.env.ref("crm_relations.crm_pool_public")
        # What a test is not about is switched off.
        cls.pool.write(
            {"hides_phone": False, "hides_email": False, "cool_down_days": 0}
        )
        cls.call = cls.env.ref("crm_relations.crm_followup_kind_call")
        cls.note = cls.env.ref("crm_relations.crm_followup_kind_note")
        cls.product = cls.env["product.product"].create(
            {"name": "Goods", "type": "service", "list_price": 1, "taxes_id": False}
        )

    @classmethod
    def _create_people(cls):
        people = find_people(cls.env)
        for user in people:
            setattr(cls, user.login, user)
        cls.north = cls.env["crm.team"].create(
            {"name": "North", "user_id": cls.max.id, "member_ids": cls.sally.ids}
        )
        cls.south = cls.env["crm.team"].create(
            {"name": "South", "user_id": False, "member_ids": cls.sam.ids}
        )

    @classmethod
    def _create_user(cls, name, role, **values):
        return cls._create_users(values, **{name: role})

    @classmethod
    def _create_users(cls, values=None, /, **roles):
        """Make users by login and role, all at once."""
        return create_users(cls.env, roles, values)

    @classmethod
    def _create_customer(cls, name="Customer", **values):
        values = {
            "name": name,
            "is_company": True,
            "is_managed_customer": True,
        } | values
        return cls.env["res.partner"].create(values)

    @classmethod
    def _create_customers(cls, count, **values):
        """Return ``count`` customers, made by one call: persons, unless it says so."""
        values = {"is_managed_customer": True} | values
        return cls.env["res.partner"].create(
            [{"name": f"C{number}"} | values for number in range(count)]
        )

    @classmethod
    def _create_person(cls, customer, name="Person", **profile):
        person = cls.env["res.partner"].create(
            {"name": name, "parent_id": customer.id, "type": "contact"}
        )
        if profile:
            cls.env["crm.person.profile"].create({"partner_id": person.id} | profile)
        return person

    @classmethod
    def _create_order(cls, partner, amount, days_ago=1, confirm=True, **values):
        return cls._create_orders([(partner, amount, days_ago)], confirm, **values)

    @classmethod
    def _create_orders(cls, wanted, confirm=True, **values):
        """Return an order for each (partner, amount, days ago), made by one call: it
        takes a fifth of the time."""
        orders = cls.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [
                        fields.Command.create(
                            {"product_id": cls.product.id, "price_unit": amount}
                        )
                    ],
                }
                | values
                for partner, amount, _days_ago in wanted
            ]
        )
        if confirm:
            orders.action_confirm()
        now = fields.Datetime.now()
        for order, (_partner, _amount, days_ago) in zip(orders, wanted, strict=True):
            order.date_order = now - timedelta(days=days_ago)
        cls.env["res.partner"]._follow_purchases()
        return orders

    @classmethod
    def _create_followup(cls, partner, days_ago=0, **values):
        values = {
            "partner_id": partner.id,
            "kind_id": cls.call.id,
            "purpose": "Called",
            "date": fields.Datetime.now() - timedelta(days=days_ago),
            "user_id": partner.user_id.id or cls.env.uid,
        } | values
        return cls.env["crm.followup"].create(values)

    @classmethod
    def _create_scheme(cls, cuts=None, **values):
        cuts = cuts or [(cls.tier_a, 80), (cls.tier_b, 95), (cls.tier_c, 100)]
        return cls.env["crm.tier.scheme"].create(
            {
                "name": "Scheme",
                "start_date": fields.Date.today(),
                "cut_ids": [
                    fields.Command.create({"tier_id": tier.id, "share": share})
                    for tier, share in cuts
                ],
            }
            | values
        )

    @classmethod
    def _create_pool_rule(cls, days=30, **values):
        return cls.env["crm.pool.rule"].create(
            {
                "name": f"No follow-up for {days} days",
                "days": days,
                "pool_id": cls.pool.id,
                "start_date": fields.Date.today() - timedelta(days=365),
            }
            | values
        )

    @classmethod
    def _age_ownership(cls, partners, days):
        """Let the owner have had these customers for ``days`` days."""
        partners.owner_since = fields.Datetime.now() - timedelta(days=days)

    def _count_statements(self, function, unread=False):
        """Return how many statements ``function`` takes, once caches are warm.

        :param unread: on records that nobody has read before
        """
        self.env.flush_all()
        if unread:
            self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    @contextmanager
    def assertRefused(self, message, error=ValidationError):
        """The block is refused with these words and leaves nothing behind."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), message)

    @classmethod
    def _only(cls, customers):
        """Return conditions that keep a rule to these customers, whatever else the
        database holds."""
        return repr([("id", "in", customers.ids)])
