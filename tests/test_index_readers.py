"""PL-7: each index on contacts is paid by everybody who writes one, so it has a reader.

What may read is not written down here: see ``index_readers``. Whether a plan of a
million customers reads it as well is told by ``setup/bench plans``.
"""

import index_readers
import plan_world

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

# It shows that what nobody reads is found.
UNREAD = "res_partner_unread_idx"


@tagged("post_install", "-at_install")
class TestIndexReaders(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        plan_world.fill(cls.env)
        for table in plan_world.TABLES:
            cls.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        user = new_test_user(cls.env, "reader", groups=",".join(plan_world.READER))
        cls.readers = index_readers.IndexReaders(cls.env, user)

    def test_each_index_of_ours_on_contacts_is_read(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(f"CREATE INDEX {UNREAD} ON res_partner (website)")
        indexes = self.readers.get_indexes() | {UNREAD}
        self.assertGreater(len(indexes), 10)
        counts = self.readers.count_readers(self.readers.get_sent(), indexes)
        self.assertEqual({name for name in indexes if not counts[name]}, {UNREAD})
