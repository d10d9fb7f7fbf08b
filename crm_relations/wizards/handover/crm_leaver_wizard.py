from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.distribution import distribute, most_specific
from ...tools.sentences import join_words

HOLDERS_NAMED = 20


class CrmLeaverWizard(models.TransientModel):
    """Distribute the customers of who leaves, by a rule; nothing moves before the
    preview that follows has been confirmed."""

    _name = "crm.leaver.wizard"
    _description = "Hand over the customers of a leaver"

    leaver_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_leaver_wizard_leaver_rel",
        string="Who Leaves",
        context={"active_test": False},
        domain="[('id', 'in', holder_ids)]",
    )
    holder_ids = fields.Many2many(
        comodel_name="res.users",
        string="Who Holds Customers",
        compute="_compute_holder_ids",
    )
    held_text = fields.Char(
        string="Customers Held",
        compute="_compute_held_text",
        help="How many customers there are to hand over; who holds most, until "
        "somebody is chosen.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Among the Team",
        help="Fills in its members as receivers; you may change them.",
        index="btree_not_null",
    )
    rule = fields.Selection(
        selection=[
            ("evenly", "Evenly"),
            ("territory", "By territory"),
            ("capacity", "By capacity"),
        ],
        required=True,
        default="evenly",
        help="Evenly: each gets as many customers, the most valuable ones in turn. By "
        "territory: who has the customer's city, else its region, else its country; "
        "several of them share evenly. By capacity: who holds fewest gets the next "
        "one, until all are level or full.",
    )
    unmatched = fields.Selection(
        selection=[
            ("evenly", "Evenly among all"),
            ("keep", "Stay with who leaves"),
        ],
        string="In No Territory",
        required=True,
        default="evenly",
        help="What happens with customers whose place is in nobody's territory.",
    )
    receiver_ids = fields.One2many(
        comodel_name="crm.leaver.receiver",
        inverse_name="wizard_id",
        string="Who Takes Over",
    )

    @api.depends_context("uid")
    def _compute_holder_ids(self):
        """Only who has customers leaves any behind; archived colleagues too."""
        groups = self.env["res.partner"]._read_group(
            [("is_managed_customer", "=", True), ("user_id", "!=", False)], ["user_id"]
        )
        holders = self.env["res.users"].browse(user.id for (user,) in groups)
        for wizard in self:
            wizard.holder_ids = holders

    @api.depends("leaver_ids", "holder_ids")
    @api.depends_context("lang")
    def _compute_held_text(self):
        for wizard in self:
            users = wizard.leaver_ids or wizard.holder_ids
            held = users._count_customers_held()
            counts = [(held.get(user._origin.id, 0), user.name) for user in users]
            most = sorted(counts, key=lambda pair: -pair[0])[:HOLDERS_NAMED]
            wizard.held_text = join_words(
                self.env,
                [
                    self.env._("%(what)s: %(count)s", what=name, count=count)
                    for count, name in most
                ],
            )

    @api.onchange("leaver_ids")
    def _onchange_leaver_ids(self):
        if not self.team_id:
            self.team_id = self.leaver_ids.sale_team_id[:1]

    @api.onchange("team_id")
    def _onchange_team_id(self):
        """Propose the members who stay."""
        if not self.team_id:
            return None
        members = self._get_members()
        self.receiver_ids = [Command.clear()] + [
            Command.create({"user_id": user.id}) for user in members
        ]
        if members or not self.leaver_ids:
            return None
        message = self._get_only_member_message()
        return {"warning": {"title": self.env._("Nobody is left"), "message": message}}

    def _get_members(self):
        # Superuser: who belongs to a team, for a manager of sales.
        members = self.team_id.sudo().member_ids._origin
        return (members - self.leaver_ids._origin).filtered("active").sorted("id")

    def _get_only_member_message(self):
        return self.env._(
            "%(user)s is the only member of %(team)s: add others who take over.",
            user=join_words(self.env, self.leaver_ids.mapped("name")),
            team=self.team_id.name,
        )

    def action_preview(self):
        """Distribute, and show who would get what."""
        self.ensure_one()
        self._check_people()
        customers = self._get_customers()
        if not customers:
            raise UserError(
                self.env._(
                    "%(user)s has no customers to hand over.",
                    user=join_words(self.env, self.leaver_ids.mapped("name")),
                )
            )
        owners = self._distribute(customers)
        return self.env["crm.handover.wizard"]._open_for(
            customers, owners, is_leaver=True
        )

    def _check_people(self):
        if not self.leaver_ids:
            raise UserError(self.env._("Who leaves?"))
        receivers = self.receiver_ids.user_id
        if both := receivers & self.leaver_ids:
            raise UserError(
                self.env._("%(user)s leaves and cannot take over.", user=both[0].name)
            )
        self._check_receivers(receivers)

    def _check_receivers(self, receivers):
        if not receivers and self.team_id and not self._get_members():
            raise UserError(self._get_only_member_message())
        if not receivers:
            raise UserError(self.env._("Who takes over? Add at least one colleague."))
        if len(receivers) < len(self.receiver_ids):
            raise UserError(self.env._("A colleague stands twice among the receivers."))
        # Superuser: whether a colleague works here and sells.
        sellers = receivers.sudo().filtered(
            lambda user: (
                user.active and user.has_group("crm_relations.group_sales_user")
            )
        )
        if others := receivers - sellers:
            raise UserError(
                self.env._(
                    "%(user)s is archived or has no role in sales.", user=others[0].name
                )
            )

    def _get_customers(self):
        """Return the leavers' customers, the most valuable first."""
        return self.env["res.partner"].search(
            [
                ("is_managed_customer", "=", True),
                ("user_id", "in", self.leaver_ids.ids),
            ],
            order="sales_12_months desc nulls last, id",
        )

    def _distribute(self, customers):
        """Return ``{customer id: id of the receiver or None}``; nobody gets a customer
        of a company that he may not enter."""
        # Superuser: the companies that colleagues may enter.
        receivers = self.receiver_ids.sudo()
        offers = self._get_offers(customers, receivers)
        nothing = dict.fromkeys(receivers.user_id.ids, 0)
        if self.rule != "capacity":
            return distribute(offers, nothing)
        capacities = {line.user_id.id: line.capacity for line in receivers}
        held = receivers.user_id._count_customers_held()
        return distribute(offers, nothing | held, capacities)

    def _get_offers(self, customers, receivers):
        """Return ``[(customer id, [ids of those who may get it])]``."""
        users = receivers.user_id
        companies = {user.id: user._get_open_companies() for user in users}
        territories = {line.user_id.id: line._get_territory() for line in receivers}
        offers = []
        for customer in customers:
            company = customer.company_id
            candidates = [user for user in companies if company <= companies[user]]
            if self.rule == "territory":
                candidates = self._narrow(customer, candidates, territories)
            offers.append((customer.id, candidates))
        return offers

    def _narrow(self, customer, candidates, territories):
        places = [
            ("city", (customer.city or "").strip().lower()),
            ("state", customer.state_id.id),
            ("country", customer.country_id.id),
        ]
        fitting = most_specific(
            places, {user: territories[user] for user in candidates}
        )
        if fitting or self.unmatched == "keep":
            return fitting
        return candidates
