import contextlib

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common.roles import EveryRoleCase

SUITE = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")


@tagged("post_install", "-at_install")
class TestEveryModel(EveryRoleCase):
    """PL-1: whoever may create something gets an empty form, or an answer in words.

    As Odoo's own test does for the superuser and with the data of the installation;
    here also wizards, as each role, and where a company has archived what we brought.
    """

    def test_a_new_record_opens_as_each_role(self):
        self._open_new_records()

    def test_a_new_record_opens_where_all_configuration_is_archived(self):
        for name, model in self.env.registry.items():
            if model._original_module in SUITE and model._auto and not model._transient:
                if not model._abstract and "active" in model._fields:
                    self._archive(name)
        self.env.invalidate_all()
        self._open_new_records()

    def _archive(self, name):
        # By SQL: what forbids to archive one of them is not the matter here.
        self.env.flush_all()
        self.env.cr.execute(f'UPDATE "{self.env[name]._table}" SET active = FALSE')

    def _open_new_records(self):
        for name, model in self.env.registry.items():
            ours = model._original_module in SUITE and model._auto
            if not ours or model._abstract:
                continue
            for role, user in self.users.items():
                records = self.env[name].with_user(user)
                if records.has_access("create") and self._has_form(records):
                    self._open_new_record(records, role)

    def _open_new_record(self, records, role):
        with self.subTest(model=records._name, role=role):
            with contextlib.suppress(UserError):
                Form(records)

    def _has_form(self, records):
        views = self.env["ir.ui.view"]
        view = views.browse(views.default_view(records._name, "form"))
        if not view.arch:
            return False
        return etree.fromstring(view.arch).get("create") not in ("0", "false")
