from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

DIRECTIONS = [("given", "We did it"), ("received", "They did it")]
MOST_DAYS_AGO = 3660


class CrmFavour(models.Model):
    """A favour done to somebody at a customer, or by somebody there.

    The balance of a relationship is what we did less what they did. A favour that was
    received is to be returned: by one of ours, or it is settled otherwise.
    """

    _name = "crm.favour"
    _description = "Favour"
    _inherit = ["crm.customer.line.mixin", "crm.colleague.mixin"]
    _order = "date desc, id desc"

    partner_id = fields.Many2one(readonly=False)
    company_id = fields.Many2one(
        compute="_compute_company_id", store=True, precompute=True
    )
    person_id = fields.Many2one(
        comodel_name="res.partner",
        index="btree_not_null",
        ondelete="set null",
        domain="[('commercial_partner_id', '=', partner_id)]",
        help="With whom. Empty: with the house.",
    )
    direction = fields.Selection(
        selection=DIRECTIONS, required=True, default="given", string="Who Did It"
    )
    kind_id = fields.Many2one(
        comodel_name="crm.favour.kind",
        required=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(string="What", required=True)
    weight = fields.Integer(
        compute="_compute_weight",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="How much it weighs, 1 to 5.",
    )
    points = fields.Integer(
        string="Balance",
        compute="_compute_points",
        store=True,
        precompute=True,
        help="What we did counts for us, what they did for them.",
    )
    date = fields.Date(
        string="On",
        required=True,
        index=True,
        default=lambda self: self.env.user._get_relations_today(),
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Who of Us",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    returned_by_id = fields.Many2one(
        comodel_name="crm.favour",
        index="btree_not_null",
        ondelete="set null",
        domain="[('partner_id', '=', partner_id), ('direction', '!=', direction)]",
        help="The favour with which this one was returned.",
    )
    returned_ids = fields.One2many(
        comodel_name="crm.favour",
        inverse_name="returned_by_id",
        string="Returns",
        help="The favours that this one returns.",
    )
    return_due = fields.Date(
        compute="_compute_return_due",
        store=True,
        string="To Return By",
        help="A favour that we have received is returned within the time that the "
        "settings of the company say. Empty: nothing is to be returned.",
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    _due_idx = models.Index("(return_due, id) WHERE return_due IS NOT NULL")

    @api.depends("partner_id")
    def _compute_company_id(self):
        for favour in self:
            favour.company_id = favour.partner_id.company_id

    @api.depends("kind_id")
    def _compute_weight(self):
        for favour in self:
            favour.weight = favour.kind_id.weight or 1

    @api.depends("direction", "weight")
    def _compute_points(self):
        for favour in self:
            sign = 1 if favour.direction == "given" else -1
            favour.points = sign * favour.weight

    # On a field of the favour that returns it: else its deletion is not noticed.
    @api.depends("direction", "date", "returned_by_id.create_date", "partner_id")
    def _compute_return_due(self):
        for favour in self:
            days = favour.partner_id._get_relation_company().favour_return_days
            open_one = favour.direction == "received" and not favour.returned_by_id
            favour.return_due = (
                favour.date + timedelta(days=days)
                if open_one and days and favour.date
                else False
            )

    @api.depends("return_due")
    def _compute_is_overdue(self):
        today = self.env.user._get_relations_today()
        for favour in self:
            favour.is_overdue = bool(favour.return_due) and favour.return_due < today

    def _search_is_overdue(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return [("return_due", "<", self.env.user._get_relations_today())]

    @api.depends("name", "person_id", "partner_id")
    def _compute_display_name(self):
        for favour in self:
            person = favour.person_id or favour.partner_id
            favour.display_name = " · ".join(filter(None, [favour.name, person.name]))

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.person_id.commercial_partner_id != self.partner_id:
            self.person_id = False

    @api.constrains("partner_id", "person_id")
    def _check_person(self):
        # Superuser: to whom a contact belongs.
        for favour in self.sudo():
            customer = favour.partner_id
            person = favour.person_id or customer
            if person.commercial_partner_id != customer:
                raise ValidationError(
                    self.env._(
                        "%(person)s does not belong to %(customer)s.",
                        person=person.name,
                        customer=customer.name,
                    )
                )

    @api.constrains("weight")
    def _check_weight(self):
        if any(not 1 <= favour.weight <= 5 for favour in self):
            raise ValidationError(self.env._("A favour weighs 1 to 5."))

    @api.constrains("date")
    def _check_date(self):
        today = self.env.user._get_relations_today()
        for favour in self:
            if not timedelta() <= today - favour.date <= timedelta(days=MOST_DAYS_AGO):
                raise ValidationError(
                    self.env._("A favour is recorded once it was done.")
                )

    @api.constrains("returned_by_id", "direction", "partner_id")
    def _check_return(self):
        # Superuser: favours of colleagues count as well.
        for favour in self.sudo():
            back = favour.returned_by_id
            if back and (
                back.partner_id != favour.partner_id
                or back.direction == favour.direction
            ):
                raise ValidationError(
                    self.env._(
                        "A favour is returned by one of the other side, with the same "
                        "customer."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        favours = super().create(vals_list)
        favours._check_customer()
        return favours

    def write(self, vals):
        self._check_customer()
        result = super().write(vals)
        if "partner_id" in vals:
            self._check_customer()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_in_charge(self):
        self._check_customer()

    def _check_customer(self):
        """Refuse customers that the caller has nothing to do with.

        :raise AccessError: names one
        """
        if self.env.su:
            return
        strange = self.partner_id - self.partner_id._filter_may_put_off()
        if strange:
            raise AccessError(
                self.env._(
                    "%s: only its salesperson, who works along, the leader of the team "
                    "or a relations manager records favours.",
                    strange[0].display_name,
                )
            )

    def action_return(self):
        """Open the favour with which this one is returned."""
        self.ensure_one()
        other = "given" if self.direction == "received" else "received"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return a Favour"),
            "res_model": "crm.favour",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_person_id": self.person_id.id,
                "default_direction": other,
                "default_weight": self.weight,
                "default_returned_ids": [fields.Command.set(self.ids)],
            },
        }

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of colleagues.
        favour = self.sudo()
        directions = dict(self._fields["direction"]._description_selection(self.env))
        words = [
            favour.display_name,
            favour.kind_id.name,
            favour.returned_by_id
            and self.env._("returned by: %s", favour.returned_by_id.name),
        ]
        return {
            "date": self.env.user._tell_day(favour.date),
            "title": self.env._("Favour: %(who)s", who=directions[favour.direction]),
            "text": " · ".join(filter(None, words)),
            "by": favour.user_id.name or "",
        }
