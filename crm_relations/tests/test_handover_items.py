from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

# Models that link a user to a customer, and whose records stay where they are when the
# customer is handed over: why.
STAYS = {
    # Who has done, said or seen something, or had the customer then.
    **dict.fromkeys(
        [
            *["account.analytic.line", "account.move", "crm.archive.proposal"],
            *["crm.callback.attempt", "crm.contact.escalation", "crm.followup"],
            *["crm.handover.item", "crm.hidden.showing", "crm.lost.customer"],
            *["crm.ownership.change", "crm.pool.notice", "crm.pool.view"],
            *["crm.archive.change", "crm.duplicate.pair"],
            *["crm.club.level.change", "crm.satisfaction.response"],
            *["crm.satisfaction.score", "crm.referral"],
        ],
        "history",
    ),
    # The room moves or ends them itself, on every change of owner, not only on this.
    **dict.fromkeys(
        [
            *["crm.customer.share", "crm.playbook.run", "crm.pool.seat"],
            *["crm.pool.stay", "crm.not.now", "crm.pool.aside", "res.partner"],
            "crm.account.team.member",
        ],
        "follows the owner",
    ),
    "sale.order.line": "computed from its order",
    "crm.favour": "whoever has done or received it",
    "crm.gift": "whoever hands it over",
    "crm.concession": "whoever has granted it",
    "crm.event.guest": "who has invited it",
    "crm.club.membership": "who has set its level by hand",
    "crm.server.answer": "with whose rights a server action ran",
    "crm.complaint": "who answers for it changes by a hand-over that is accepted",
    "crm.callback": "agents of the telephone, whoever the salesperson is",
    "crm.reception": "whoever receives a visitor at this moment",
    "calendar.event": "whoever has invited; the others have it in their calendars",
    "calendar.filters": "whose calendars somebody looks at",
    "crm.archive.upkeep": "its custodian, whom the rules name",
    "crm.archive.loan": "who has asked to read what is confidential",
    "crm.confidential.access": "who has opened what is confidential",
    "crm.card.scan": "who has taken the picture",
    "crm.key.account.nomination": "who has nominated it",
    "crm.account.plan": "who manages the account, named by a leader",
    "event.event": "organized by a partner, not for a customer",
}


@tagged("post_install", "-at_install")
class TestHandoverItems(TransactionCase):
    """FU-9: whatever a salesperson keeps for a customer moves along, or is meant to
    stay."""

    def _get_items(self):
        return self.env["crm.handover.mixin"]._get_handover_models()

    def _get_modules(self):
        """Return the names of our addons and of those that they need."""
        modules = self.env["ir.module.module"].search(
            [("name", "=like", r"crm\_relations%"), ("state", "=", "installed")]
        )
        needed = modules.upstream_dependencies(exclude_states=("uninstalled",))
        return {"base", *(modules | needed).mapped("name")}

    def _links_user_and_customer(self, model):
        links = {
            field.comodel_name
            for field in model._fields.values()
            if field.type == "many2one"
            and field.store
            and field.name not in ("create_uid", "write_uid")
        }
        points_anywhere = {"res_model", "res_id"} <= set(model._fields)
        return "res.users" in links and ("res.partner" in links or points_anywhere)

    def test_every_model_moves_along_or_stays_for_a_reason(self):
        modules = self._get_modules()
        found = {
            name
            for name, cls in self.env.registry.items()
            if cls._auto
            and not cls._abstract
            and not cls._transient
            and cls._original_module in modules
            and self._links_user_and_customer(self.env[name])
        }
        items = {model._name for model in self._get_items()}
        self.assertEqual(found - items, set(STAYS))
        self.assertFalse(items & set(STAYS))

    def test_every_kind_has_a_name_and_a_tick_in_the_wizard(self):
        items = self._get_items()
        kinds = [model._handover_kind for model in items]
        self.assertEqual(len(set(kinds)), len(items))
        self.assertEqual(kinds, ["opportunity", "quotation", "activity", "care"])
        arch = self.env["crm.handover.wizard"].get_view(view_type="form")["arch"]
        for model in items:
            self.assertTrue(model._get_handover_label(), model._name)
            self.assertIn(f'name="{model._handover_choice}"', arch)
            self.assertEqual(model._fields["user_id"].comodel_name, "res.users")

    def test_a_tick_chooses_its_kinds_only(self):
        nobody = SQL("SELECT 0 AS id, 0 AS owner_id")
        mixin = self.env["crm.handover.mixin"]
        for choices in (None, set(), {"take_activities"}, {"take_quotations"}):
            statement = mixin._get_handover_sql(nobody, choices)
            self.assertEqual(self.env.execute_query(statement), [])
            for model in self._get_items():
                chosen = choices is None or model._handover_choice in choices
                told = f"of_{model._handover_kind}" in statement.code
                self.assertEqual(told, chosen, (model._name, choices))
