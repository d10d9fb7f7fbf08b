from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

EVENTS = [
    ("order_confirmed", "Order confirmed"),
    ("delivery_planned", "Delivery planned"),
    ("delivered", "Delivered"),
    ("first_delivery", "First delivery to the customer"),
    ("visit_left", "Visit ended (check-out)"),
    ("membership_end", "Membership card expires"),
]


class CrmCareRule(models.Model):
    """Events: something with a date and a way to a customer.

    The span of dates that can be due leads by an index to the rows. An event is the
    same one when its date changes, so that its task moves along.
    """

    _inherit = "crm.care.rule"

    trigger = fields.Selection(
        selection_add=EVENTS,
        ondelete={code: "cascade" for code, _label in EVENTS},
    )

    def _get_event_sources(self):
        """Hook: return ``{trigger: source}``; a source tells ``model``, ``date`` (a
        stored field of it), ``path`` to a partner (dotted) and ``domain``. With
        ``first`` only the first event of each customer counts; with ``renews`` another
        date is another occasion, not the same one moved."""
        purchases = self.env["sale.order"]._get_purchase_domain()
        order = {"model": "sale.order", "path": "partner_id", "domain": purchases}
        # Where goods are moved the day on which they left, else the day promised.
        moved = "effective_date" in self.env["sale.order"]._fields
        delivered = "effective_date" if moved else "commitment_date"
        return {
            "order_confirmed": {**order, "date": "date_order"},
            "delivery_planned": {**order, "date": "commitment_date"},
            "delivered": {**order, "date": delivered},
            "first_delivery": {**order, "date": delivered, "first": True},
            "visit_left": {
                "model": "crm.followup",
                "path": "partner_id",
                "date": "check_out_at",
                "domain": [],
            },
            "membership_end": {
                "model": "loyalty.card",
                "path": "partner_id",
                "date": "expiration_date",
                "domain": [],
                "renews": True,
            },
        }

    def _get_event_source(self):
        self.ensure_one()
        return self._get_event_sources().get(self.trigger)

    def _is_event_rule(self):
        return bool(self._get_event_source()) or super()._is_event_rule()

    def _get_source_model(self):
        source = self._get_event_source()
        return source["model"] if source else super()._get_source_model()

    def _get_candidates(self, first, last):
        source = self._get_event_source()
        if source:
            return self._get_events_sql(source, first, last)
        return super()._get_candidates(first, last)

    def _get_event_domain(self, source):
        """Hook: return which rows of the source are meant, whatever their date."""
        domain = Domain(source["domain"])
        if self.company_id and "company_id" in self.env[source["model"]]._fields:
            domain &= Domain("company_id", "in", [False, self.company_id.id])
        return domain

    def _get_events_sql(self, source, first, last):
        self.env["res.partner"].flush_model(["commercial_partner_id", "type"])
        return SQL(
            """
            SELECT customer_id, person_id, source_id, day, moment,
                   %(occasion)s AS occasion,
                   jsonb_build_object('code', 'care_event', 'trigger', %(trigger)s,
                       'model', %(model)s, 'id', source_id, 'field', %(field)s,
                       'moment', moment) AS facts
              FROM (SELECT contact.commercial_partner_id AS customer_id,
                           CASE WHEN contact.id <> contact.commercial_partner_id
                                 AND contact.type = 'contact'
                                THEN contact.id END AS person_id,
                           event.id AS source_id, event.day, event.moment
                      FROM (%(events)s) AS event
                      JOIN res_partner AS contact ON contact.id = event.partner_id)
                   AS happened
             WHERE %(condition)s
            """,
            occasion=self._get_event_key_sql(source),
            trigger=self.trigger,
            model=source["model"],
            field=source["date"],
            events=self._get_event_rows_sql(source, first, last),
            condition=self._get_first_sql(source),
        )

    def _get_event_rows_sql(self, source, first, last):
        """Return a SELECT of id, partner_id and day or moment of the rows of the source
        in this span."""
        # Superuser: what is an occasion is a matter of the rule, not of its reader.
        model = self.env[source["model"]].sudo()
        field = model._fields[source["date"]]
        is_day = field.type == "date"
        span = (first.date(), last.date()) if is_day else (first, last)
        domain = self._get_event_domain(source)
        domain &= Domain(field.name, ">=", span[0]) & Domain(field.name, "<=", span[1])
        ways = self.env["crm.customer.way"]
        return ways._get_rows_sql(model, source["date"], source["path"], domain)

    def _get_event_key_sql(self, source):
        if source.get("first"):
            return SQL("%s", self.trigger)
        if source.get("renews"):
            return SQL(
                "%s || source_id || '-' || COALESCE(day, moment::date)",
                source["model"] + "-",
            )
        return SQL("%s || source_id", source["model"] + "-")

    def _get_first_sql(self, source):
        """Return the condition that no order of the customer was delivered before."""
        if not source.get("first"):
            return SQL("TRUE")
        return SQL(
            """NOT EXISTS (
                   SELECT FROM res_partner AS other
                     JOIN sale_order AS earlier ON earlier.partner_id = other.id
                    WHERE other.commercial_partner_id = happened.customer_id
                      AND %(purchase)s
                      AND (earlier.%(date)s, earlier.id)
                        < (happened.moment, happened.source_id))""",
            purchase=self.env["sale.order"]._get_purchase_sql("earlier"),
            date=SQL.identifier(source["date"]),
        )
