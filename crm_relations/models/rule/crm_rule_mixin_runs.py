from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

# Of more customers nobody waits for a number on a button: its list tells.
MOST_AT_ONCE = 20000
ADMINISTRATORS = "crm_relations.group_administrator"
MANAGERS = "crm_relations.group_relations_manager"


class CrmRuleMixin(models.AbstractModel):
    """Totals and runs of a rule, and what each form of a rule says of itself.

    The audience that the button counts is the one that the preview and the runs are
    "of": ``_get_judged_audience``.
    """

    _inherit = "crm.rule.mixin"

    # Whether a job, or a button, runs rules of this model.
    _keeps_runs = False

    would_change = fields.Char(compute="_compute_would_change")
    run_count = fields.Integer(string="Runs", compute="_compute_run_count")

    @api.depends("audience_count")
    @api.depends_context("lang", "uid")
    def _compute_would_change(self):
        may = self.env.su or self.env.user.has_group(MANAGERS)
        for rule in self:
            rule.would_change = False
            if may and rule._origin.id and rule.audience_count <= MOST_AT_ONCE:
                rule.would_change = rule._origin._tell_would_change()

    def _compute_run_count(self):
        runs = self.env["crm.rule.run"]
        counts = {}
        if runs.has_access("read"):
            domain = [("rule_model", "=", self._name), ("rule_id", "in", self.ids)]
            counts = dict(runs._read_group(domain, ["rule_id"], ["__count"]))
        for rule in self:
            rule.run_count = counts.get(rule._origin.id, 0)

    def _tell_would_change(self):
        """Return “630 of 2,382”, "" where the rule cannot be previewed as it stands."""
        try:
            decisions = self._get_visible_preview_sql()
        except ValidationError:
            return ""
        [(changed,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) AS decision", decisions)
        )
        return self._tell_total(changed)

    def _count_judged(self):
        return self.env["res.partner"].search_count(self._get_judged_audience())

    def _count_judged_by_run(self, _changed):
        """Return how many were judged by a run that is just over and has changed so
        many."""
        return self._count_judged()

    def _get_judged_audience(self):
        """Return the domain of the customers whom the rule judges at all."""
        return self._get_audience()

    def action_view_runs(self):
        """Open when this rule ran, and what came of it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_rule_run_action"
        )
        domain = [("rule_model", "=", self._name), ("rule_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}

    def _rules_ran(self, changed, seconds):
        if self._keeps_runs:
            self.env["crm.rule.run"]._note(self, changed, seconds)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            self._complete_form(arch)
        return arch, view

    @api.model
    def _complete_form(self, arch):
        """Say in each form of a rule who changes it; where it has a preview and runs,
        give their buttons with their numbers."""
        for sheet in arch.xpath("//form/sheet")[:1]:
            hint = etree.Element("div", {"class": "alert alert-info", "role": "status"})
            hint.set("groups", f"!{ADMINISTRATORS}")
            hint.text = self.env._(
                "You see what this rule does. Administrators of Customer Relations "
                "change it."
            )
            sheet.addprevious(hint)
        for box in arch.xpath("//div[@name='button_box']")[:1]:
            if arch.xpath("//button[@name='action_preview']"):
                box.append(self._make_preview_button(box))
            if self._keeps_runs:
                box.append(
                    self._make_button("action_view_runs", "run_count", "fa-history")
                )

    @api.model
    def _make_preview_button(self, box):
        """Return the button with the number; it stands for the one there was."""
        label = self.env._("Would Change Now")
        for old in box.xpath(".//button[@name='action_preview']"):
            for words in old.xpath(".//span"):
                label = words.text or label
            if old.xpath(".//field"):  # it counts something of its own
                continue
            old.getparent().remove(old)
        button = self._make_button("action_preview", "would_change", "fa-sign-in")
        button[0].set("string", label)
        return button

    @api.model
    def _make_button(self, method, field, icon):
        button = etree.Element("button", {"name": method, "type": "object"})
        button.set("class", "oe_stat_button")
        button.set("icon", icon)
        button.set("groups", MANAGERS)
        button.set("invisible", "not id")
        etree.SubElement(button, "field", {"name": field, "widget": "statinfo"})
        return button
