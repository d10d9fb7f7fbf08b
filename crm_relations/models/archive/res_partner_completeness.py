from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .crm_archive_requirement import SECTIONS

RATE_FIELDS = [f"archive_{section}_rate" for section, _label in SECTIONS] + [
    "archive_rate"
]
# What the sections hold besides the plain fields that a requirement may name.
WATCHED_FIELDS = [
    *[
        "is_managed_customer",
        "nature_id",
        "name",
        "phone",
        "email",
        "website",
        "street",
    ],
    *["city", "state_id", "country_id", "vat", "industry_id", "user_id", "ref"],
    *["organisation_form", "founded_on", "relation_since", "assets_amount"],
    *["company_size", "proprietor_id", "manager_person_id", "legal_representative_id"],
    *["growth_potential", "service_areas", "sales_capacity", "business_philosophy"],
    *["business_direction", "business_policy", "business_scale", "operating_features"],
    *["manager_quality", "staff_quality", "relationship_rating"],
    *["cooperation_attitude", "competitor_ids", "transaction_problems"],
    *["advantages_kept", "countermeasures", "company_image", "reputation"],
    *["credit_standing", "credit_incident_ids", "trading_conditions", "category_id"],
    *["child_ids", "active"],
]


def _define_section_rate(label):
    return fields.Integer(
        string=label,
        compute="_compute_archive_rates",
        store=True,
        aggregator="avg",
        help="Of the fields of this section that count, by their weights, this share "
        "is filled in.",
        written_by="decided",
    )


class ResPartner(models.Model):
    """How complete an archive is, in percent, and what is missing."""

    _inherit = "res.partner"

    archive_rate = fields.Integer(
        string="Archive (%)",
        compute="_compute_archive_rates",
        store=True,
        aggregator="avg",
        help="Of the fields that count, by their weights, this share is filled in: the "
        "four sections together.",
        written_by="decided",
    )
    archive_basic_rate = _define_section_rate("Basic Data (%)")
    archive_characteristics_rate = _define_section_rate("Characteristics (%)")
    archive_business_rate = _define_section_rate("Business Status (%)")
    archive_transaction_rate = _define_section_rate("Transaction Status (%)")
    archive_missing_ids = fields.Many2many(
        comodel_name="crm.archive.requirement",
        string="Still Missing",
        compute="_compute_archive_missing_ids",
    )

    @api.depends(lambda self: self._get_archive_triggers())
    def _compute_archive_rates(self):
        rows = self._get_completeness()
        customers = self.browse(rows)
        for name in RATE_FIELDS:
            # As it is stored: what has not changed is not written.
            stored = [rows[number][name] for number in rows]
            self._fields[name]._insert_cache(customers, stored)
            for partner in self:
                row = rows.get(partner._origin.id, {})
                partner[name] = row.get(name.removeprefix("archive_"), 0)

    # On nothing: a relation that depends on a name makes the ORM look twice, before and
    # after, at all that hangs on it, whenever any contact gets another one.
    @api.depends()
    def _compute_archive_missing_ids(self):
        rows = self._get_completeness()
        for partner in self:
            partner.archive_missing_ids = rows.get(partner._origin.id, {}).get(
                "missing"
            )

    def action_view_missing(self):
        """Open the fields that count and are still empty, by section."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Still Missing"),
            "res_model": "crm.archive.requirement",
            "views": [
                (
                    self.env.ref("crm_relations.crm_archive_missing_view_list").id,
                    "list",
                )
            ],
            "domain": [("id", "in", self.archive_missing_ids.ids)],
            # Administrators would set the rule here instead of filling in the archive.
            "context": {"create": False, "edit": False, "delete": False},
            "target": "new",
        }

    def _get_archive_triggers(self):
        """Return the fields whose change judges an archive anew at once; others that
        a requirement names count in the coming night."""
        return WATCHED_FIELDS

    def _get_completeness(self):
        """Return ``{partner id: row}`` for the managed customers in self.

        A row holds ``<section>_rate``, ``rate`` and ``missing``, and what is stored of
        the rates. One query, on what is saved: a form shows the rates of the last save.
        """
        ids = self._origin.filtered("is_managed_customer").ids
        if not ids:
            return {}
        # Superuser: the rate is the same for every reader.
        partners = self.sudo().with_context(active_test=False)
        query = partners._search(Domain("id", "in", ids), order="id")
        self.flush_model(self._get_archive_triggers())
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT found.*, %s FROM (%s) AS found JOIN res_partner USING (id)",
                SQL(", ").join(map(SQL.identifier, RATE_FIELDS)),
                self.env["crm.archive.requirement"]._get_completeness_sql(query),
            )
        )
        return {
            row["id"]: {
                "rate": int(row["rate"]),
                "missing": row["missing"],
                **{f"{section}_rate": int(row[section]) for section, _ in SECTIONS},
                **{name: row[name] for name in RATE_FIELDS},
            }
            for row in rows
        }

    @api.model
    def _cron_refresh_completeness(self):
        """Judge all archives anew, page by page, writing only what changed."""
        self._for_pages_of_customers(self._refresh_completeness)

    @api.model
    def _refresh_completeness(self, ids=None):
        """Write the rates of all customers, or of these, where they changed; one
        statement."""
        self.env.flush_all()
        # Superuser: as above, and decided fields are written by nobody.
        partners = self.sudo().with_context(active_test=False)
        domain = Domain("is_managed_customer", "=", True)
        if ids is not None:
            domain &= Domain("id", "in", ids)
        found = self.env["crm.archive.requirement"]._get_completeness_sql(
            partners._search(domain, order="id")
        )
        columns = [SQL.identifier(name) for name in RATE_FIELDS]
        values = [SQL.identifier("found", name) for name, _ in SECTIONS]
        values.append(SQL.identifier("found", "rate"))
        self.env.execute_query(
            SQL(
                """
                WITH found AS MATERIALIZED (%(found)s)
                UPDATE res_partner AS partner
                   SET (%(columns)s) = ROW(%(values)s)
                  FROM found
                 WHERE partner.id = found.id
                   AND (%(old)s) IS DISTINCT FROM (%(values)s)
             RETURNING partner.id
                """,
                found=found,
                columns=SQL(", ").join(columns),
                values=SQL(", ").join(values),
                old=SQL(", ").join(SQL.identifier("partner", n) for n in RATE_FIELDS),
            )
        )
        self.invalidate_model(RATE_FIELDS)

    def _get_fields_of_moved_rows(self):
        return [*super()._get_fields_of_moved_rows(), "archive_rate"]

    def _refresh_moved_figures(self):
        result = super()._refresh_moved_figures()
        self._refresh_sales_figures(self.ids)
        return result

    def _refresh_emptied(self, paths):
        result = super()._refresh_emptied(paths)
        if not paths.isdisjoint(self._get_archive_triggers()):
            self._refresh_completeness(self.ids)
        return result
