from odoo import fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ...models.rule.crm_act import lock_or_refuse
from ...tools.counted import tell_days


class CrmPoolFirstDay(models.TransientModel):
    """Install what was proposed: change what differs, create what is missing."""

    _inherit = "crm.pool.first.day"

    def action_install(self):
        """Put it into force and open the list of what was done."""
        self.ensure_one()
        setup = self._install()
        if not setup:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "info",
                    "message": self.env._(
                        "All is as you want it: nothing was changed."
                    ),
                    "next": {"type": "ir.actions.act_window_close"},
                },
            }
        return setup._open()

    def _install(self):
        """Return the list of what was done, nothing if all was there already."""
        self._check_right()
        self._come_first()
        # Superuser: the list is written by this alone.
        setup = self.env["crm.pool.setup"].sudo()
        setup = setup.create(
            {
                "company_id": self.company_id.id,
                "user_id": self.env.uid,
                "installed_at": fields.Datetime.now(),
            }
        ).with_env(self.env)
        self._install_pool(setup)
        self._install_rules(setup)
        self._install_quota(setup)
        self._install_notices(setup)
        # Superuser: Settings are the system administrator's, this switch goes with the
        # pool that the caller may set up.
        setup._change(self.company_id.sudo(), {"customers_are_owned": True})
        if not setup.sudo().line_ids:
            setup.sudo().unlink()
            return setup.browse()
        return setup

    def _come_first(self):
        """Of two administrators at once one is told to try again, or is tried again by
        Odoo, and finds all of it done: also one who began before the other had ended,
        for whom the company's row has changed meanwhile."""
        # Superuser: the company is locked, nothing in it is changed.
        company = self.company_id.sudo()
        lock_or_refuse(company)
        self.env.cr.execute(
            SQL(
                "UPDATE res_company SET write_date = write_date WHERE id = %s",
                company.id,
            )
        )

    def _install_pool(self, setup):
        vals = self._prepare_pool()
        if self.pool_id:
            setup._change(self.pool_id, vals)
        else:
            name = self.env._("Public pool")
            company = {"company_id": self._get_scope().id, "name": name}
            self.pool_id = setup._add("crm.pool", {**vals, **company})
        # Superuser: the list is written by this alone.
        setup.sudo().pool_id = self.pool_id

    def _prepare_pool(self):
        return {
            "member_ids": [Command.set(self.member_ids.ids)],
            "manager_ids": [Command.set(self.manager_ids.ids)],
            "hides_phone": self.hides_numbers,
            "hides_email": self.hides_numbers,
            "hides_contacts": self.hides_numbers or self.pool_id.hides_contacts,
            "cool_down_days": self.cool_down_days,
            "most_per_night": self.most_per_night,
        }

    def _install_rules(self, setup):
        prepared = self._prepare_rules(self.pool_id)
        for line, (rule, vals) in zip(self.tier_line_ids, prepared, strict=True):
            if not rule:
                rule = setup._add("crm.pool.rule", vals)
            elif not rule.active or rule.days != vals["days"]:
                names = ("name", "days", "start_date", "active")
                setup._change(rule, {name: vals[name] for name in names})
            else:
                continue
            self._name_in_each_language(rule, line)

    def _name_in_each_language(self, rule, line):
        """A rule is read by all, whatever language who set it up has."""
        for code, _name in self.env["res.lang"].get_installed():
            if code != self.env.lang:
                wizard = self.with_context(lang=code)
                name = wizard._get_rule_name(line.with_context(lang=code))
                rule.with_context(lang=code).name = name

    def _prepare_rules(self, pool):
        """Return ``[(rule that is there or none, values)]``, one for each tier."""
        return [
            (self._find_rule(line.tier_id), self._prepare_rule(line, pool))
            for line in self.tier_line_ids
        ]

    def _get_rule_name(self, line):
        days = tell_days(self.env, line.days)
        if not line.tier_id:
            return self.env._("No follow-up for %(days)s", days=days)
        return self.env._(
            "Tier %(tier)s: no follow-up for %(days)s",
            tier=line.tier_id.name,
            days=days,
        )

    def _prepare_rule(self, line, pool):
        return {
            "name": self._get_rule_name(line),
            "clock": "followup",
            "days": line.days,
            "pool_id": pool.id,
            "tier_ids": [Command.set(line.tier_id.ids)],
            "company_id": self._get_scope().id,
            "start_date": self._get_start(),
            "active": True,
        }

    def _install_quota(self, setup):
        most, quota = self.max_customers, self._find_quota()
        vals = {"limit_customers": bool(most), "max_customers": most}
        if quota and (most or quota.limit_customers):
            setup._change(quota, vals)
        if quota or not most:
            return
        name = self.env._("Everybody")
        scope = {"company_id": self._get_scope().id, "name": name}
        setup._add("crm.pool.quota", {**vals, **scope})

    def _install_notices(self, setup):
        """Own notices for the company where those in force are others."""
        wanted, there = self._get_notices(), self._get_steps_in_force()
        # Where there are more than three, those that are not shown stay.
        if wanted == [day for day in self._get_notices_in_force() if day]:
            return
        own = there.filtered("company_id")
        for step in own.filtered(lambda step: step.days not in wanted):
            setup._change(step, {"active": False})
        for days in set(wanted) - set(own.mapped("days")):
            setup._add(
                "crm.pool.notice.step",
                {
                    "days": days,
                    "company_id": self.company_id.id,
                    "to_leader": days == min(wanted),
                },
            )
