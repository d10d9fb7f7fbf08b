import io
import logging
import re
import threading
import zipfile
from contextlib import contextmanager
from html import unescape
from inspect import signature
from urllib.parse import quote, unquote

from odoo import http
from odoo.tests import HttpCase, tagged

from .common.asking import AskingCommon
from .common.hiding import SECRETS

# What would end the session or the database, never answers, or asks the internet; and
# pictures in all sizes.
LEFT_OUT = re.compile(
    r"/web/(database|assets|static|health)|/websocket|/bus/|/logout|/destroy"
    r"|/web_unsplash|/html_editor|/autocomplete|/fonts|.*<int:(width|height)>"
)
PART = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
UNNAMED = {"self", "kwargs", "kw", "post"}
# Parameters that may be of any model, and the beginnings of those that tell of which.
ANY = {
    *("id", "ids", "res_id", "thread_id", "docids", "model", "res_model", "record_id"),
    *("thread_model", "data", "args", "request_list", "fetch_params", "resIds"),
}
ABOUT = {
    "order": ["sale.order"],
    "invoice": ["account.move"],
    "partner": ["res.partner"],
    "lead": ["crm.lead"],
    "event": ["event.event", "calendar.event"],
    "registration": ["event.registration"],
    "message": ["mail.message"],
    "attendee": ["calendar.event"],
}


class Listener(logging.Handler):
    """Keeps what the server writes down, tracebacks as well; nobody else hears it: of
    questions made up like these, many fail."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))

    def __enter__(self):
        logger = logging.getLogger("odoo")
        logger.addHandler(self)
        logger.propagate = False
        return self

    def __exit__(self, *_error):
        logger = logging.getLogger("odoo")
        logger.removeHandler(self)
        logger.propagate = True


@tagged("post_install", "-at_install")
class TestHidingRoutes(AskingCommon, HttpCase):
    """Each address that the server answers, asked for what is hidden: by a colleague,
    by a stranger with a login, by anybody, with the tokens of the customer's papers."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.env["res.users"].create(
            {
                "name": "Stranger",
                "login": "stranger",
                "group_ids": cls.env.ref("base.group_portal").ids,
            }
        )

    def test_no_address_of_the_server_tells(self):
        self._release()
        for user in (self.sally, self.stranger, None):
            with self.subTest(user=user and user.name):
                self.assertEqual(self._ask_everywhere(user), {})
                self.assertGreater(self.asked, 300)
        self._claim()
        found = self._ask_everywhere(
            self.sally, ("/my/orders", "/web/export", "/report")
        )
        self.assertTrue(found, "else this test could not fail")

    def _ask_everywhere(self, user, only=""):
        """Return the answers, and lines of the log, that hold a secret."""
        self.found, self.asked = {}, 0
        self.authenticate(user and user.login, user and user.login)
        self.opener.trust_env = False  # else it looks for proxies each time
        # Odoo looks there for the routes.
        threading.current_thread().dbname = self.cr.dbname
        with Listener() as listener:
            for rule in self.env["ir.http"].routing_map().iter_rules():
                if rule.rule.startswith(only) and not LEFT_OUT.match(rule.rule):
                    self._ask_rule(rule)
        self._note_text("the log", "\n".join(listener.lines))
        return self.found

    def _ask_rule(self, rule):
        for subject in self._get_subjects(rule):
            parts = self._get_parts(rule, subject)
            if parts is None:
                continue
            url = PART.sub(lambda part, known=parts: quote(known[part[1]]), rule.rule)
            values = self._get_parameters(rule, subject)
            self._ask(url, **self._get_options(rule.endpoint.routing, values))

    def _get_options(self, routing, values):
        """Return how values are sent to a route of this kind."""
        if routing["type"] == "jsonrpc":
            return {"json": {"jsonrpc": "2.0", "params": values}}
        if routing["type"] == "json2":
            return {"json": values}
        if "GET" in (routing.get("methods") or ["GET"]):
            return {"params": values}
        return {"data": {**values, "csrf_token": http.Request.csrf_token(self)}}

    def _ask(self, url, **options):
        self.asked += 1
        options["method"] = "GET" if "params" in options else "POST"
        with self._undone():
            answer = self.url_open(url, timeout=60, **options)
        self._note_text(url, self._get_text(answer))

    @contextmanager
    def _undone(self):
        self.env.flush_all()
        self.cr.execute("SAVEPOINT asked")
        try:
            yield
        finally:
            self.cr.execute("ROLLBACK TO SAVEPOINT asked")
            self.env.invalidate_all()

    def _get_text(self, answer):
        content = answer.content
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                content = b"\n".join(packed.read(name) for name in packed.namelist())
        return f"{answer.headers}\n{content.decode('utf-8', errors='replace')}"

    def _note_text(self, place, text):
        text = unescape(unquote(text)).replace("\xa0", " ").replace("\\u00a0", " ")
        for secret in SECRETS:
            if secret in text:
                at = text.index(secret)
                self.found[place, secret] = text[max(0, at - 120) : at + 40]

    def _get_subjects(self, rule):
        """Return whom to ask for: those of the model that a part of the address, or a
        parameter, is about; all where it may be any; one where it names none."""
        names = {*rule.arguments, *signature(rule.endpoint).parameters} - UNNAMED
        about = {
            subject
            for name in names
            for word, models in ABOUT.items()
            for subject in self.subjects
            if name.startswith(word) and subject._name in models
        }
        if about:
            return about
        return self.subjects if names & ANY else self.subjects[:1]

    def _get_parts(self, rule, subject):
        """Return the parts of an address; None where it is about another model."""
        parts = {}
        for name in rule.arguments:
            converter = rule._converters[name]
            model = getattr(converter, "model", None)
            if model and model != subject._name:
                return None
            is_number = model or type(converter).__name__ == "IntegerConverter"
            parts[name] = str(
                subject.id if is_number else self._get_value(name, subject)
            )
        return parts

    def _get_parameters(self, rule, subject):
        names = set(signature(rule.endpoint).parameters) - UNNAMED - rule.arguments
        if "reportname" not in rule.arguments:  # there it would be data of the report
            names |= {"access_token", "model", "res_model", "res_id", "id", "token"}
        values = {name: self._get_value(name, subject) for name in names}
        return {name: value for name, value in values.items() if value is not None}
