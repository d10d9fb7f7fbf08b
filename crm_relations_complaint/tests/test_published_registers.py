"""Columns of registers and exports that others publish, and what they are.

Sources: Consumer Complaint Database of the CFPB (file and API), API of the NHTSA,
exports of Salesforce cases and of help desks (a ticket data set with “Ticket ID”,
“Customer Name”, “Product Purchased”), the register of complaints of 12315. The rows are
made up. Facts only.
"""

from base64 import b64encode

from odoo.tests import BaseCase, tagged

from ..tools.import_columns import guess, read_danger
from .common.complaint import ComplaintCommon

CFPB = {
    "Complaint ID": "reference",
    "Issue": "category",
    "Consumer complaint narrative": "facts",
    "Product": "product",
    "Date received": "note",
    "Company response to consumer": "note",
    "Timely response?": "note",
}
OTHERS = {
    "complaint_what_happened": "facts",
    "odiNumber": "reference",
    "dateOfIncident": "occurred_on",
    "components": "category",
    "Case Number": "reference",
    "Contact Name": "caller_name",
    "Contact Email": "caller_email",
    "Contact Phone": "caller_phone",
    "Ticket ID": "reference",
    "Customer Name": "caller_name",
    "Customer Email": "caller_email",
    "Ticket Subject": "subject",
    "Ticket Description": "facts",
    "Product Purchased": "product",
    "登记编号": "reference",
    "投诉人姓名": "caller_name",
    "消费者姓名": "caller_name",
    "手机号码": "caller_phone",
    "问题描述": "facts",
    "诉求内容": "demand",
    "商品名称": "product",
    "问题类别": "category",
    "事发时间": "occurred_on",
    "被投诉企业": "note",
}


@tagged("post_install", "-at_install")
class TestPublishedColumns(BaseCase):
    def test_columns(self):
        for header, target in (CFPB | OTHERS).items():
            with self.subTest(header):
                self.assertEqual(guess(header), target)

    def test_no_harm_is_written_in_many_ways(self):
        for text in ("No", "N/A", "0", "FALSE", "none", "无", "不适用", ""):
            self.assertFalse(read_danger(text), text)
        for text in ("Yes", "Y", "1", "2.0", "是"):
            self.assertTrue(read_danger(text), text)


@tagged("post_install", "-at_install")
class TestPublishedRegisters(ComplaintCommon):
    def test_a_register_comes_in_as_it_is_published(self):
        """Nothing to be chosen but who complains in rows that name nobody."""
        lines = (
            ",".join(CFPB),
            "7000001,Managing an account,They closed my account.,Loan,09/24/2019,"
            "Closed with explanation,Yes",
            "7000002,Struggling to pay,,Loan,10/02/2019,In progress,Yes",
        )
        table = self.env["crm.complaint.import"].with_user(self.mona)
        table = table.create(
            {
                "file": b64encode("\n".join(lines).encode()),
                "caller_name": "CFPB",
                "category_id": self.category.id,
            }
        )
        table.action_check()
        table.action_import()
        self.assertEqual(table.good_count, 1, table.line_ids.mapped("message"))
        [complaint] = table.complaint_ids
        self.assertEqual(complaint.reference, "7000001")
        self.assertEqual(complaint.caller_name, "CFPB")
        self.assertIn("They closed my account.", complaint.facts)
        self.assertEqual(table.line_ids.number, 3)
        self.assertIn("what happened", table.line_ids.message)

    def test_a_product_that_is_not_found_is_named_where_others_are(self):
        """A column of which nothing is ours is kept as text, one of ours is not."""
        goods = self.env["product.product"].create({"name": "Kettle"})
        table = self.env["crm.complaint.import"].with_user(self.mona)
        rows = ("Description,Product,Customer", "a,Kettle,Ann", "b,Ketle,Bob")
        table = table.create({"file": b64encode("\n".join(rows).encode())})
        table.action_check()
        self.assertEqual(
            table.column_ids[1:].mapped("target"), ["product", "caller_name"]
        )
        table.action_import()
        self.assertEqual(table.complaint_ids.product_id, goods)
        self.assertEqual(table.complaint_ids.caller_name, "Ann")
        self.assertIn("“Ketle”", table.line_ids.message)
