from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.arguments import Answers, Given, Id, Text
from ...tools.counted import tell_customers
from ...tools.sentences import join_words
from .crm_customer_share import ROLES
from .crm_pool_batch_digest import NAMED


class ResPartner(models.Model):
    """Colleagues with whom a customer is shared."""

    _inherit = "res.partner"

    share_ids = fields.One2many(
        comodel_name="crm.customer.share", inverse_name="partner_id", string="Shares"
    )
    share_history_ids = fields.One2many(
        comodel_name="crm.customer.share",
        inverse_name="partner_id",
        string="Shared With, Now and Before",
        context={"active_test": False},
        readonly=True,
    )
    shared_user_ids = fields.Many2many(
        comodel_name="res.users",
        string="Shared With",
        compute="_compute_shared_user_ids",
    )

    my_share_until = fields.Date(
        string="Shared with Me Until", compute="_compute_my_share_until"
    )

    @api.depends("share_ids.active", "share_ids.user_id")
    def _compute_shared_user_ids(self):
        users = self.env["res.users"]
        for partner in self:
            # Not filtered: it would lose what is fetched for all customers at once.
            shares = [share for share in partner.share_ids if share.active]
            partner.shared_user_ids = users.union(*(one.user_id for one in shares))

    @api.depends("share_ids.until", "share_ids.active")
    @api.depends_context("uid")
    def _compute_my_share_until(self):
        shares = self.env["crm.customer.share"]._find_in_force(
            self._origin.ids, ("user_id", "=", self.env.uid)
        )
        until = {share.partner_id.id: share.until for share in shares}
        for partner in self:
            partner.my_share_until = until.get(partner._origin.id, False)

    def _is_helped_by(self, user):
        # Not filtered: it would lose what is fetched for all customers at once.
        return super()._is_helped_by(user) or any(
            share.active and share.user_id == user for share in self.share_ids
        )

    def share_with(
        self,
        user_id: Id,
        until: Given = None,
        role: Given = "assist",
        purpose: Text = "",
    ) -> Answers:
        """Share these customers with a colleague, who finds them under “Shared with
        Me” and works with them as their salesperson does.

        :param user_id: id of the colleague
        :param until: last day of access (date or ISO text); empty: without end
        :param role: assist, stand_in or former
        :param purpose: what for, in a few words
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            blocked (shared with this colleague already, is the salesperson, may not
            enter the company of the customer, day in the past), no_right (not one's
            own customer, nor of one's own team), missing
        :raise ValidationError: there is no such role
        """
        if role not in [key for key, _label in ROLES]:
            raise ValidationError(self.env._("This role does not exist."))
        until = self._read_last_day(until)
        purpose = str(purpose or "").strip()
        user = self.env["res.users"].browse(user_id).exists()
        refusals = self._get_transfer_refusals(
            dict.fromkeys(self.ids, user_id), until, sharing=True
        )
        free = self.browse(
            dict.fromkeys(id_ for id_ in self.ids if id_ not in refusals)
        )
        # Superuser: nobody creates a share directly; who may was decided above.
        free.sudo()._add_shares(
            dict.fromkeys(free.ids, user.id), until, role, purpose, self.env.uid
        )
        if free:
            # Superuser: the colleague's address, for one message.
            free._tell_shared(user.sudo(), until, purpose)
        done = self.env._("Shared with %(user)s.", user=user.sudo().name or "")
        return self._get_transfer_answers(refusals, done)

    def _tell_shared(self, user, until, purpose):
        """Send the colleague one message, in the own language."""
        told = self.with_context(lang=user.lang)
        env = told.env
        lines = [
            env._("%(user)s shares with you:", user=self.env.user.name),
            told._get_named_links("shared-customers"),
        ]
        if until:
            day = env.user._tell_day(until)
            lines.append(env._("You have access until %(day)s.", day=day))
        if purpose:
            lines.append(purpose)
        env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=env._("Shared with you: %s", told._get_names_in_short()),
            body=Markup().join(Markup("<p>%s</p>") % line for line in lines),
            author_id=self.env.user.partner_id.id,
            email_layout_xmlid="mail.mail_notification_light",
        )

    def _get_names_in_short(self):
        if len(self) > 1:
            return tell_customers(self.env, len(self))
        return self.display_name or ""

    def _get_named_links(self, path, count=None):
        """Return links to the first ten customers, and the number of the others.

        :param path: of the action under which they are opened
        :param count: how many there are in all, if these are only the first
        """
        links = [
            Markup('<a href="/odoo/%s/%s">%s</a>')
            % (path, partner.id, partner.display_name)
            for partner in self[:NAMED]
        ]
        left = (count or len(self)) - len(links)
        if left:
            links.append(self.env._("and %(count)s more", count=left))
        return Markup(join_words(self.env, links))

    @api.model
    def _add_shares(self, users, until, role, purpose, granted_by):
        """Insert shares where there is none; one statement."""
        if not users:
            return
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_customer_share (partner_id, company_id, user_id, role,
                       purpose, until, active, granted_by_id, granted_at, create_uid,
                       create_date, write_uid, write_date)
                SELECT partner.id, partner.company_id, given.user_id, %(role)s,
                       NULLIF(%(purpose)s, ''), %(until)s::date, TRUE, %(uid)s,
                       %(now)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM unnest(%(partners)s::int[], %(users)s::int[])
                       AS given (partner_id, user_id)
                  JOIN res_partner AS partner ON partner.id = given.partner_id
           ON CONFLICT DO NOTHING
             RETURNING id
                """,
                partners=list(users),
                users=list(users.values()),
                role=role,
                purpose=(purpose or "").strip(),
                until=until or None,
                uid=granted_by,
                now=fields.Datetime.now(),
            )
        )
        names = ["share_ids", "share_history_ids", "shared_user_ids"]
        self.env["res.partner"].invalidate_model(names)
        self.env["crm.customer.share"].invalidate_model()

    def _owner_changed(self, kind):
        """The new owner needs no share any more, what the former one has granted ends
        with him, and in the pool nobody has any."""
        result = super()._owner_changed(kind)
        if self and kind != "create":
            self._end_shares_of_change()
        if self and kind == "undo":
            self._restore_shares_of_change()
        return result

    def _end_shares_of_change(self):
        self.env["crm.customer.share"].flush_model()
        self.env["crm.ownership.change"].flush_model()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_customer_share AS share
                   SET active = FALSE, ended_at = %(now)s, ending = 'owner',
                       end_change_id = latest.id, write_uid = %(uid)s,
                       write_date = %(now)s
                  FROM (%(latest)s) AS latest
                 WHERE share.partner_id = latest.partner_id AND share.active
                   AND (latest.to_user_id IS NULL
                        OR share.user_id = latest.to_user_id
                        OR share.granted_by_id = latest.from_user_id)
             RETURNING share.id
                """,
                latest=self.env["crm.ownership.change"]._get_latest_sql(self.ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self._forget_shares()

    def _restore_shares_of_change(self):
        """Bring back what the undone change of owner has ended."""
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_customer_share AS share
                   SET active = TRUE, ended_at = NULL, ending = NULL,
                       end_change_id = NULL, write_uid = %(uid)s, write_date = %(now)s
                  FROM (%(undone)s) AS undone
                 WHERE share.end_change_id = undone.id
                   AND NOT EXISTS (SELECT FROM crm_customer_share AS twin
                                    WHERE twin.partner_id = share.partner_id
                                      AND twin.user_id = share.user_id AND twin.active)
             RETURNING share.id
                """,
                undone=self.env["crm.ownership.change"]._get_undone_sql(self.ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        if rows:
            # Those whose last day has passed meanwhile do not wait for the night.
            self.env["crm.customer.share"]._end_due()
        self._forget_shares()

    def _forget_shares(self):
        names = ["share_ids", "share_history_ids", "shared_user_ids"]
        self.invalidate_recordset(names)
        self.env["crm.customer.share"].invalidate_model()

    def action_share(self):
        """Open the dialog that shares these customers with a colleague."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Share"),
            "res_model": "crm.share.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids, "default_user_id": False},
        }

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.customer.share"}
