import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from xmlrpc.client import Fault

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools.client_calls import is_posting
from .common.hiding import EMAIL
from .common.hiding_mail import HidingMailCommon

REFUSED = "hidden until claimed"


@tagged("post_install", "-at_install")
class TestHidingPosting(HidingMailCommon, HttpCase):
    """Whoever calls for a message himself writes it by hand, whatever kind of message
    he says it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.with_user(cls.sally).check_access("read")
        template = cls.env["mail.template"].create(
            {
                "name": "Letter",
                "model_id": cls.env["ir.model"]._get("res.partner").id,
                "partner_to": "{{ object.id }}",
                "subject": "Hello",
                "body_html": "Hello",
            }
        )
        cls.env["ir.model.data"].create(
            {
                "module": "crm_relations",
                "name": "test_letter",
                "model": template._name,
                "res_id": template.id,
            }
        )
        source = {"source_ref": "crm_relations.test_letter"}
        note = {"message_type": "notification", "subtype_xmlid": "mail.mt_comment"}
        letter = {"body": "Hello", "partner_ids": cls.customer.ids}
        cls.letters = {
            "message_post": (cls.customer, letter | note),
            "message_notify": (cls.customer, letter | {"subject": "Hello"}),
            "message_mail_with_source": (cls.customer, source),
            "message_post_with_source": (
                cls.customer,
                source | note | {"partner_ids": cls.customer.ids},
            ),
            "send_mail": (template, {"res_id": cls.customer.id}),
            "send_mail_batch": (template, {"res_ids": cls.customer.ids}),
        }
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        keys = cls.env["res.users.apikeys"].with_user(cls.sally).sudo()
        cls.key = keys._generate("rpc", "Sally", tomorrow)

    def _post_json(self, url, params, **headers):
        answer = self.url_open(url, data=json.dumps(params), headers=headers)
        return answer.json()

    def assertNothingLeft(self):
        self._send_queue()
        self.assertFalse(self.smtp.received)

    @mute_logger("odoo.http")
    def test_by_the_calls_of_the_web_client(self):
        self.authenticate("sally", "sallyxxx")
        for method, (records, values) in self.letters.items():
            with self.subTest(method):
                params = {
                    "model": records._name,
                    "method": method,
                    "args": [records.ids],
                    "kwargs": values,
                }
                answer = self._post_json(
                    "/web/dataset/call_kw",
                    {"params": params},
                    **{"Content-Type": "application/json"},
                )
                self.assertIn(REFUSED, answer["error"]["data"]["message"])
                self.assertNothingLeft()

    @mute_logger("odoo.http")
    def test_by_the_route_of_the_chatter(self):
        self.authenticate("sally", "sallyxxx")
        for kind in ("comment", "notification"):
            with self.subTest(kind):
                data = {
                    "body": "Hello",
                    "partner_ids": self.customer.ids,
                    "message_type": kind,
                    "subtype_xmlid": "mail.mt_comment",
                }
                params = {
                    "thread_model": "res.partner",
                    "thread_id": self.customer.id,
                    "post_data": data,
                }
                answer = self._post_json(
                    "/mail/message/post",
                    {"params": params},
                    **{"Content-Type": "application/json"},
                )
                self.assertIn(REFUSED, answer["error"]["data"]["message"])
                self.assertNothingLeft()

    @mute_logger("odoo.http")
    def test_by_the_dialogs_that_take_a_text(self):
        self.authenticate("sally", "sallyxxx")
        for method, wizard in self._open_dialogs().items():
            with self.subTest(wizard._name):
                params = {
                    "model": wizard._name,
                    "method": method,
                    "args": [wizard.ids],
                    "kwargs": {},
                }
                answer = self._post_json(
                    "/web/dataset/call_button/x",
                    {"params": params},
                    **{"Content-Type": "application/json"},
                )
                self.assertIn(REFUSED, answer["error"]["data"]["message"])
                self.assertNothingLeft()

    def _open_dialogs(self):
        """Return ``{method: dialog}``, each filled in by sally."""
        for group in ("survey.group_survey_user", "base.group_partner_manager"):
            self.sally.group_ids |= self.env.ref(group)
        env = self.env(user=self.sally)
        survey = env["survey.survey"].create({"title": "S", "access_mode": "public"})
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        letter = {"partner_ids": self.customer.ids}
        follow = {"res_model": "crm.lead", "res_ids": repr(self.lead.ids)}
        share = {"res_model": "sale.order", "res_id": self.order.id}
        later = {"model": "crm.lead", "res_id": self.lead.id}
        self.order.user_id = self.sally
        invitation = {"survey_id": survey.id, "subject": "Hello", "body": "Hello"}
        return {
            "edit_followers": env["mail.followers.edit"].create(
                letter | follow | {"notify": True, "message": "Hello"}
            ),
            "action_send_mail": env["portal.share"].create(
                letter | share | {"note": "Hello"}
            ),
            "action_invite": env["survey.invite"].create(letter | invitation),
            "post_message": env["mail.scheduled.message"].create(
                letter
                | later
                | {
                    "body": "Hello",
                    "author_id": self.sally.partner_id.id,
                    "scheduled_date": tomorrow,
                }
            ),
        }

    @mute_logger("odoo.http")
    def test_by_json(self):
        for method, (records, values) in self.letters.items():
            with self.subTest(method):
                answer = self._post_json(
                    f"/json/2/{records._name}/{method}",
                    {"ids": records.ids} | values,
                    **{
                        "Content-Type": "application/json",
                        "Authorization": f"Bearer {self.key}",
                    },
                )
                self.assertIn(REFUSED, answer["message"])
                self.assertNothingLeft()

    @mute_logger("odoo.http")
    def test_by_xml_rpc(self):
        account = (self.env.cr.dbname, self.sally.id, self.key)
        for method, (records, values) in self.letters.items():
            with self.subTest(method):
                with self.assertRaisesRegex(Fault, REFUSED):
                    self.xmlrpc_object.execute_kw(
                        *account, records._name, method, [records.ids], values
                    )
                self.assertNothingLeft()

    def test_a_job_in_a_thread_of_its_own_is_no_call(self):
        """Odoo notes nothing in those threads: mails that jobs write failed there."""
        with ThreadPoolExecutor(1) as threads:
            self.assertIs(threads.submit(is_posting).result(), False)

    def test_what_a_method_of_odoo_sends_arrives(self):
        """Sally confirms an order: the customer is told."""
        quotation = self._create_order(
            self.customer, 10, confirm=False, user_id=self.sally.id
        )
        self.authenticate("sally", "sallyxxx")
        params = {
            "model": "sale.order",
            "method": "action_confirm",
            "args": [quotation.ids],
            "kwargs": {"context": {"send_email": True}},
        }
        answer = self._post_json(
            "/web/dataset/call_kw",
            {"params": params},
            **{"Content-Type": "application/json"},
        )
        self.assertNotIn("error", answer)
        self.assertArrived(EMAIL)
