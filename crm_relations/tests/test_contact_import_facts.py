from base64 import b64encode

from odoo.tests import tagged

from .common.contact_import import ImportCommon


@tagged("post_install", "-at_install")
class TestContactImportFacts(ImportCommon):
    """AR-13: what a card tells of somebody's life, and what has no place."""

    def test_whom_somebody_is_married_to_stands_in_the_family(self):
        one = self._import(
            *[
                ["FN:Li Si", "X-MS-SPOUSE:Mei", "X-MS-ANNIVERSARY:20120801"],
                ["FN:Wang Wu", "NICKNAME:Ace", "ANNIVERSARY:20010203"],
                ["FN:Zhao", "X-SPOUSE:Yu", "BDAY:1799-01-01"],
            ]
        )
        one.action_import()
        li, wang, zhao = map(self._find, ("Li Si", "Wang Wu", "Zhao"))
        [spouse] = li.sudo().profile_ids.family_member_ids
        self.assertEqual((spouse.name, spouse.relation), ("Mei", "spouse"))
        self.assertIn("2012-08-01", spouse.note)
        self.assertFalse(li.comment, "it is nobody's but of who may read the profile")
        self.assertFalse(wang.sudo().profile_ids)
        self.assertIn("Ace", wang.comment)
        self.assertIn("2001-02-03", wang.comment)
        self.assertEqual(zhao.sudo().profile_ids.family_member_ids.name, "Yu")
        one.action_undo()
        self.assertFalse((li | wang | zhao).exists())

    def test_what_has_no_place_is_named_before_it_is_imported(self):
        one = self._import(["FN:Li Si", "KEY:abc", "X-HOBBY:golf"], ["FN:Wang Wu"])
        self.assertEqual(one.line_ids.mapped("left_out"), ["KEY, X-HOBBY", False])
        self.assertIn("KEY, X-HOBBY", one.line_ids[0].finding)

    def test_a_line_without_a_card_has_no_country(self):
        line = self.env["crm.contact.import.line"].new({})
        self.assertFalse(line._get_country_id({}))

    def test_the_whole_file_is_read_where_a_client_asks_for_its_size(self):
        content = b64encode(self._write_card(["FN:Li Si"]))
        one = self.env["crm.contact.import"].create({"file": content, "name": "c.vcf"})
        one.flush_recordset()
        one.invalidate_recordset()
        cards = one.with_context(bin_size=True)._read_cards()
        self.assertEqual(len(cards), 1)
