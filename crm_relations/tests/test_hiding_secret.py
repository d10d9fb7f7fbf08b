from odoo.tests import tagged

from .common.hiding import SECRETS
from .common.secret import SecretCommon

# What a form sends as commands, or not at all.
LISTS = ("one2many", "many2many", "binary", "properties")


@tagged("post_install", "-at_install")
class TestHidingSecret(SecretCommon):
    """No question that a user can ask is answered with a hidden value. The same
    questions find it once the customer is claimed."""

    maxDiff = None

    def test_no_field_of_any_model_tells(self):
        self._release()
        for user in (self.sally, self.sam, self.plain, self.clerk, self.rita):
            with self.subTest(user=user.name):
                self.assertEqual(self._look_everywhere(user), {})
        self._claim()
        found = self._look_everywhere(self.sally)
        told = {secret for _model, _what, secret in found}
        self.assertEqual(told, set(SECRETS), "else this test could not fail")

    def test_no_onchange_and_no_default_tells(self):
        self._release()
        self.assertEqual(self._fill_in_everything(self.sally), {})
        self._claim()
        self.assertTrue(self._fill_in_everything(self.sally))

    def _fill_in_everything(self, user):
        """Open each form and wizard on the customer, and choose it in each field."""
        self.answers, self.found = [], {}
        env = self.env(user=user, context={"lang": "en_US", "tz": "UTC"})
        for name, links in self._get_linked_models(env).items():
            for link in links:
                self._choose(env[name], link)
        for name in sorted(env.registry):
            if env[name]._transient and env[name].has_access("create"):
                self._open_wizard(env[name])
        return self.found

    def _choose(self, model, link):
        names = list(model.fields_get(attributes=["type"]))
        lead = model._fields[link].comodel_name == "crm.lead"
        for record in (self.lead,) if lead else (self.customer, self.person):
            with self._quietly():
                values = {link: record.id}
                answer = model.onchange(values, [link], dict.fromkeys(names, {}))
                self._note(model, f"onchange {link}", answer)

    def _open_wizard(self, model):
        names = list(model._fields)
        for context in self._get_contexts():
            with self._quietly():
                wizard = model.with_context(**context)
                self._note(model, "default_get", wizard.default_get(names))
                answer = wizard.onchange({}, [], dict.fromkeys(names, {}))
                self._note(model, "new", answer)

    def test_no_change_of_a_field_tells(self):
        """Who may not write is told nothing by a form: sally may, in the pool too."""
        self._release()
        records = [self.customer, self.person, self.lead, self.order]
        records += [self.registration, self.meeting]
        self.assertEqual(self._change_everything(records), {})
        self._claim()
        self.assertTrue(self._change_everything([self.lead]))

    def _change_everything(self, records):
        """Change each field in the form of each record from which a text follows, as
        who sees numbers and addresses empty."""
        self.answers, self.found = [], {}
        for record in records:
            record = record.with_user(self.sally).with_context(lang="en_US", tz="UTC")
            kinds = record.fields_get(attributes=["type"])
            texts = [n for n in kinds if kinds[n]["type"] in ("char", "text", "html")]
            others = {record._fields[name] for name in texts}
            for name in kinds:
                field = record._fields[name]
                if field.type not in LISTS and record._has_onchange(field, others):
                    self._change(record, name, texts)
        return self.found

    def _change(self, record, name, texts):
        with self._quietly():
            [values] = record.web_read({name: {}})
            for copy in self.hidden._get_copies():
                if copy.model == record._name:
                    values |= dict.fromkeys((*copy.phone, *copy.email), False)
            answer = record.onchange(values, [name], dict.fromkeys(texts, {}))
            self._note(record, f"change {name}", answer)
        self.env.invalidate_all()

    def test_no_search_group_export_or_name_tells(self):
        self._release()
        self.assertEqual(self._query_everything(self.sally), {})
        self._claim()
        self.assertTrue(self._query_everything(self.sally))

    def _query_everything(self, user):
        """Search by parts of the secrets, group by what may hold them, export them."""
        self.answers, self.found = [], {}
        env = self.env(user=user, context={"lang": "en_US", "tz": "UTC"})
        env.user.sudo().group_ids |= self.env.ref("base.group_allow_export")
        for copy in self.hidden._get_copies():
            if env[copy.model].has_access("read"):
                self._query_model(env[copy.model], [*copy.phone, *copy.email])
        partners = env["res.partner"]
        for secret in SECRETS:
            with self._quietly():
                if partners.name_search(secret):
                    self._note(partners, "name_search", secret)
                if partners.search([("phone_mobile_search", "ilike", secret)]):
                    self._note(partners, "phone_mobile_search", secret)
        with self._quietly():
            orders = env["sale.order"].browse(self.order.ids)
            paths = ["partner_id/phone", "partner_id/email", "partner_invoice_id/phone"]
            self._note(orders, "export", orders.export_data(paths))
        return self.found

    def _query_model(self, model, columns):
        for name in columns:
            with self._quietly():
                groups = model.formatted_read_group([], [name], ["__count"])
                self._note(model, f"group {name}", groups)
            with self._quietly():
                largest = model.formatted_read_group([], [], [f"{name}:max"])
                self._note(model, f"max {name}", largest)
            self._search_parts(model, name)
        with self._quietly():
            rows = model.search([]).export_data([*columns, "display_name"])
            self._note(model, "export", rows)

    def _search_parts(self, model, name):
        for secret in SECRETS:
            with self._quietly():
                if model.search([(name, "ilike", secret)]):
                    self._note(model, f"search {name}", secret)

    def test_no_order_of_rows_tells(self):
        """Whoever sorts by a number, one up and one down, sees which is the greater."""
        for ways, act in ((1, self._release), (2, self._claim)):
            act()
            for name in ("phone", "phone_sanitized", "email", "email_normalized"):
                with self.subTest(name, ways=ways):
                    self.assertEqual(len(self._get_orders(name)), ways)

    def _get_orders(self, name):
        partners = self.env["res.partner"].with_user(self.sally)
        domain = [("id", "in", (self.customer | self.person).ids)]
        return {
            tuple(partners.search(domain, order=f"{name} {way}, id").ids)
            for way in ("asc nulls last", "desc nulls last")
        }

    def test_no_paper_card_or_page_tells(self):
        self._release()
        self.assertEqual(self._print_everything(self.sally), {})
        self._claim()
        self.assertTrue(self._print_everything(self.sally))

    def _print_everything(self, user):
        """Print each report of what leads to the customer, and make its card."""
        self.answers, self.found = [], {}
        env = self.env(user=user, context={"lang": "en_US", "tz": "UTC"})
        records = {
            record._name: record
            for record in (self.customer, self.order, self.registration, self.event)
        }
        reports = env["ir.actions.report"].sudo().search([("model", "in", [*records])])
        for report in reports:
            with self._quietly():
                ids = records[report.model].ids
                pages, _kind = report.with_user(user)._render_qweb_html(
                    report.report_name, ids
                )
                self._note(env[report.model], report.report_name, pages)
        partners = env["res.partner"].browse((self.customer | self.person).ids)
        for partner in partners:
            with self._quietly():
                self._note(partner, "vcard", partner._get_vcard_file())
            contact = env["ir.qweb.field.contact"]
            with self._quietly():
                self._note(partner, "contact", contact.value_to_html(partner, {}))
        for thread in (self.customer, self.person, self.lead, self.order):
            thread = thread.with_user(user)
            with self._quietly():
                proposed = thread._message_get_suggested_recipients()
                self._note(thread, "suggested", proposed)
        return self.found
