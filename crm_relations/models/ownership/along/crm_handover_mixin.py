from odoo import api, models
from odoo.tools import SQL


class CrmHandoverMixin(models.AbstractModel):
    """What a salesperson does for a customer, and what moves with it to the next one.

    A model joins by inheriting this: it names itself, says what of it is still open and
    how it is found. Its records belong to their ``user_id``; where they have a
    ``team_id``, the team follows.
    """

    _name = "crm.handover.mixin"
    _description = "Moves along with a customer"

    # Key of the kind in the ledger, and the tick of the wizard that takes it along.
    _handover_kind = ""
    _handover_choice = ""
    _handover_sequence = 100
    # Whether its records hang on others that move along, and so come after them.
    _handover_hangs = False
    # Whether what belongs to a company is open to its branches too, as customers are;
    # Odoo's documents are not.
    _handover_in_branches = False

    @api.model
    def _get_handover_label(self):
        """Return what people call one of these."""
        raise NotImplementedError

    @api.model
    def _get_handover_open_sql(self):
        """Return the SQL condition on ``item`` that it is still open."""
        raise NotImplementedError

    @api.model
    def _get_handover_rows_sql(self):
        """Return the SELECT of customer_id, res_id, name, detail, from_user_id,
        company_id, team_id of what the owners of ``customer`` (id, owner_id) have open;
        what hangs on others finds them in ``along`` (customer_id, res_model, res_id).
        """
        raise NotImplementedError

    def _items_given(self):
        """Hook: these records have got another ``user_id`` by SQL."""

    def _items_closed(self):
        """Hook: these records have been closed by SQL, since nobody owns their customer
        any more."""

    def _items_reopened(self):
        """Hook: the opposite, by an undo."""

    @api.model
    def _get_handover_models(self):
        """Return an empty recordset of each model that moves along, in their order."""
        names = self.env.registry.descendants(["crm.handover.mixin"], "_inherit")
        items = [self.env[name] for name in names if not self.env[name]._abstract]
        return sorted(items, key=lambda model: (model._handover_sequence, model._name))

    @api.model
    def _get_handover_labels(self):
        """Return ``{kind: what people call one of these}``."""
        return {
            model._handover_kind: model._get_handover_label()
            for model in self._get_handover_models()
        }

    @api.model
    def _get_handover_sql(self, customers, choices=None):
        """Return the SELECT of all items of the chosen kinds.

        :param customers: SELECT of id and owner_id
        :param choices: the ticks of the wizard; what is not ticked stays; None: all
        :return: SELECT of customer_id, kind, res_model, res_id, name, detail,
            from_user_id, company_id, team_id
        """
        chosen = [
            model
            for model in self._get_handover_models()
            if choices is None or model._handover_choice in choices
        ]
        along = [model for model in chosen if not model._handover_hangs]
        hanging = [model for model in chosen if model._handover_hangs]
        nothing = SQL(
            "SELECT customer.id AS customer_id, NULL::text AS kind, NULL::text AS "
            "res_model, NULL::int AS res_id, NULL::text AS name, NULL::text AS "
            "detail, NULL::int AS from_user_id, NULL::int AS company_id, "
            "NULL::int AS team_id FROM customer WHERE FALSE"
        )
        union = SQL(" UNION ALL ")
        return SQL(
            """
            WITH customer AS MATERIALIZED (%(customers)s),
                 along AS MATERIALIZED (%(along)s)
            %(every)s
            """,
            customers=customers,
            along=union.join([*(m._get_tagged_sql() for m in along), nothing]),
            every=union.join(
                [SQL("SELECT * FROM along"), *(m._get_tagged_sql() for m in hanging)]
            ),
        )

    @api.model
    def _get_tagged_sql(self):
        return SQL(
            """
            SELECT customer_id, %(kind)s AS kind, %(model)s AS res_model, res_id, name,
                   detail, from_user_id, company_id, team_id
              FROM (%(rows)s) AS %(alias)s
            """,
            kind=self._handover_kind,
            model=self._name,
            rows=self._get_handover_rows_sql(),
            alias=SQL.identifier(f"of_{self._handover_kind}"),
        )
