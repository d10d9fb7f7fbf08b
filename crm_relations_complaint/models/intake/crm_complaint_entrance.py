import secrets

from odoo import api, fields, models

TOKEN_BYTES = 12


class CrmComplaintEntrance(models.Model):
    """A way in for those who have no account: a page behind a link and a QR code, an
    e-mail address, or both, of a company or of one of its branches.

    What comes in is put under ``user_id``, who is the first person asked.
    """

    _name = "crm.complaint.entrance"
    _description = "Complaint entrance"
    _inherit = ["mail.alias.mixin.optional", "crm.colleague.mixin"]
    _order = "company_id, sequence, id"

    name = fields.Char(
        required=True,
        translate=True,
        help="Headline of the page: the company or the branch as customers know it.",
    )
    sequence = fields.Integer(
        default=10,
        help="The first one of a company also takes what comes in by the portal.",
    )
    active = fields.Boolean(
        default=True, help="The link of an archived entrance leads nowhere."
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="First Asked",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Stays answerable for what comes in here until somebody has accepted it.",
    )
    category_id = fields.Many2one(
        comodel_name="crm.complaint.category",
        index="btree_not_null",
        ondelete="set null",
        help="Category of what comes in here, where the customer chooses none.",
    )
    welcome = fields.Text(
        translate=True,
        help="Stands above the form, as text.",
    )
    is_page_open = fields.Boolean(
        string="Page",
        default=True,
        help="People without an account may report under the link.",
    )
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self._default_token(),
        groups="crm_relations_complaint.group_complaint_officer",
    )
    url = fields.Char(string="Link", compute="_compute_url")
    most_per_hour = fields.Integer(
        string="Reports an Hour",
        default=100,
        help="More in one hour, from whomever, are asked to come back later.",
    )
    most_per_source = fields.Integer(
        string="Reports an Hour from One Place",
        default=10,
        help="More in one hour from the same connection are asked to come back later. "
        "A branch with guests on its own network needs more.",
    )
    complaint_count = fields.Integer(
        string="Complaints", compute="_compute_complaint_count"
    )

    _token_uniq = models.UniqueIndex("(token)")
    _limits_positive = models.Constraint(
        "CHECK (most_per_hour > 0 AND most_per_source > 0)",
        "At least one report an hour has to be possible: archive the entrance instead.",
    )

    def _default_token(self):
        return secrets.token_urlsafe(TOKEN_BYTES)

    @api.depends("token")
    def _compute_url(self):
        base = self.get_base_url()
        for entrance in self:
            # Superuser: whoever reads the entrance may hand out its link.
            entrance.url = f"{base}/complaint/{entrance.sudo().token}"

    def _compute_complaint_count(self):
        counts = dict(
            self.env["crm.complaint"]._read_group(
                [("entrance_id", "in", self.ids)], ["entrance_id"], ["__count"]
            )
        )
        for entrance in self:
            entrance.complaint_count = counts.get(entrance, 0)

    @api.model
    def _find_open(self, token):
        """Return the entrance behind a link, none if there is none any more."""
        if not isinstance(token, str) or not token.isascii() or "\0" in token:
            return self.browse()
        return self.search([("token", "=", token), ("is_page_open", "=", True)])

    def _get_offered_categories(self):
        """Return what customers choose from here, as whoever asks."""
        return self.env["crm.complaint.category"]._get_offered(self.category_id)

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("crm.complaint")
        if self.id:
            values["alias_defaults"] = repr({"entrance_id": self.id})
        return values

    def action_renew(self):
        """Give the entrance another link: the old one, and its printed code, lead
        nowhere from now on."""
        self.check_access("write")
        for entrance in self:
            # Superuser: the key is read-only, it is only ever drawn.
            entrance.sudo().token = self._default_token()

    def action_open_page(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    def action_open_complaints(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_complaint.crm_complaint_action"
        )
        return action | {"domain": [("entrance_id", "=", self.id)], "context": {}}
