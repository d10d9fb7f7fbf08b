import contextlib
import re
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import new_test_user

from ...tools.suite import SUITE
from .relations import RelationsCommon

execute = Cursor.execute


class CostCommon(RelationsCommon):
    """Somebody who sells, in a company that has the suite installed, without any role
    of ours; a contact that is none of ours, and one that is a managed customer.

    Who works here is never made a managed customer: so a plain contact stays one even
    where it orders.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_partner_manager,sales_team.group_sale_salesman_all_leads"
        cls.paul = new_test_user(cls.env, "paul", groups=groups)
        # What is used: nobody else pays for it.
        cls.env["crm.pool.quota"].create(
            {"name": "Cap", "limit_customers": True, "max_customers": 1000}
        )
        cls.env = cls.env(user=cls.paul, context={"lang": "en_US"})
        cls.ours = re.compile(rf"\b({'|'.join(cls._get_tables())})\b")

    @classmethod
    def _get_tables(cls):
        return sorted(
            model._table
            for model in cls.env.registry.values()
            if model._auto and model._original_module in SUITE
        )

    @contextlib.contextmanager
    def _listening(self):
        """Give the list to which the statements sent meanwhile are added."""
        sent = []

        def listen(cursor, query, *arguments, **options):
            sent.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *arguments, **options)

        with patch.object(Cursor, "execute", listen):
            yield sent

    def _get_statements(self, act, record):
        """Return what ``act`` sends for the record, flushed and from a cold cache."""
        self.env.flush_all()
        self.env.cr.flush()
        self.env.invalidate_all()
        # Known to a server once it has asked; making a user makes it forget.
        self.env["crm.club"]._get_programs()
        self.env["crm.referral"]._has_any()
        with self._listening() as sent:
            act(record)
            self.env.flush_all()
            self.env.cr.flush()
        return sent
