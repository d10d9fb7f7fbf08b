from odoo import api, fields, models

SCORES = [(str(number), str(number)) for number in range(6)]
PRINCIPLES = ("is_rare", "is_worthy", "is_kept", "is_shown", "is_commemorative")


class CrmGiftItem(models.Model):
    """A gift that may be given, judged by five principles: it is rare, worth more to
    who gets it than it costs, is kept, is shown, and commemorates something."""

    _name = "crm.gift.item"
    _description = "Gift of the catalogue"
    _order = "score desc, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: gifts of all companies.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        index=True,
        default=lambda self: self.env.company.currency_id,
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        index="btree_not_null",
        ondelete="set null",
        help="Two gifts of one product are the same gift.",
    )
    value = fields.Monetary(
        required=True,
        help="What it is worth to who gets it: the limits of gifts count this.",
    )
    cost = fields.Monetary(
        required=True, help="What it costs you: the budget of the tier counts this."
    )
    is_rare = fields.Selection(selection=SCORES, string="Rare", default="0")
    is_worthy = fields.Selection(
        selection=SCORES, string="Worth More Than It Costs", default="0"
    )
    is_kept = fields.Selection(selection=SCORES, string="Keeps", default="0")
    is_shown = fields.Selection(selection=SCORES, default="0")
    is_commemorative = fields.Selection(
        selection=SCORES, string="Commemorates", default="0"
    )
    score = fields.Float(
        compute="_compute_score",
        store=True,
        digits=(2, 1),
        aggregator="avg",
        help="The average of the five principles; the best gifts are proposed first.",
    )
    is_stocked = fields.Boolean(
        string="Count the Stock", help="Only what is in stock can be given."
    )
    stock = fields.Integer(string="In Stock", copy=False)
    occasion_ids = fields.Many2many(
        comodel_name="crm.gift.occasion",
        ondelete="restrict",
        context={"active_test": False},
        help="Empty: for every occasion. What is for some only is offered for those; "
        "care proposes it on birthdays, if they are among them.",
    )
    description = fields.Text(translate=True)
    image_128 = fields.Image(string="Picture", max_width=128, max_height=128)

    _positive = models.Constraint(
        "CHECK(value >= 0 AND cost >= 0)", "Value and cost are not below zero."
    )
    _in_stock = models.Constraint(
        "CHECK(stock >= 0)", "There are not that many in stock."
    )

    @api.depends(*PRINCIPLES)
    def _compute_score(self):
        for item in self:
            marks = [int(item[name] or 0) for name in PRINCIPLES]
            item.score = sum(marks) / len(marks)

    def _is_same_as(self, other):
        """Return whether who has got the one has got the other."""
        return self == other or bool(
            self.product_id and self.product_id == other.product_id
        )

    def _is_there_for(self, company):
        """Return whether customers of this company can be given it now."""
        ours = self.company_id in (self.company_id.browse(), company)
        return ours and (not self.is_stocked or self.stock > 0)

    def _get_value_in(self, company):
        """Return the value in the currency of this company, today."""
        today = fields.Date.context_today(self)
        return self.currency_id._convert(
            self.value, company.currency_id, company, today
        )

    def _suits(self, task, birthday):
        """Return whether this is for the occasion of a care task.

        :param birthday: the occasion of birthdays, or nothing
        """
        occasion = task.rule_id.trigger in ("birthday", "family") and birthday
        return not self.occasion_ids or bool(occasion and occasion in self.occasion_ids)
