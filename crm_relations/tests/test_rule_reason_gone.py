from odoo.tests import TransactionCase, tagged

GONE = 2**30
# What the sentences of a code ask for besides what they name.
FACTS = {
    "club_level": {"why": "reached"},
    "key_account": {"figures": [1], "points": [2]},
    "account_ladder": {"figures": [1], "needed": [1], "most": [None]},
}


class Facts(dict):
    """Facts of a code whose records have all been deleted since."""

    def __init__(self, links, **facts):
        super().__init__(**facts)
        self.links = links

    def get(self, key, default=None):
        if key in self.links:
            return [GONE]
        return super().get(key, 0 if default is None else default)

    def __missing__(self, key):
        return self.get(key)


@tagged("post_install", "-at_install")
class TestRuleReasonGone(TransactionCase):
    """What a reason names may be deleted: of all rooms, it names nothing then."""

    def test_no_sentence_names_what_is_gone(self):
        reason = self.env["crm.reason"]
        links = {key.rpartition("/")[::2] for key in reason._get_fact_links()}
        told = []
        for name in dir(reason):
            kind, _, code = name.removeprefix("_").partition("_")
            if kind in ("sentence", "brief", "figures") and code:
                own = {key for of, key in links if of in ("", code)}
                facts = Facts(own, code=code, **FACTS.get(code, {}))
                words = str(getattr(reason, name)(facts))
                with self.subTest(name):
                    self.assertNotIn("False", words)
                told.append(code)
        self.assertIn("account_ladder_left", told)
        self.assertGreater(len(told), 60)

    def test_an_activity_that_is_gone_is_called_as_it_was(self):
        reason = self.env["crm.reason"]
        facts = {"code": "care_activity", "activity": GONE, "name": "Wine Tasting"}
        self.assertEqual(reason._get_sentence(facts), "Invitation: Wine Tasting")
