from datetime import datetime

from babel.dates import format_skeleton, format_time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, babel_locale_parse, format_date, get_lang, ormcache

from ...tools.suite import is_ours
from ...tools.tact import to_local
from ...tools.time_zones import get_day_start, to_datetime


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "crm.condition.mixin"]

    def action_archive(self):
        """Odoo deletes the activities of who leaves before it writes: be earlier."""
        self.filtered("active")._before_leaving()
        return super().action_archive()

    def write(self, vals):
        """Whoever writes it, also over the API: who is archived leaves."""
        if not vals.get("active", True):
            self.filtered("active")._before_leaving()
        return super().write(vals)

    def _before_leaving(self):
        """Hook: pass on what these users have to do; they are about to be archived.
        Called twice where it is by the button."""

    @api.depends("active")
    def _compute_sale_team_id(self):
        """Odoo takes who is archived by the button out of the team: whoever led them
        then goes on to see, and to pass on, what they left behind."""
        result = super()._compute_sale_team_id()
        # Superuser: of which team somebody was, whoever archives.
        members = self.sudo().with_context(active_test=False)
        for user in members.filtered(lambda one: not (one.active or one.sale_team_id)):
            user.sale_team_id = user.crm_team_member_ids.sorted("id")[-1:].crm_team_id
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_history(self):
        """The database would empty whom it names: history keeps who it was, and nobody
        takes an owner away from a customer without a line."""
        # Superuser: what the caller may not see counts as well.
        for user in self.sudo()._filter_named_in_history()[:1]:
            raise UserError(
                self.env._(
                    "%(user)s has customers, or their history names this person. "
                    "Archive the user instead.",
                    user=user.name,
                )
            )

    def _filter_named_in_history(self):
        """Return those of these users whose deletion would empty what the suite keeps;
        one statement, for however many."""
        self.env.flush_all()
        parts = [
            SQL(
                "EXISTS (SELECT FROM %s AS named WHERE named.%s = person.id AND %s)",
                SQL.identifier(table),
                SQL.identifier(column),
                SQL("is_managed_customer") if table == "res_partner" else SQL("TRUE"),
            )
            for table, column in self._get_links_that_name()
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT person.id FROM unnest(%s::int[]) AS person (id) WHERE %s",
                list(self.ids),
                SQL(" OR ").join(parts),
            )
        )
        return self.browse(number for (number,) in rows)

    @api.model
    @ormcache(cache="stable")
    def _get_links_that_name(self):
        """Return ``[(table, column)]`` of what names a user and would be emptied."""
        links = [
            (model._table, field.name)
            for model in self.env.registry.values()
            if model._auto and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.type == "many2one" and field.store and is_ours(field)
            if field.comodel_name == "res.users"
            if field.ondelete in ("set null", None)  # None: related to such a one
            if field.name not in models.LOG_ACCESS_COLUMNS
        ]
        return [*links, ("res_partner", "user_id")]

    def _get_open_companies(self):
        """Return the companies whose customers these people may have."""
        # Superuser: where a colleague works.
        return self.sudo().company_ids._get_open()

    @api.model
    def _get_works_in_sql(self, user, company):
        """Return the SQL condition that the user works in the company itself; both are
        SQL expressions of an id."""
        return SQL(
            "EXISTS (SELECT FROM res_company_users_rel AS link"
            " WHERE link.user_id = %s AND link.cid = %s)",
            user,
            company,
        )

    @api.model
    def _get_open_company_sql(self, user, company):
        """Return the SQL condition that the company is one of the open ones of the
        user; both are SQL expressions of an id."""
        return SQL(
            """EXISTS (SELECT FROM res_company_users_rel AS link
                         JOIN res_company AS branch ON branch.id = link.cid
                        WHERE link.user_id = %(user)s
                          AND %(company)s::text = ANY(
                              string_to_array(branch.parent_path, '/')))""",
            user=user,
            company=company,
        )

    def _get_leader(self):
        """Return who leads the team of this person; nobody where there is no team."""
        return self.sale_team_id.user_id

    def _is_led_by(self, user):
        """Return whether ``user`` leads the team of this person and decides for it: a
        leader without that role only stands on the team."""
        manages = user.has_group("crm_relations.group_sales_manager")
        return manages and self._get_leader() == user

    def _is_among(self, users):
        """Return whether this person is one of these users, by whatever account."""
        self.ensure_one()
        # Superuser: who stands behind an account.
        return self in users or self.sudo().partner_id in users.sudo().partner_id

    def _get_relations_tz(self):
        """Return the time zone name of the clock that this person looks at."""
        self.ensure_one()
        # Superuser: the time zone of a colleague, and of its company.
        person = self.sudo()
        return person.tz or person.company_id._get_relations_tz()

    def _get_relations_today(self):
        """Return the date that this person has now: what is put into its list is due
        on days of this calendar, whatever day the company or the server has."""
        return self._get_relations_day(fields.Datetime.now())

    def _get_relations_day(self, moment):
        """Return the date that this person has at a naive UTC ``moment``."""
        return to_local(moment, self._get_relations_tz()).date()

    def _get_relations_day_start(self, day):
        """Return the naive UTC datetime at which ``day`` begins for this person."""
        return to_datetime(get_day_start(self._get_relations_tz(), day.toordinal()))

    def _tell_day(self, day, form="medium"):
        """Return a day, or the day of a moment (naive UTC), as Odoo's screens show it
        in the reader's language: Nov 27, 2026 or 2026年11月27日; "" for none.

        :param form: medium; short: without the year where it is this one, as in lists;
            anything else: a pattern of Babel, or full
        """
        if not day:
            return ""
        if isinstance(day, str):
            day = fields.Date.to_date(day)
        if isinstance(day, datetime):
            day = to_local(day, self._get_clock_tz()).date()
        if form not in ("medium", "short"):
            return format_date(self.env, day, date_format=form)
        is_brief = form == "short" and day.year == self._get_relations_today().year
        return format_skeleton(
            "MMMd" if is_brief else "yMMMd", day, locale=self._get_locale()
        )

    def _tell_moment(self, moment, form="medium"):
        """Return a moment (naive UTC) as Odoo's screens show it, on the clock of this
        person; where it has none, or is a job, on that of the company, as the days are
        that it is told.

        :param form: as for ``_tell_day``
        """
        if not moment:
            return ""
        local = to_local(fields.Datetime.to_datetime(moment), self._get_clock_tz())
        locale = self._get_locale()
        time = format_time(local.time(), "short", locale=locale)
        glue = str(locale.datetime_formats["medium"])
        return glue.format(time, self._tell_day(local.date(), form))

    def _get_clock_tz(self):
        # Superuser: the time zone of a colleague.
        return self.sudo().tz or self.env.company._get_relations_tz()

    def _get_locale(self):
        return babel_locale_parse(get_lang(self.env).code)
