from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.retries import retry

PAGE = 2000


class CrmTakeIn(models.Model):
    """How far the contacts that were there before the suite have been taken in.

    Installing computes nothing for them: a job does it, a page of contacts a
    transaction, from the lowest id to the highest of that day. The page that a killed
    job had begun is begun anew; a contact that has been decided already is left alone.
    Contacts that come later are none of its business. What a request that had begun
    before wrote without us is found by a second round, in the night.
    """

    _name = "crm.take.in"
    _description = "Taking in of existing customers"

    until_id = fields.Integer(required=True)
    last_id = fields.Integer()
    customer_count = fields.Integer(string="Customers")
    taken_count = fields.Integer(string="Taken In")
    rounds_left = fields.Integer(default=2)

    @api.model
    def _release_tables(self):
        """Commit what the installation did to tables that are in use, so that nobody
        waits for the rest of it. Odoo installs an addon in one transaction."""
        # Before: what follows from the groups is written while the tables are held.
        self.env.flush_all()
        self.env.cr.commit()  # pylint: disable=invalid-commit

    @api.model
    def _hold_users(self):
        """Let nobody write users and their contacts until the next release: Odoo judges
        them anew for the new groups, and would fail at one who has just been written.
        First thing in the transaction, so that it sees what was written before."""
        self._release_tables()
        self.env.cr.execute(
            "LOCK TABLE res_users, res_partner IN SHARE ROW EXCLUSIVE MODE"
        )

    @api.model
    def _start(self):
        """Let the job take in, soon, all contacts that are there."""
        ((until,),) = self.env.execute_query(SQL("SELECT max(id) FROM res_partner"))
        self.create({"until_id": until})
        self.env.ref("crm_relations.ir_cron_take_in")._trigger()

    @api.model
    def _cron_take_in(self):
        """Go through one round; the next begins in the night."""
        work = self.search([("rounds_left", ">", 0)], limit=1)
        if not work:
            return
        rounds = work.rounds_left
        retry(self.env, work._count)
        progress = self.env["ir.cron"]._commit_progress
        while progress(1, remaining=work._get_pages_left(rounds)):
            if work.rounds_left < rounds:
                break
            retry(self.env, work._take_page)

    def _count(self):
        if not self.customer_count:
            self.customer_count = self.env["res.partner"]._count_to_take_in()

    def _get_pages_left(self, rounds):
        if self.rounds_left < rounds:
            return 0
        return max(1, -(-(self.until_id - self.last_id) // self._get_page_size()))

    def _get_page_size(self):
        return PAGE

    def _take_page(self):
        """Take in the customers among the next contacts; after the last of them, let
        the rest be decided."""
        rows = self.env.execute_query(
            SQL(
                "SELECT max(id) FROM (SELECT id FROM res_partner"
                "  WHERE id > %s AND id <= %s ORDER BY id LIMIT %s) AS page",
                self.last_id,
                self.until_id,
                self._get_page_size(),
            )
        )
        last = rows[0][0]
        if last:
            taken = self.env["res.partner"]._take_in(self.last_id + 1, last)
            self.write({"last_id": last, "taken_count": self.taken_count + len(taken)})
        else:
            self.write({"last_id": 0, "rounds_left": self.rounds_left - 1})
            for name in self._get_next_jobs():
                self.env.ref(f"crm_relations.ir_cron_{name}")._trigger()

    @api.model
    def _get_next_jobs(self):
        """Hook: return the jobs that start when a round is over."""
        return []

    @api.model
    def _get_notice(self):
        """Return what users read while the first round goes on, or nothing."""
        # Superuser: a number for everybody who has a role.
        work = self.sudo().search([("rounds_left", "=", 2)], limit=1)
        if not work.customer_count:
            return ""
        return self.env._(
            "Your existing customers are being taken in: %(taken)s of %(all)s so far. "
            "Their figures and tiers follow right after.",
            taken=f"{work.taken_count:,}",
            all=f"{work.customer_count:,}",
        )
