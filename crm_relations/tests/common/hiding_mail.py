from unittest.mock import patch

from .secret import SecretCommon
from .smtp_server import SmtpServer


class HidingMailCommon(SecretCommon):
    """A mail server on this machine takes what is sent to Acme, which is hidden. The
    address stands nowhere afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.smtp = SmtpServer().__enter__()
        cls.addClassCleanup(cls.smtp.__exit__)
        cls.env["ir.config_parameter"].sudo().set_param("calendar.block_mail", False)
        servers = cls.env["ir.mail_server"]
        servers.search([]).active = False
        servers.create(
            {
                "name": "Local",
                "smtp_host": "127.0.0.1",
                "smtp_port": cls.smtp.port,
                "smtp_encryption": "none",
            }
        )
        cls.startClassPatcher(
            patch.object(type(servers), "_disable_send", lambda self: False)
        )
        cls.company.email = "us@example.com"

    def setUp(self):
        super().setUp()
        self.smtp.received.clear()
        self.smtp.refused.clear()
        self._release()

    def _send_queue(self):
        mails = self.env["mail.mail"].search([("state", "=", "outgoing")])
        mails.send()
        self.env.flush_all()
        self.env.invalidate_all()

    def assertArrived(self, *addresses):
        self._send_queue()
        reached = {address for address, _mail in self.smtp.received}
        for address in addresses:
            self.assertIn(address, reached)
        self._check_nothing_is_kept()

    def _check_nothing_is_kept(self):
        """The database does not hold the address, nor does what a user reads."""
        self.answers, self.found = [], {}
        names = ("mail.mail", "mail.message", "mail.notification", "sms.sms")
        for name in names:
            self._read_model(self.env[name])
        self.assertEqual(self.found, {})
