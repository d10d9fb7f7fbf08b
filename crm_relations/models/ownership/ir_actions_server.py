from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from ...tools.batches import BATCH
from ...tools.typed_domains import parse_domain

ACT = "customer_act"


class IrActionsServer(models.Model):
    """What the suite does with customers, as a kind of server action: from the Actions
    menu of a list, in a company's own automation rules, as a scheduled action.

    It acts with the rights of the user who starts it: who has chosen it in the menu,
    whose change has triggered the automation rule, as whom the scheduled action runs.
    Caps, terms of pools and ownership hold as by hand. Each customer is answered, and
    the answer kept; what is refused for one stops nothing of the others.

    To add an act, extend ``customer_act`` and write ``_act_<act>(customers)``, which
    returns answers. ``_ask_<act>(customers)``, if there is one, opens a dialog that
    asks for the parameters.
    """

    _name = "ir.actions.server"
    _inherit = ["ir.actions.server", "crm.colleague.mixin"]

    state = fields.Selection(
        selection_add=[(ACT, "Act on Customers"), ("code",)],
        ondelete={ACT: "cascade"},
    )
    customer_act = fields.Selection(
        selection=[],
        string="What to Do",
        help="Done with the customers of the records, with the rights of the user who "
        "starts it: in an automation rule the one whose change has triggered it, in "
        "the Actions menu the one who has chosen it, else the user of the scheduled "
        "action.",
    )
    customer_asks = fields.Boolean(
        string="Ask in a Dialog",
        help="In the Actions menu a dialog asks for what is entered here otherwise. An "
        "automation rule has nobody whom it could ask.",
    )
    customer_pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Into Pool",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: each customer goes into the pool of its territory.",
    )
    customer_reason = fields.Char(
        string="Why", help="Kept in the history of the customer."
    )
    customer_user_id = fields.Many2one(
        comodel_name="res.users",
        string="To Whom",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('share', '=', False)]",
        help="Who gets the customers.",
    )
    customer_days = fields.Integer(
        string="For (days)", default=30, help="Number of days from then on."
    )
    customer_domain = fields.Char(
        string="Which Customers",
        default="[]",
        help="Only customers who meet these conditions; the others are left out "
        "silently. A scheduled action looks for them by itself.",
    )
    customer_answer_count = fields.Integer(
        string="Answers", compute="_compute_customer_answer_count"
    )

    def _compute_customer_answer_count(self):
        counts = dict(
            self.env["crm.server.answer"]._read_group(
                [("action_id", "in", self.ids)], ["action_id"], ["__count"]
            )
        )
        for action in self:
            action.customer_answer_count = counts.get(action._origin, 0)

    @api.depends("model_id")
    def _compute_allowed_states(self):
        """Offered where a way leads from the records to customers."""
        result = super()._compute_allowed_states()
        for action in self:
            name = action.model_id.model
            if name and not self.env["crm.customer.way"]._find(name):
                states = action.allowed_states or []
                action.allowed_states = [state for state in states if state != ACT]
        return result

    @api.model
    def _is_colleague_field(self, field):
        return field.name == "customer_user_id"

    def _name_depends(self):
        return [*super()._name_depends(), "customer_act"]

    def _generate_action_name(self):
        self.ensure_one()
        if self.state == ACT and self.customer_act:
            labels = self._fields["customer_act"]._description_selection(self.env)
            return dict(labels)[self.customer_act]
        return super()._generate_action_name()

    @api.model
    def _warning_depends(self):
        names = ("usage", "reason", "user_id", "days", "domain", "asks", "act")
        ours = ("usage", *(f"customer_{name}" for name in names[1:]))
        return [*super()._warning_depends(), *ours]

    def _get_warning_messages(self):
        warnings = super()._get_warning_messages()
        if self.state == ACT:
            warnings.extend(filter(None, self._get_customer_act_problems()))
        return warnings

    def _get_customer_act_problems(self):
        """Hook: return what is missing before this can act, in words; ``None`` is left
        out."""
        self.ensure_one()
        if not self.customer_act:
            return [self.env._("Choose what to do with the customers.")]
        problems = [self._get_customer_domain_problem()]
        if not self.env["crm.customer.way"]._find(self.model_id.model):
            problems.append(
                self.env._(
                    "No way leads from “%(model)s” to customers.",
                    model=self.model_id.name,
                )
            )
        if self.customer_asks and (self.parent_id or self.usage != "ir_actions_server"):
            problems.append(
                self.env._("Nobody is asked in a dialog here: enter the parameters.")
            )
        return problems

    def _get_customer_domain_problem(self):
        try:
            domain = self._get_customer_domain()
        except ValueError as error:
            return self.env._(
                "Which customers are meant cannot be read: %(error)s", error=error
            )
        if self.usage == "ir_cron" and domain.is_true():
            return self.env._("Say which customers a scheduled action means.")
        return None

    def _get_customer_domain(self):
        return parse_domain(self.customer_domain, self.env["res.partner"])

    def _can_execute_action_on_records(self, records):
        """Each customer is answered by itself; a group and the model are asked as
        always."""
        if self.state == ACT:
            records = records.browse()
        return super()._can_execute_action_on_records(records)

    def _run_action_customer_act_multi(self, eval_context=None):
        self.ensure_one()
        # Automation rules run as superuser: here the rights of the user hold.
        env = eval_context["env"](su=False)
        records = eval_context.get("records") or eval_context.get("record")
        customers = self._get_customers_of(records, env)
        is_chosen = self.usage == "ir_actions_server" and not self.parent_id
        if self.customer_asks and is_chosen:
            return getattr(self, f"_ask_{self.customer_act}")(customers)
        answers = []
        for ids in split_every(BATCH, customers.ids):
            answers += self._act_on(customers.browse(ids))
        # Superuser: kept for administrators, written by nobody.
        self.env["crm.server.answer"].sudo()._keep(self, env.user, answers)
        if not is_chosen or not answers:
            return False
        return env["crm.answer.summary"]._open(answers, self.name)

    def _get_customers_of(self, records, env):
        """Return the customers to act on, with the rights of ``env``; those of a
        scheduled action are found by its conditions."""
        domain = self._get_customer_domain()
        partners = env["res.partner"]
        if not records:
            if self.usage != "ir_cron" or domain.is_true():
                return partners
            return partners.search(Domain("is_managed_customer", "=", True) & domain)
        # Superuser: whose records they are; what may be done with whom is asked later.
        # Who chose them in a list may have chosen one that is deleted by now.
        known = records.sudo().filtered(lambda record: isinstance(record.id, int))
        known = known.exists()
        path = self.env["crm.customer.way"]._find(records._name)
        contacts = known if path == "id" else known.mapped(path)
        customers = contacts.commercial_partner_id.filtered_domain(domain)
        return partners.browse(customers.ids)

    def _act_on(self, customers):
        """Act on a batch; return an answer for each of them, whatever happens."""
        try:
            with self.env.cr.savepoint():
                return getattr(self, f"_act_{self.customer_act}")(customers)
        except UserError as error:
            message = str(error)
        except IntegrityError:
            # A counter that somebody else has filled at this moment.
            message = self.env._("Somebody is changing it at this moment: try again.")
        return [
            {"id": number, "ok": False, "code": "blocked", "message": message}
            for number in customers.ids
        ]

    def action_view_customer_answers(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_server_answer_action"
        )
        return {**action, "domain": [("action_id", "=", self.id)], "context": {}}

    def action_schedule(self):
        """Open a new scheduled action that does the same; it waits until somebody
        switches it on."""
        self.ensure_one()
        action = self.copy(
            {"name": self.name, "usage": "ir_cron", "binding_model_id": False}
        )
        cron = self.env["ir.cron"].create(
            {
                "ir_actions_server_id": action.id,
                "interval_number": 1,
                "interval_type": "days",
                "active": False,
                "user_id": self.env.uid,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "ir.cron",
            "res_id": cron.id,
            "views": [(False, "form")],
        }
