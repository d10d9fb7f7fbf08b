from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.sentences import join_words


class CrmHandoverLine(models.TransientModel):
    """A customer in the hand-over wizard: what moves with it, and how it went."""

    _name = "crm.handover.line"
    _description = "Customer to be handed over"
    _order = "to_user_id, id"
    _rec_name = "partner_id"

    wizard_id = fields.Many2one(
        comodel_name="crm.handover.wizard",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    from_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Former Salesperson",
        readonly=True,
        index="btree_not_null",
    )
    to_user_id = fields.Many2one(
        comodel_name="res.users",
        string="New Salesperson",
        readonly=True,
        index="btree_not_null",
    )
    moves = fields.Char(string="What Moves Along", compute="_compute_moves")
    ok = fields.Boolean(readonly=True)
    code = fields.Char(readonly=True, export_string_translation=False)
    message = fields.Char(string="Result", readonly=True)

    @api.depends("partner_id")
    @api.depends_context("lang")
    def _compute_moves(self):
        labels = self.env["crm.handover.mixin"]._get_handover_labels()
        contacts = self._count_contacts()
        counts = {}
        for partner, kind, count in self.env["crm.handover.preview"]._read_group(
            [
                ("wizard_id", "in", self.wizard_id.ids),
                ("partner_id", "in", self.partner_id.ids),
            ],
            ["partner_id", "kind"],
            ["__count"],
        ):
            words = self.env._(
                "%(what)s: %(count)s", what=labels.get(kind, kind), count=count
            )
            counts.setdefault(partner, []).append(words)
        for line in self:
            parts = list(counts.get(line.partner_id, []))
            if contacts.get(line.partner_id):
                number = contacts[line.partner_id]
                parts.insert(0, self.env._("Contact: %(count)s", count=number))
            line.moves = join_words(self.env, parts)

    def _count_contacts(self):
        # Superuser: how many contacts go along, of customers one may give away.
        return dict(
            self.env["res.partner"]
            .sudo()
            ._read_group(
                [
                    ("commercial_partner_id", "in", self.partner_id.ids),
                    ("id", "not in", self.partner_id.ids),
                ],
                ["commercial_partner_id"],
                ["__count"],
            )
        )

    def action_open(self):
        self.ensure_one()
        items = self.env["crm.handover.item"]
        return items._get_open_action("res.partner", self.partner_id.id)

    @api.model
    def _fill(self, wizard, partners, givable, owners):
        """Write a line for each customer by one statement.

        :param givable: those of ``partners`` that the caller may give away
        :param owners: ``{customer id: id of the new owner, or None}``, or None
        """
        takers = owners or {}
        nobody = self.env._("Nobody of those chosen has room, or its territory.")
        no_right = self.env._("You may not give it away.")
        why = {} if owners is None else dict.fromkeys(partners.ids, nobody)
        why |= dict.fromkeys([number for number in takers if takers[number]])
        why |= dict.fromkeys((partners - givable).ids, no_right)
        messages = [why.get(number) for number in partners.ids]
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_handover_line (wizard_id, partner_id, from_user_id,
                       to_user_id, ok, code, message, create_uid, create_date)
                SELECT %(wizard)s, partner.id, partner.user_id, given.taker,
                       FALSE, CASE WHEN given.message IS NOT NULL THEN 'stays' END,
                       given.message, %(uid)s, %(now)s
                  FROM unnest(%(ids)s::int[], %(takers)s::int[], %(messages)s::text[])
                       WITH ORDINALITY AS given (id, taker, message, number)
                  JOIN res_partner AS partner ON partner.id = given.id
              ORDER BY given.number
             RETURNING id
                """,
                wizard=wizard.id,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                ids=partners.ids,
                takers=[takers.get(number) for number in partners.ids],
                messages=messages,
            )
        )
        self.env.invalidate_all()

    def _keep_answers(self, answers):
        """Write the answers to the lines by one statement."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_handover_line AS line
                   SET ok = answer.ok, code = answer.code, message = answer.message
                  FROM unnest(%(ids)s::int[], %(oks)s::bool[], %(codes)s::text[],
                              %(messages)s::text[]) AS answer (id, ok, code, message)
                 WHERE line.id = ANY(%(lines)s) AND line.partner_id = answer.id
             RETURNING line.id
                """,
                ids=[answer["id"] for answer in answers],
                oks=[answer["ok"] for answer in answers],
                codes=[answer["code"] for answer in answers],
                messages=[answer["message"] for answer in answers],
                lines=self.ids,
            )
        )
        self.env.invalidate_all()
