from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestComplaintGate(TransactionCase):
    """One way to a complaint, whether complaints are kept here or not."""

    def test_the_gate_says_whether_complaints_are_kept(self):
        gate = self.env["crm.complaint.gate"]
        self.assertEqual(gate._may_register(), "crm.complaint" in self.env)

    def test_a_complaint_comes_of_it_where_they_are_kept(self):
        gate = self.env["crm.complaint.gate"]
        values = {"subject": "Rattles", "caller_name": "Zoe", "facts": "The door"}
        if not gate._may_register():
            with self.assertRaisesRegex(UserError, "No complaints"):
                gate._register_complaint(values)
            return
        complaint = gate._register_complaint(values)
        self.assertEqual(complaint.subject, "Rattles")
        self.assertEqual(complaint.channel, "survey")
