"""PL-1: the addons are installed, upgraded and uninstalled cleanly.

Each addon's own log must be free of warnings that name it.
"""

import time

import existing
import traces
from scratch import ADDONS, Scratch

from odoo.tests import BaseCase, tagged

from workshop.install_log import complaints
from workshop.onlookers import Onlookers

ALL = ",".join(ADDONS)
PARTNERS = """
    SELECT partner.id, partner.name, partner.user_id, count(message.id)
      FROM res_partner AS partner
 LEFT JOIN mail_message AS message
        ON message.model = 'res.partner' AND message.res_id = partner.id
  GROUP BY partner.id
"""
CUSTOMERS = """
    SELECT name, confirmed_order_count, sales_total, sales_12_months,
           first_order_on IS NOT NULL, archive_rate > 0
      FROM res_partner WHERE is_managed_customer
"""

WRITTEN = "SELECT id FROM res_partner WHERE is_managed_customer OR is_located"
PLACES = "SELECT name, geo_latitude, geo_longitude FROM res_partner WHERE is_located"
DEPENDED_ON = """
    SELECT module.name FROM ir_module_module AS module
      JOIN ir_module_module_dependency AS dependency
        ON dependency.module_id = module.id AND dependency.name = 'crm_relations'
     WHERE module.name = ANY(%s)
"""


class InstallationCase(BaseCase):
    maxDiff = None

    def _install(self, scratch, option=f"--init={ALL}"):
        self.assertEqual(complaints(scratch.odoo(option), ADDONS), [])

    def _get_installed(self, scratch):
        rows = scratch.query(
            "SELECT name FROM ir_module_module WHERE state <> 'uninstalled'"
            " AND name = ANY(%s)",
            [list(ADDONS)],
        )
        return {name for (name,) in rows}


@tagged("post_install", "-at_install")
class TestInstallation(InstallationCase):
    def test_each_addon_installs_alone(self):
        """PL-1: with what it depends on, and nothing else of the suite."""
        first, *others = ADDONS
        base = self._make_scratch("install")
        self._install(base, f"--init={first}")
        self.assertEqual(self._get_installed(base), {first})
        needing = {name for (name,) in base.query(DEPENDED_ON, [others])}
        self.assertEqual(needing, set(others))
        for addon in others:
            with self.subTest(addon):
                scratch = self._make_scratch(f"install_{addon}", base.name)
                self._install(scratch, f"--init={addon}")
                self.assertEqual(self._get_installed(scratch), {first, addon})

    def _make_scratch(self, *arguments):
        scratch = Scratch(*arguments)
        self.addCleanup(scratch.drop)
        return scratch


@tagged("post_install", "-at_install")
class TestLifeOfTheSuite(InstallationCase):
    """PL-1: in the database of a company that trades already: installed while others
    work there, used, upgraded, uninstalled. Each test goes on from the one before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = Scratch("life")
        cls.addClassCleanup(cls.scratch.drop)
        cls.scratch.call("existing:fill")
        cls.before = cls._take_all()
        cls.partners = set(cls.scratch.query(PARTNERS))

    @classmethod
    def _take_all(cls):
        return traces.take(cls.scratch, {**traces.SCHEMA, **traces.RECORDS})

    def test_1_others_go_on_working_while_it_is_installed(self):
        """Nobody waits for it, and whoever writes does not make it fail."""
        onlookers = Onlookers(self.scratch.connect)
        start = time.monotonic()
        with onlookers.working():
            self._install(self.scratch)
        whole = time.monotonic() - start
        for what, wait in onlookers.waits.items():
            with self.subTest(what):
                self.assertFalse(onlookers.failed[what])
                self.assertLess(wait, whole / 4)

    def test_2_a_companys_customers_are_taken_into_care(self):
        """Those who trade with us, with their figures; owners stay."""
        scratch = self.scratch
        self.assertEqual(scratch.query(WRITTEN), [])
        scratch.call("existing:take_in")
        found = {name: figures for name, *figures in scratch.query(CUSTOMERS)}
        self.assertEqual(set(found), existing.MANAGED)
        self.assertEqual(found[existing.ORDERED], [2, 150, 150, True, True])
        self.assertEqual(found[existing.THROUGH_CONTACT], [1, 70, 70, True, True])
        self.assertEqual(found[existing.PROSPECT], [0, 0, 0, False, True])
        self.assertEqual(self.partners - set(scratch.query(PARTNERS)), set())
        self.assertEqual(scratch.query("SELECT id FROM crm_ownership_change"), [])
        self.assertEqual(scratch.query(PLACES), [(existing.INVOICED, 31.5, 121.25)])

    def test_3_upgrade_changes_nothing_and_uninstallation_leaves_nothing(self):
        self.scratch.call("existing:use")
        self._check_upgrade(self.scratch)
        log = self.scratch.uninstall(*ADDONS)
        with self.subTest("log of the uninstallation"):
            self.assertEqual(complaints(log, ADDONS), [])
        self.assertEqual(self._get_installed(self.scratch), set())
        self.scratch.call("existing:trade_on")
        after = self._take_all()
        for kind in self.before:
            with self.subTest(kind):
                found = traces.differences(self.before, after)
                self.assertEqual([line for line in found if line[0] == kind], [])

    def _check_upgrade(self, scratch):
        schema = traces.take(scratch, traces.SCHEMA)
        contents = traces.take_contents(scratch)
        self._install(scratch, f"--update={ALL}")
        with self.subTest("schema after the upgrade"):
            after = traces.take(scratch, traces.SCHEMA)
            self.assertEqual(traces.differences(schema, after), [])
        after = traces.take_contents(scratch)
        changed = [table for table in contents if after[table] != contents[table]]
        with self.subTest("rows after the upgrade"):
            self.assertEqual(changed, [])
