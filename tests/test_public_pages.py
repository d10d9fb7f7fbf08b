"""Pages for those without an account: whatever somebody types into an address, he gets
a page, never an error of the server."""

import threading
from urllib.parse import quote

from werkzeug.routing.converters import NumberConverter

from odoo.tests import HttpCase, tagged

# Without NUL: Odoo fails at any address with one, it looks for attachments there.
TEXTS = ("nothing", "\ud7ff", "é'\"\\", "%", "x" * 3000, "-1", "١٢٣")
NUMBERS = ("0", "1", str(2**31), str(2**63), "9" * 60)
OPEN = {"public", "none"}


@tagged("post_install", "-at_install")
class TestPublicPages(HttpCase):
    def test_no_address_makes_the_server_fail(self):
        self.opener.trust_env = False  # else it looks for proxies each time
        rules = self._get_rules()
        self.assertGreater(len(rules), 5)
        for rule in rules:
            for address in self._get_addresses(rule):
                with self.subTest(rule=rule.rule, address=address[:60]):
                    answer = self.url_open(address, allow_redirects=False, timeout=60)
                    self.assertLess(answer.status_code, 500)

    def _get_rules(self):
        """Return the addresses of the suite that anybody may call."""
        # Odoo looks there for the routes.
        threading.current_thread().dbname = self.cr.dbname
        return [
            rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if ".crm_relations" in rule.endpoint.func.__module__
            and rule.endpoint.routing["auth"] in OPEN
            and (not rule.methods or "GET" in rule.methods)
        ]

    def _get_addresses(self, rule):
        """Give addresses in which one part after the other holds nonsense."""
        plain = {
            name: 77_000 + number if self._is_number(rule, name) else f"part{number}"
            for number, name in enumerate(rule._converters)
        }
        _domain, path = rule.build(plain)
        for name, value in plain.items():
            for nonsense in NUMBERS if self._is_number(rule, name) else TEXTS:
                yield path.replace(f"/{value}", "/" + quote(nonsense, safe=""), 1)

    def _is_number(self, rule, name):
        return isinstance(rule._converters[name], NumberConverter)
