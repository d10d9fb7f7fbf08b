"""SE-11, KA-4 to KA-6: the night of key accounts is killed anywhere and run by two
hosts at once; in the end each figure stands once, and is the one that an undisturbed
night finds."""

import parallel_accounts as world
from nightly import SLEEP, NightlyCase
from scratch import Scratch

from odoo.tests import tagged

SLOW_DOWN = f"""
    {SLEEP.format(0)};
    CREATE TRIGGER slow_down AFTER UPDATE ON crm_customer_value
    FOR EACH STATEMENT EXECUTE FUNCTION slow_down();
    CREATE TRIGGER slow_down AFTER UPDATE ON crm_account_return
    FOR EACH STATEMENT EXECUTE FUNCTION slow_down();
"""
VALUES = """
    SELECT partner_id, order_days, sales, basis, value_12_months, lifetime_value
      FROM crm_customer_value
     WHERE basis IS NOT NULL ORDER BY partner_id
"""
RETURNS = """
    SELECT one.partner_id, one.period_key, one.revenue, one.margin, one.result,
           count(line.id), sum(line.amount)
      FROM crm_account_return AS one
 LEFT JOIN crm_account_return_line AS line ON line.return_id = one.id
  GROUP BY one.id ORDER BY 1, 2
"""
AVERAGES = """
    SELECT tier_id, company_id, kind, year, customer_count, revenue
      FROM crm_account_return_average ORDER BY 1, 2, 3, 4
"""
STANDINGS = """
    SELECT partner_id, ladder_id, step_id, level FROM crm_account_standing
  ORDER BY 1, 2
"""
# A line of the ledger that a standing does not follow from, or one that is missing.
WRONG_LEDGER = """
    SELECT standing.partner_id, standing.ladder_id, count(change.id)
      FROM crm_account_standing AS standing
 LEFT JOIN crm_account_standing_change AS change
        ON change.partner_id = standing.partner_id
       AND change.ladder_id = standing.ladder_id
       AND change.new_step_id = standing.step_id
  GROUP BY standing.id
    HAVING count(change.id) <> (standing.step_id IS NOT NULL)::int
"""


def setUpModule():
    NightlyCase.scratch = Scratch.with_addons()
    try:
        NightlyCase.scratch.call("parallel_accounts:fill")
        NightlyCase.scratch.query(SLOW_DOWN)
    except BaseException:
        NightlyCase.scratch.drop()
        raise


def tearDownModule():
    NightlyCase.scratch.drop()


class AccountNight:
    """What is killed finds what it does when nobody disturbs it."""

    WORLD = "parallel_accounts"
    FOUND = JOB = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch.query(cls.RESET)
        cls.workers.run(cls.JOB)
        cls.undisturbed = cls.scratch.query(cls.FOUND)

    def assertConsistent(self):
        """What is there is right already."""
        found = self.query(self.FOUND)
        self.assertEqual(set(found) - set(self.undisturbed), set())
        self.assertEqual(len(found), len(set(found)))

    def assertComplete(self):
        self.assertConsistent()
        self.assertEqual(self.query(self.FOUND), self.undisturbed)

    def test_killed_after_a_batch_it_goes_on_and_doubles_nothing(self):
        self._check_killed_after_a_batch(self.JOB)

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        self._check_killed_at_random(self.JOB, 17)

    def test_two_at_once_find_what_one_does(self):
        self._run_twice_at_once(self.JOB)
        self.assertComplete()


@tagged("post_install", "-at_install")
class TestValueKill(AccountNight, NightlyCase):
    JOB = "values"
    FOUND = VALUES
    DONE = f"SELECT count(*) FROM ({VALUES}) AS found"
    TOTAL = world.CUSTOMERS
    RESET = "DELETE FROM crm_customer_value; DELETE FROM crm_value_curve"


@tagged("post_install", "-at_install")
class TestReturnKill(AccountNight, NightlyCase):
    JOB = "returns"
    FOUND = RETURNS
    DONE = f"SELECT count(*) FROM ({RETURNS}) AS found"
    TOTAL = world.KEYS * 4
    RESET = "DELETE FROM crm_account_return; DELETE FROM crm_account_return_average"

    def assertComplete(self):
        result = super().assertComplete()
        averages = self.query(AVERAGES)
        self.assertEqual(len(averages), len({row[:4] for row in averages}))
        return result


@tagged("post_install", "-at_install")
class TestAccountLadderNights(NightlyCase):
    WORLD = "parallel_accounts"
    RESET = """
        DELETE FROM crm_account_standing; DELETE FROM crm_account_standing_change
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch.query(cls.RESET)
        cls.workers.run("ladders")
        cls.undisturbed = cls.scratch.query(STANDINGS)

    def assertConsistent(self):
        self.assertNothing(WRONG_LEDGER)
        self.assertEqual(set(self.query(STANDINGS)) - set(self.undisturbed), set())

    def test_two_nights_judge_each_customer_once(self):
        self._run_twice_at_once("ladders")
        self.workers.run("ladders")  # what was locked by the other waits for a night
        self.assertConsistent()
        self.assertEqual(self.query(STANDINGS), self.undisturbed)
        self.assertEqual(len(self.undisturbed), world.KEYS * 2)

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        self._check_killed_at_random("ladders", 18, longest=0.5)

    def assertComplete(self):
        self.assertConsistent()
        self.assertEqual(self.query(STANDINGS), self.undisturbed)
