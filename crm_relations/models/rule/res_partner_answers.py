from odoo import api, models
from odoo.tools import SQL, frozendict, ormcache

from ...tools.suite import SUITE

# Whose fields make the archive of a customer. What other apps add is theirs.
ARCHIVE = frozenset(("base", "mail", "phone_validation", *SUITE))
# Fields of Odoo's that are no part of it.
ODOO = {
    "user_id": "owner",
    **dict.fromkeys(("parent_id", "is_company", "company_id"), "place"),
    "active": "hidden",
    **dict.fromkeys(("commercial_partner_id", "partner_share"), "decided"),
    **dict.fromkeys(("customer_rank", "supplier_rank", "message_bounce"), "odoo"),
    **dict.fromkeys(("channel_ids", "meeting_ids", "signup_type"), "odoo"),
    "calendar_last_notif_ack": "odoo",
    # Odoo keeps what is written into these to itself.
    **dict.fromkeys(("id", "create_uid", "create_date"), "odoo"),
    **dict.fromkeys(("write_uid", "write_date"), "odoo"),
}


class ResPartner(models.Model):
    """Who may write a field on whose customer: each field has one answer.

    ========= =============================================================
    decided   nobody by hand
    owner     it says whose customer it is: who may give it away
    place     to whom a contact belongs, by whose rules a customer is judged
    hidden    whether it is shown at all
    archive   what is known of the customer
    app       what another app keeps of it: as Odoo gives, but in a pool
    odoo      as Odoo gives
    lines     as the model of the lines gives
    elsewhere not stored: what it writes has an answer of its own
    ========= =============================================================

    A field of ours says it by its attribute ``written_by``. Without one a field that is
    stored belongs to the archive: what nobody has thought of is closed, not open.
    """

    _inherit = "res.partner"

    def _valid_field_parameter(self, field, name):
        return name == "written_by" or super()._valid_field_parameter(field, name)

    @api.model
    @ormcache(cache="stable")
    def _get_answers(self):
        """Return ``{field name: answer}`` for all fields."""
        return frozendict(
            {name: self._get_answer(field) for name, field in self._fields.items()}
        )

    @api.model
    @ormcache(cache="stable")
    def _get_decided_fields(self):
        """Return the names of the fields that only the machine writes."""
        answers = self._get_answers().items()
        return frozenset(name for name, answer in answers if answer == "decided")

    @api.model
    def _get_owned_sql(self, alias):
        """Return the SQL condition that the company that judges the customer ``alias``
        regulates who has it."""
        companies = self.env["res.company"]
        regulated = companies._get_ids_with_owned_customers()
        # Where all do, or none, nothing is left to be estimated: the planner takes
        # the condition for one that few rows meet.
        if regulated.issuperset(companies._get_all_for_relations().ids):
            return SQL("TRUE")
        if not regulated:
            return SQL("FALSE")
        company = self._get_relation_company_sql(alias)
        return SQL("%s = ANY(%s)", company, sorted(regulated))

    @api.model
    def _get_answer(self, field):
        declared = getattr(field, "written_by", None) or ODOO.get(field.name)
        if declared:
            return declared
        if not field.store:
            return "elsewhere"
        if field.type == "one2many":
            return "lines"
        return "archive" if field._modules and field._modules[0] in ARCHIVE else "app"
