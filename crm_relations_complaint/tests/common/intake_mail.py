from odoo.addons.mail.tests.common import MailCommon

from .complaint import ComplaintCommon

MAIL = """\
From: {sender}
To: {to}
Subject: {subject}
Message-Id: <{number}@outside.example.com>
Date: Mon, 02 Mar 2026 10:00:00 +0000
{head}MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="cut"

--cut
Content-Type: text/plain; charset=utf-8

{text}
--cut
Content-Type: text/plain; name="bill.txt"
Content-Disposition: attachment; filename="bill.txt"

{file}
--cut--
"""


class IntakeMailCommon(ComplaintCommon, MailCommon):
    """Mails of the customer's contact Paula to the entrance of olga, through the real
    gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.email = "paula@outside.example.com"
        cls.entrance = cls.env["crm.complaint.entrance"].create(
            {
                "name": "North",
                "user_id": cls.olga.id,
                "alias_name": "moan",
                "alias_domain_id": cls.mail_alias_domain.id,
            }
        )
        cls.address = cls.entrance.alias_email

    def _receive(self, number, text="It rattles", head="", **values):
        values = {
            "sender": "Paula <paula@outside.example.com>",
            "to": self.address,
            "subject": "Re: My car",
            "file": "100 euro",
        } | values
        mail = MAIL.format(number=number, text=text, head=head, **values)
        with self.mock_mail_gateway():
            found = self.env["mail.thread"].message_process(None, mail)
        return self.env["crm.complaint"].browse(found or [])

    def _get_acknowledged(self):
        return self._new_mails.filtered(
            lambda mail: "auto-replied" in (mail.headers or "")
        )
