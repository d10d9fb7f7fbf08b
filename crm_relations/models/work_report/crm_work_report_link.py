from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.arguments import Text, read_id
from .crm_work_report_figures import CALLS_ON_TIME, MEASURES, OPEN_CARDS

# What a measure counts, where it is not the lines in which it is not zero.
COUNTED = {
    "contacted_customers": Domain("activity", "=", "followup"),
    "minutes": Domain("activity", "=", "followup") & Domain("minutes", ">", 0),
    "order_amount": Domain("order_count", ">", 0),
    "care_on_time_rate": Domain("activity", "=", "care"),
}


class CrmWorkReport(models.Model):
    """Behind each figure: what it counts, with the rights of who asks."""

    _inherit = "crm.work.report"

    def open_figure(self, key: Text):
        """Return the action that opens what a figure counts.

        :param key: as in ``shown_figures``
        :raise UserError: no such figure
        """
        self.ensure_one()
        self.check_access("read")
        if key in MEASURES:
            return self._open_work(self._get_counted(key), key)
        if key == CALLS_ON_TIME:
            return self._open_callbacks()
        action = self._open_one_of_many(*key.split(":", 1))
        if not action:
            raise UserError(self.env._("There is no such figure."))
        return action

    def _open_one_of_many(self, kind, name=""):
        """Return the action of a kind of follow-up, a target or a card of My Day; None
        where there is none of this name."""
        if kind == "open":
            return self._open_card(name) if name in OPEN_CARDS else None
        number = read_id(name)
        if kind == "kind" and number is not None:
            return self._open_work(Domain("kind_id", "=", number))
        if kind == "target" and number is not None:
            return self._open_targets(number)
        return None

    def _get_counted(self, measure):
        return COUNTED.get(measure) or Domain(measure, ">", 0)

    def _open_work(self, counted, measure=""):
        # Superuser: the clock of a company is no secret.
        company = self.company_id.sudo()
        domain = self._get_work_domain(
            *(self.user_id.ids, company, self.period_start, self.period_end)
        )
        by_customer = measure == "contacted_customers"
        return self._open_list(
            "crm_relations.crm_workload_report_action",
            domain & counted,
            {"group_by": ["customer_id"]} if by_customer else {},
        )

    def _open_callbacks(self):
        # Superuser: whose they are is a matter of those who count; they are opened with
        # the rights of who asks.
        company = self.company_id.sudo()
        domain = self._get_calls_domain(
            *(self.user_id.ids, company, self.period_start, self.period_end)
        )
        calls = self.env["crm.callback.rate"].sudo().search(domain)
        return self._open_list(
            "crm_relations.crm_callback_action", Domain("id", "in", calls.ids), {}
        )

    def _open_targets(self, target_id):
        return self._open_list(
            "crm_relations.crm_target_result_action",
            Domain("target_id", "=", target_id)
            & Domain("user_id", "=", self.user_id.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("period_start", ">=", self.period_start)
            & Domain("period_end", "<=", self.period_end),
            {},
        )

    def _open_card(self, key):
        # Superuser: on which day the person is.
        person = self.user_id.sudo()
        day = self.env["crm.my.day"].with_company(self.company_id)
        cards = day._get_my_day_cards(person, person._get_relations_today())
        (card,) = (card for card in cards if card["key"] == key)
        return self._open_list(
            card["action"], day._keep_to_company(card), card["context"]
        )

    def _open_list(self, xml_id, domain, context):
        """Return a window action, its list first, with nothing else filtered."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        modes = sorted(action["view_mode"].split(","), key=lambda mode: mode != "list")
        known = {mode: number for number, mode in action.get("views", [])}
        return action | {
            "domain": list(domain),
            "context": {"active_test": True, **context},
            "view_mode": ",".join(modes),
            "views": [(known.get(mode, False), mode) for mode in modes],
            "path": False,
        }
