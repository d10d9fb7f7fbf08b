from odoo.tests import tagged

from .common.links import LinksCommon


@tagged("post_install", "-at_install")
class TestMergeLeads(LinksCommon):
    """Merging opportunities keeps what the suite tells of each of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("House", user_id=cls.sally.id)
        cls.lost, cls.kept = cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "partner_id": cls.customer.id,
                    "user_id": cls.sally.id,
                    "probability": probability,
                }
                for name, probability in (("Lost", 10), ("Kept", 60))
            ]
        )

    def _merge(self):
        self.assertEqual((self.lost | self.kept).merge_opportunity(), self.kept)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_a_follow_up_stays_with_its_opportunity(self):
        followup = self._create_followup(self.customer, opportunity_id=self.lost.id)
        self._merge()
        self.assertEqual(followup.opportunity_id, self.kept)
        self.assertEqual(followup.partner_id, self.customer)

    def test_every_row_names_the_one_that_stays(self):
        tables = self._get_tables()
        rows = []
        for number, (table, column, target, _deletes) in enumerate(self._get_links()):
            model = tables.get(table)
            if target != "crm_lead" or model is None or model._transient:
                continue
            owner = self.env["crm.partner.link"]._get_customer_columns()[model._name]
            given = {column: self.lost.id, owner: self.customer.id}
            rows.append((model, column, self._insert(model._name, number, **given)))
        self.assertGreater(len(rows), 1)
        self._merge()
        for model, column, number in rows:
            with self.subTest(f"{model._table}.{column}"):
                self.assertEqual(model.browse(number)[column], self.kept)

    def test_every_pair_of_model_and_id_names_it(self):
        rows = []
        columns = self.env["crm.partner.link"]._get_customer_columns()
        for number, (name, owner) in enumerate(columns.items()):
            for field in self.env[name]._fields.values():
                if field.type == "many2one_reference" and field.store:
                    given = {owner: self.customer.id, field.model_field: "crm.lead"}
                    given[field.name] = self.lost.id
                    rows.append((name, field.name, self._insert(name, number, **given)))
        self.assertGreater(len(rows), 1)
        self._merge()
        for name, column, number in rows:
            with self.subTest(f"{name}.{column}"):
                self.assertEqual(self.env[name].browse(number)[column], self.kept.id)

    def test_what_we_store_of_an_opportunity_is_kept(self):
        """Each column of ours, whichever of the two has it."""
        names = self.lost._get_kept_fields()
        self.assertIn("callback_id", names)
        self.assertLessEqual(set(names), set(self.lost._merge_get_fields()))
        call = self._insert("crm.callback", 1, partner_id=self.customer.id)
        self.lost.callback_id = call
        self._merge()
        self.assertEqual(self.kept.callback_id.id, call)

    def test_another_customer_s_rows_are_left_alone(self):
        other = self._create_customer("Other", user_id=self.sam.id)
        apart = self.lost.copy({"partner_id": other.id})
        followup = self._create_followup(other, opportunity_id=apart.id)
        self._merge()
        self.assertEqual(followup.opportunity_id, apart)

    def _count_following(self, lost):
        """Return how many statements it takes to follow these into the one kept."""
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        self.env.flush_all()
        followed = dict.fromkeys(lost.ids, self.kept.id)
        return self._count_statements(lambda: wizard._follow_leads(followed))

    def test_opportunities_of_whom_nothing_is_told_cost_two_statements(self):
        """Odoo merges them by the hundred where it shares out leads."""
        lost = self.lost.copy({"partner_id": False}) | self.lost.copy(
            {"partner_id": self.env["res.partner"].create({"name": "Nobody"}).id}
        )
        self.kept.partner_id = False
        self._count_following(lost)  # what is kept for good is there
        self.assertLessEqual(self._count_following(lost), 2)
