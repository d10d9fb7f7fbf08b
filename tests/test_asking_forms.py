"""A dialog asks; it does not find fault before anything was typed."""

from inspect import getsource

from lxml import etree

from odoo.tests import TransactionCase, tagged

OURS = "odoo.addons.crm_relations"
MADE_BEFORE = "return wizard._reopen()"


def _is_made_before(model):
    """Return whether a dialog of this model opens with a record that is there."""
    classes = [one for one in type(model).mro() if one.__module__.startswith(OURS)]
    return any(MADE_BEFORE in getsource(one) for one in classes)


@tagged("post_install", "-at_install")
class TestAskingForms(TransactionCase):
    def test_a_record_made_before_is_not_red_as_it_opens(self):
        """The client marks what is missing in each record that is there already."""
        red = set()
        for name, model in self.env.items():
            if not (model.is_transient() and _is_made_before(model)):
                continue
            form = etree.fromstring(model.get_view(view_type="form")["arch"])
            asked = [
                node.get("name") for node in form.iter("field") if node.get("required")
            ]
            if asked and form.get("js_class") != "crm_asking_form":
                red.add((name, *asked))
        self.assertFalse(red)
