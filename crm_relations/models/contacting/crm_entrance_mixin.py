import secrets

from odoo import api, fields, models

from ...tools.network_place import get_place
from ...tools.qr_code import draw_qr

TOKEN_BYTES = 12


class CrmEntranceMixin(models.AbstractModel):
    """A page for those who have no account, behind a link and a code that phones read,
    of a company or of one of its branches.

    Whoever has the key comes in; a key that has become known is drawn anew. A model
    says under which path its pages stand, and who may read the key.
    """

    _name = "crm.entrance.mixin"
    _description = "Entrance for people without an account"
    _inherit = ["crm.colleague.mixin"]
    _entrance_path = ""

    name = fields.Char(
        required=True,
        translate=True,
        help="Headline of the page: the company or the branch as customers know it.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="The link of what is archived leads nowhere."
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    welcome = fields.Text(translate=True, help="Stands on top of the page, as text.")
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self._default_token(),
        groups="base.group_system",
    )
    url = fields.Char(string="Link", compute="_compute_url")
    qr_image = fields.Char(
        string="Code to Print",
        compute="_compute_qr_image",
        help="Whoever scans it comes to the page. The sheet to hang up has it, too.",
    )
    most_per_hour = fields.Integer(
        default=200,
        aggregator=None,
        help="More in one hour, from whomever, are asked to come back later.",
    )
    most_per_source = fields.Integer(
        default=20,
        aggregator=None,
        help="More in one hour from the same connection are asked to come back later. "
        "A branch with guests on its own network needs more.",
    )

    _token_uniq = models.UniqueIndex("(token)")
    _limits_positive = models.Constraint(
        "CHECK (most_per_hour > 0 AND most_per_source > 0)",
        "At least one an hour has to be possible: archive the entrance instead.",
    )

    def _default_token(self):
        return secrets.token_urlsafe(TOKEN_BYTES)

    @api.depends("token")
    def _compute_url(self):
        base = self.get_base_url()
        for entrance in self:
            # Superuser: whoever reads the entrance may hand out its link.
            token = entrance.sudo().token
            entrance.url = f"{base}/{self._entrance_path}/{token}"

    @api.depends("token")
    def _compute_qr_image(self):
        for entrance in self:
            entrance.qr_image = draw_qr(entrance.url)

    @api.model
    def _find_open(self, token):
        """Return the entrance behind a link, none if there is none any more."""
        if not isinstance(token, str) or not token.isascii() or "\0" in token:
            return self.browse()
        return self.search([("token", "=", token)])

    def _is_crowded(self, address):
        """Count one more who comes in, from this address, and return whether so many
        have come within the hour that he has to wait."""
        self.ensure_one()
        # Superuser: nobody has a right on the counters.
        tries = self.env["crm.public.try"].sudo()
        scope = f"{self._entrance_path}:{self.id}"
        times, total = tries._count(scope, get_place(address))
        return times > self.most_per_source or total > self.most_per_hour

    def _get_short_url(self):
        """Return the address as people type it."""
        self.ensure_one()
        return self.url.partition("://")[2]

    def _get_mail_address(self):
        """Return the address to which one may write instead, "" without one."""
        return ""

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
