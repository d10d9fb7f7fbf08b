import logging
from contextlib import contextmanager

from odoo import fields
from odoo.fields import Command

from .hiding import (
    EMAIL,
    PERSON_EMAIL,
    PERSON_PHONE,
    PHONE,
    SECRETS,
    HidingCommon,
)

GREETING = "Hello"
MOST = 300  # records of a model that are read


class SecretCommon(HidingCommon):
    """Everything in the database that could carry the secrets of Acme, and somebody
    who looks into all of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.broken = {}  # by model: fields of which a read has failed
        cls.env["ir.config_parameter"].sudo().set_param("calendar.block_mail", True)
        cls.plain = cls._create_user("plain", "group_user")
        cls.clerk = cls.env["res.users"].create(
            {"name": "Clerk", "login": "clerk", "group_ids": [Command.clear()]}
        )
        cls.clerk.group_ids = cls.env.ref("base.group_user")
        cls._create_documents()
        cls._create_events()
        cls._create_archive()
        cls._create_messages()
        cls.env.flush_all()

    @classmethod
    def _create_documents(cls):
        cls.order = cls._create_order(cls.customer, 100)
        cls.order.partner_invoice_id = cls.person
        cls._create_followup(cls.customer, call_number="+8613859072634")
        cls.env["crm.callback"].create(
            {
                "partner_id": cls.customer.id,
                "purpose": "Ring",
                "due_at": fields.Datetime.now(),
                "deadline_at": fields.Datetime.add(fields.Datetime.now(), days=1),
            }
        )
        cls.lead.user_id = cls.sally

    @classmethod
    def _create_events(cls):
        cls.event = cls.env["event.event"].create(
            {
                "name": "Fair",
                "date_begin": fields.Datetime.now(),
                "date_end": fields.Datetime.add(fields.Datetime.now(), days=1),
            }
        )
        cls.registration = cls.env["event.registration"].create(
            {"event_id": cls.event.id, "partner_id": cls.person.id}
        )
        cls.meeting = cls.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": fields.Datetime.now(),
                "stop": fields.Datetime.now(),
                "partner_ids": [Command.set([cls.customer.id, cls.person.id])],
            }
        )
        # Odoo writes the contact's number there: it stays, as other notes.
        cls.meeting.description = "Visit"

    @classmethod
    def _create_archive(cls):
        """What is to change and what has changed."""
        cls.env["crm.archive.proposal"].create(
            {
                "partner_id": cls.person.id,
                "field_name": "phone",
                "new_value": "59072634",
            }
        )
        cls.env["crm.archive.change"].create(
            {
                "customer_id": cls.customer.id,
                "partner_id": cls.person.id,
                "field_key": "phone",
                "old_value": PERSON_PHONE,
                "new_value": PHONE,
                "user_id": cls.sally.id,
                "source": "form",
            }
        )

    @classmethod
    def _create_messages(cls):
        """What has been written and sent before: senders, numbers, tracked values."""
        customer = cls.customer.with_context(tracking_disable=False)
        cls.told = customer.message_post(
            body=GREETING,
            author_id=cls.person.id,
            email_from=f'"Bob" <{PERSON_EMAIL}>',
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        sms = cls.env["sms.sms"].create(
            {
                "number": "+8613859072634",
                "partner_id": cls.customer.id,
                "body": "Hello",
                "mail_message_id": cls.told.id,
            }
        )
        cls.env["crm.sms.log"].create(
            {
                "number": sms.number,
                "partner_id": cls.customer.id,
                "body": "Hello",
                "company_id": cls.company.id,
            }
        )
        cls.env["mail.notification"].create(
            {
                "mail_message_id": cls.told.id,
                "res_partner_id": cls.customer.id,
                "notification_type": "sms",
                "sms_number": sms.number,
                "failure_reason": f"550 <{EMAIL}>: unknown",
            }
        )
        cls._create_tracking_value()
        cls.customer.message_subscribe(cls.person.ids)

    @classmethod
    def _create_tracking_value(cls):
        field = cls.env["ir.model.fields"]._get("res.partner", "phone")
        cls.env["mail.tracking.value"].create(
            {
                "mail_message_id": cls.told.id,
                "field_id": field.id,
                "old_value_char": PERSON_PHONE,
                "new_value_char": PHONE,
            }
        )

    @contextmanager
    def _quietly(self):
        """What a user may not do is refused: that tells nothing."""
        with self._unlogged():
            try:
                with self.cr.savepoint():
                    yield
            except Exception as error:  # noqa: BLE001, any refusal is an answer
                self.answers.append(str(error))

    @contextmanager
    def _unlogged(self):
        """Once around many: each time it makes all loggers forget their levels."""
        before = logging.root.manager.disable
        if before < logging.CRITICAL:
            logging.disable(logging.CRITICAL)
        try:
            yield
        finally:
            if before < logging.CRITICAL:
                logging.disable(before)

    def _look_everywhere(self, user):
        """Return the answers that hold a secret, of all that ``user`` can ask."""
        self.answers, self.found = [], {}
        env = self.env(user=user, context={"lang": "en_US", "tz": "UTC"})
        for name in sorted(env.registry):
            model = env[name]
            if model._abstract or not model.has_access("read"):
                continue
            with self._unlogged():
                self._read_model(model)
            self.env.invalidate_all()
        return self.found

    def _read_model(self, model):
        records = model.browse()
        with self._quietly():
            active = model.with_context(active_test=False)
            # Scripts that browsers load hold any row of digits.
            code = [("url", "=like", "/web/assets/%")]
            said = ["!", *code] if model._name == "ir.attachment" else []
            records = active.search(said, limit=MOST, order="id desc")
        names = []
        with self._quietly():
            names = list(model.fields_get(attributes=["type"]))
        if not records or not names:
            return
        broken = self.broken.setdefault(model._name, set())
        for name in broken.intersection(names):
            self._read_fields(records, [name])
        self._read_fields(records, [name for name in names if name not in broken])
        with self._quietly():
            shown = records.with_context(show_email=True, formatted_display_name=True)
            self._note(model, "display_name", shown.read(["display_name"]))

    def _read_fields(self, records, names):
        """Read at once; where some field breaks, each half for itself. Who asks next
        starts with the fields that broke."""
        before = len(self.answers)
        with self._quietly():
            what = names[0] if len(names) == 1 else "read"
            self._note(records, what, records.read(names))
        if len(self.answers) == before:
            return
        if len(names) > 1:
            half = len(names) // 2
            self._read_fields(records, names[:half])
            self._read_fields(records, names[half:])
        else:
            self.broken[records._name].update(names)

    def _note(self, model, what, answer):
        text = repr(answer)
        for secret in SECRETS:
            if secret in text:
                place = text.index(secret)
                self.found[model._name, what, secret] = text[place - 120 : place + 40]

    def _get_linked_models(self, env):
        """Return ``{model: names of its fields that lead to contacts}``."""
        linked = {}
        for name in sorted(env.registry):
            model = env[name]
            links = [
                field.name
                for field in model._fields.values()
                if field.comodel_name in ("res.partner", "crm.lead")
                and field.type == "many2one"
            ]
            if links and not model._abstract and model.has_access("read"):
                linked[name] = links
        return linked

    def _get_contexts(self):
        for record in (self.customer, self.person, self.lead, self.order):
            yield {
                "active_model": record._name,
                "active_id": record.id,
                "active_ids": record.ids,
                "default_model": record._name,
                "default_res_model": record._name,
                "default_res_id": record.id,
                "default_res_ids": repr(record.ids),
            }
