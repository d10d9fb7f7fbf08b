from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

from ...tools.arguments import is_id
from .crm_club_membership import MEMBER

EXPIRIES = [
    ("never", "Never"),
    ("months", "Some months after they were earned"),
    ("year_end", "At the end of the year after"),
    ("activity", "Some months after the last movement"),
]


class CrmClub(models.Model):
    """A club of customers: members earn points in a loyalty program of Odoo, which is
    the club's alone, and reach levels with benefits."""

    _name = "crm.club"
    _description = "Customer club"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(
        translate=True, help="Members read it on their page of the portal."
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="restrict",
        index="btree_not_null",
        help="Its members and their orders belong to this company. Empty: all "
        "companies.",
    )
    program_id = fields.Many2one(
        comodel_name="loyalty.program",
        string="Loyalty Program",
        required=True,
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="restrict",
        help="Orders earn and spend the points of members by its rules and rewards. A "
        "new club without one gets its own.",
    )
    pending_days = fields.Integer(
        string="Usable After (days)",
        help="Points of an order can be spent so many days after they were earned: "
        "when goods can no longer be returned. 0: at once.",
    )
    expiry = fields.Selection(
        selection=EXPIRIES,
        string="Points Expire",
        required=True,
        default="never",
        help="Some months after they were earned: each lot on its own day. At the end "
        "of the year after: what was earned in a year, with the next one. Some months "
        "after the last movement: all points at once, unless the member earns or "
        "spends some before.",
    )
    expiry_months = fields.Integer(
        string="Months until then",
        default=24,
        help="After so many months points expire.",
    )
    qualify_by = fields.Selection(
        selection=[("points", "Points earned"), ("spend", "Net sales")],
        string="Levels by",
        required=True,
        default="points",
        help="Points earned: those that count for levels, whether they were spent "
        "meanwhile or not. Net sales: confirmed orders without taxes, less credit "
        "notes.",
    )
    qualify_period = fields.Selection(
        selection=[
            ("rolling", "The last 12 months"),
            ("calendar", "The calendar year"),
            ("membership", "The year of membership"),
        ],
        string="Counted in",
        required=True,
        default="rolling",
        help="The calendar year: also the year before counts, so that nobody loses "
        "its level on New Year's Day. The year of membership: likewise, from the day "
        "of joining.",
    )
    grace_days = fields.Integer(
        string="Grace (days)",
        help="A member who no longer reaches its level keeps it for so many days, and "
        "keeps it for good if it is reached again meanwhile. 0: none.",
    )
    step_down = fields.Selection(
        selection=[("one", "One level at a time"), ("all", "As far as need be")],
        required=True,
        default="one",
        help="One level at a time: then that level is kept for a year before it can go "
        "further down.",
    )
    valid_months = fields.Integer(
        string="Membership Lasts (months)",
        help="A membership ends so many months after joining unless it is renewed. 0: "
        "it does not end by itself.",
    )
    level_ids = fields.One2many(
        comodel_name="crm.club.level",
        inverse_name="club_id",
        string="Club Levels",
        copy=True,
    )
    membership_ids = fields.One2many(
        comodel_name="crm.club.membership",
        inverse_name="club_id",
        string="Memberships",
    )
    member_count = fields.Integer(
        string="Club Members", compute="_compute_member_count"
    )
    number_prefix = fields.Char(
        string="Numbers Begin with",
        default="M",
        size=8,
        help="Of the numbers of new members.",
    )
    sequence_id = fields.Many2one(
        comodel_name="ir.sequence",
        string="Numbers of Members",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        export_string_translation=False,
    )

    _program_uniq = models.Constraint(
        "UNIQUE(program_id)", "This loyalty program belongs to another club already."
    )
    _days_positive = models.Constraint(
        """CHECK(pending_days BETWEEN 0 AND 3650
           AND grace_days BETWEEN 0 AND 3650 AND valid_months BETWEEN 0 AND 600
           AND (expiry NOT IN ('months', 'activity')
                OR expiry_months BETWEEN 1 AND 600))""",
        "Days are between 0 and 3,650, months between 1 and 600.",
    )

    def _compute_member_count(self):
        counts = dict(
            self.env["crm.club.membership"]._read_group(
                [("club_id", "in", self.ids), ("state", "in", MEMBER)],
                ["club_id"],
                ["__count"],
            )
        )
        for club in self:
            club.member_count = counts.get(club, 0)

    @api.constrains("program_id", "company_id")
    def _check_program(self):
        for club in self:
            # Superuser: as whoever sets up clubs need not read programs.
            program = club.program_id.sudo()
            if program.program_type != "loyalty":
                raise ValidationError(
                    self.env._(
                        "“%(program)s” is no program of loyalty cards: a club needs "
                        "one.",
                        program=program.name,
                    )
                )
            if program.company_id != club.company_id:
                raise ValidationError(
                    self.env._(
                        "The club %(club)s and its loyalty program belong to different "
                        "companies.",
                        club=club.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # before a program is made for it
        vals_list = [
            vals
            if vals.get("program_id")
            else vals | {"program_id": self._create_program(vals).id}
            for vals in vals_list
        ]
        clubs = super().create(vals_list)
        self.env.registry.clear_cache("stable")
        return clubs

    @api.model
    def _create_program(self, vals):
        """Make the loyalty program of a new club: one point for each unit of money."""
        # Superuser: whoever sets up clubs need not be a manager of sales. Odoo's own
        # context key gives the program its type and with it its usual rule and reward.
        programs = self.env["loyalty.program"].sudo()
        # What is no id and no name is refused a moment later, in Odoo's words.
        company = self.env["res.company"]
        if is_id(vals.get("company_id")):
            company = company.browse(vals["company_id"]).exists()
        name = vals.get("name")
        program = programs.with_context(default_program_type="loyalty").create(
            {
                "name": isinstance(name, str) and name or self.env._("Club"),
                "company_id": company.id,
                "currency_id": (company or self.env.company).sudo().currency_id.id,
            }
        )
        # Members read it beside each number; Odoo's own says "Loyalty point(s)".
        for lang, _name in self.env["res.lang"].get_installed():
            club = self.with_context(lang=lang)
            program.with_context(lang=lang).portal_point_name = club.env._("points")
        return program

    def write(self, vals):
        if "program_id" in vals:
            other = self.filtered(lambda club: club.program_id.id != vals["program_id"])
            for club in other[:1]:
                raise UserError(
                    self.env._(
                        "The points of %(club)s stand in its loyalty program: another "
                        "one means another club.",
                        club=club.name,
                    )
                )
        if "company_id" in vals:
            # Superuser: as above. The program goes where its club goes.
            self.sudo().program_id.company_id = vals["company_id"]
        return super().write(vals)

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache("stable")
        return result

    @api.model
    @ormcache(cache="stable")
    def _get_programs(self):
        """Return the ids of the loyalty programs that belong to a club, archived ones
        too: a frozenset. Cached: every movement of points asks."""
        # Superuser: what is a club's is a matter of the club, not of its reader.
        clubs = self.sudo().with_context(active_test=False)
        return frozenset(clubs.search([]).program_id.ids)  # pylint: disable=no-search-all

    def action_view_members(self):
        self.ensure_one()
        return self._open_members([("club_id", "=", self.id)])

    def _open_members(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_club_membership_action"
        )
        return {
            **action,
            "domain": domain,
            "context": {"search_default_members": 1},
        }

    def action_view_program(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "loyalty.program",
            "res_id": self.program_id.id,
            "views": [(False, "form")],
        }
