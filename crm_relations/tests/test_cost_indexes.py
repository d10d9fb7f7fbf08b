import runpy
from pathlib import Path

from odoo.tests import tagged

from .common import RelationsCommon

# Index of ours on contacts: the job, menu, filter or link that reads it.
READERS = {
    "_managed_idx": "pages of the nightly jobs, lists of customers",
    "_pool_due_idx": "nightly release, what leaves the protection this week",
    "_contact_due_idx": "reminders and red list",
    "_visit_due_idx": "reminders of visits",
    "_geo_idx": "customers nearby",
    "_phone_tail_idx": "who calls",
    "_care_silence_idx": "care after silence",
    "_care_founded_idx": "care on anniversaries of the house",
    "_care_first_order_idx": "care on anniversaries of the first order",
    "_care_relation_idx": "care on anniversaries of the relationship",
    "pool_id": "pool list, claim, recount of a pool",
    "user_id": "my customers, caps, leavers",
    "phone_sanitized": "who calls, duplicates",
    "phone_digits": "who calls",
    "referred_by_id": "referrals, deletion of a contact",
    "tier_override_until": "nightly end of tiers set by hand",
    "tier_override_by": "deletion of a user",
    "phone_taken_by_id": "deletion of a user",
    "proprietor_id": "deletion of a contact",
    "manager_person_id": "deletion of a contact",
    "legal_representative_id": "deletion of a contact",
    "relation_company_id": "deletion of a company",
}


@tagged("post_install", "-at_install")
class TestCostIndexes(RelationsCommon):
    """Each index on contacts is paid by everybody who writes one."""

    def _get_names(self):
        self.env.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'res_partner'"
        )
        return {name for (name,) in self.env.cr.fetchall()}

    def test_each_index_of_ours_has_a_reader(self):
        partners = type(self.env["res.partner"])
        ours = {
            f"_{name.removeprefix('res_partner_')}"
            for name, entry in partners._table_objects.items()
            if getattr(entry, "_module", "").startswith("crm_relations")
            and name in self._get_names()
        }
        ours |= {
            field.name
            for field in self.env["res.partner"]._fields.values()
            if field.index
            and any(m.startswith("crm_relations") for m in field._modules)
        }
        self.assertEqual(ours - set(READERS), set())

    def test_no_index_is_left_on_classes_of_a_few_values(self):
        for field in self.env["res.partner"]._fields.values():
            ours = any(module.startswith("crm_relations") for module in field._modules)
            if ours and field.store and field.type in ("selection", "boolean"):
                with self.subTest(field=field.name):
                    self.assertFalse(field.index)

    def test_an_update_drops_what_nobody_reads(self):
        column = "tier_id"
        name = f"res_partner__{column}_index"
        self.env.cr.execute(
            f"CREATE INDEX IF NOT EXISTS {name} ON res_partner ({column})"
        )
        path = Path(__file__).parents[1] / "migrations/19.0.1.2.0/post-cost.py"
        for _twice in range(2):
            runpy.run_path(str(path))["migrate"](self.env.cr, "19.0.1.1.0")
            self.assertNotIn(name, self._get_names())
