"""PO-5: the nightly release is killed anywhere, and runs twice at the same time."""

import random

from nightly import NightlyCase

from odoo.tests import tagged

WRONG_CUSTOMERS = """
    SELECT customer.id, customer.user_id, customer.pool_id, count(change.id)
      FROM res_partner AS customer
 LEFT JOIN crm_ownership_change AS change
        ON change.partner_id = customer.id AND change.kind = 'release'
     WHERE customer.ref LIKE 'NIGHT %' AND customer.parent_id IS NULL
  GROUP BY customer.id
    HAVING count(change.id) <> (customer.user_id IS NULL)::int
        OR (customer.user_id IS NULL) <> (customer.pool_id IS NOT NULL)
"""
WRONG_CONTACTS = """
    SELECT contact.id, contact.function, contact.user_id, customer.user_id
      FROM res_partner AS contact
      JOIN res_partner AS customer ON customer.id = contact.parent_id
     WHERE customer.ref LIKE 'NIGHT %'
       AND CASE contact.function
           WHEN 'same' THEN contact.user_id IS DISTINCT FROM customer.user_id
           ELSE contact.user_id IS NULL END
"""
WRONG_LINES = """
    SELECT change.id
      FROM crm_ownership_change AS change
     WHERE change.kind = 'release'
       AND change.contact_ids_moved IS DISTINCT FROM (
           SELECT jsonb_agg(contact.id)
             FROM res_partner AS contact
            WHERE contact.parent_id = change.partner_id
              AND contact.function = 'same')
"""
RESET = """
    DELETE FROM crm_ownership_change;
    DELETE FROM crm_pool_batch;
    UPDATE res_partner AS customer
       SET user_id = owner.id, pool_id = NULL, pool_since = NULL,
           owner_since = now() AT TIME ZONE 'UTC' - interval '1 day'
                       * CASE WHEN split_part(ref, ' ', 2)::int % 7 = 0
                         THEN 1 ELSE 100 END
      FROM res_users AS owner
     WHERE customer.ref LIKE 'NIGHT %' AND customer.parent_id IS NULL
       AND owner.login = 'owner';
    UPDATE res_partner AS contact
       SET user_id = owner.id
      FROM res_users AS owner
     WHERE owner.login = 'owner' AND contact.function = 'same';
"""


@tagged("post_install", "-at_install")
class TestReleaseKill(NightlyCase):
    LEDGER = "crm_ownership_change"
    DONE = "SELECT count(*) FROM crm_ownership_change WHERE kind = 'release'"
    RESET = RESET

    def assertConsistent(self):
        """Each customer is owned without a line, or released with exactly one."""
        self.assertEqual(self.scratch.query(WRONG_CUSTOMERS)[:5], [])
        self.assertEqual(self.scratch.query(WRONG_CONTACTS)[:5], [])
        self.assertEqual(self.scratch.query(WRONG_LINES)[:5], [])

    def assertComplete(self):
        self.assertConsistent()
        self.assertEqual(self._count(), self.due)
        [(batches, lines)] = self.scratch.query(
            "SELECT count(DISTINCT batch.id), count(change.id)"
            "  FROM crm_pool_batch AS batch"
            "  JOIN crm_ownership_change AS change ON change.batch_id = batch.id"
        )
        self.assertEqual((batches, lines), (1, self.due))

    def test_killed_after_a_batch_it_goes_on_and_doubles_nothing(self):
        """PO-5"""
        done = self._kill_between_batches("release_job")
        self.assertConsistent()
        self.assertEqual(done % 1000, 0)
        self.workers.run("release_job")
        self.assertComplete()

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        """PO-5"""
        self._kill_at_random("release_job", random.Random(5), rounds=6)
        self.workers.run("release_job")
        self.assertComplete()

    def test_two_at_once_release_each_customer_once(self):
        """PO-5: on several hosts of one database."""
        self._run_twice_at_once("release")
        self.assertConsistent()
        self.workers.run("release_job")
        self.assertComplete()
