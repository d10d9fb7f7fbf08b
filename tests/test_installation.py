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


class InstallationCase(BaseCase):
    maxDiff = None

    def _make_scratch(self):
        scratch = Scratch("install")
        self.addCleanup(scratch.drop)
        return scratch

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
        for addon in ADDONS:
            with self.subTest(addon):
                scratch = self._make_scratch()
                self._install(scratch, f"--init={addon}")
                self.assertEqual(self._get_installed(scratch), {"crm_relations", addon})
                scratch.drop()

    def test_others_go_on_working_while_it_is_installed(self):
        """PL-1: nobody waits for it, and whoever writes does not make it fail."""
        scratch = self._make_scratch()
        onlookers = Onlookers(scratch.connect)
        start = time.monotonic()
        with onlookers.working():
            self._install(scratch)
        whole = time.monotonic() - start
        for what, wait in onlookers.waits.items():
            with self.subTest(what):
                self.assertFalse(onlookers.failed[what])
                self.assertLess(wait, whole / 4)

    def test_a_companys_customers_are_taken_into_care(self):
        """PL-1: those who trade with us, with their figures; owners stay."""
        scratch = self._make_scratch()
        scratch.call("existing:fill")
        partners = set(scratch.query(PARTNERS))
        self._install(scratch)
        self.assertEqual(scratch.query(WRITTEN), [])
        scratch.call("existing:take_in")
        found = {name: figures for name, *figures in scratch.query(CUSTOMERS)}
        self.assertEqual(set(found), existing.MANAGED)
        self.assertEqual(found[existing.ORDERED], [2, 150, 150, True, True])
        self.assertEqual(found[existing.THROUGH_CONTACT], [1, 70, 70, True, True])
        self.assertEqual(found[existing.PROSPECT], [0, 0, 0, False, True])
        self.assertEqual(partners - set(scratch.query(PARTNERS)), set())
        self.assertEqual(scratch.query("SELECT id FROM crm_ownership_change"), [])
        self.assertEqual(scratch.query(PLACES), [(existing.INVOICED, 31.5, 121.25)])


@tagged("post_install", "-at_install")
class TestUpgradeAndUninstallation(InstallationCase):
    def test_upgrade_changes_nothing_and_uninstallation_leaves_nothing(self):
        """PL-1: one life of the suite in a company's database."""
        scratch = self._make_scratch()
        before = self._take_all(scratch)
        self._install(scratch)
        scratch.call("existing:use")
        self._check_upgrade(scratch)
        log = scratch.uninstall(*ADDONS)
        with self.subTest("log of the uninstallation"):
            self.assertEqual(complaints(log, ADDONS), [])
        self.assertEqual(self._get_installed(scratch), set())
        after = self._take_all(scratch)
        for kind in before:
            with self.subTest(kind):
                found = traces.differences(before, after)
                self.assertEqual([line for line in found if line[0] == kind], [])

    def _take_all(self, scratch):
        return traces.take(scratch, {**traces.SCHEMA, **traces.RECORDS})

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
