from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """What was given to the customer stands on its first page: gifts of the year, what
    it owes in return, the balance of favours; each where there is any."""

    _inherit = "res.partner"

    def _get_overview_parts(self):
        parts = super()._get_overview_parts()
        if not self.env["crm.gift"].has_access("read"):
            return {**parts, "giving": []}
        return {**parts, "giving": [self._get_overview_giving_sql()]}

    def _get_overview_giving_sql(self):
        mine = [("partner_id", "=", self.id)]
        concessions = [*mine, ("counter_state", "=", "owed")]
        year = self.env.user._get_relations_today().year
        gifts = self.env["crm.gift.year"]._search([*mine, ("year", "=", year)])
        owed = self.env["crm.concession"]._search(concessions)
        favours = self.env["crm.favour"]._search(mine)
        return SQL(
            """
            SELECT jsonb_build_object(
                       'gifts', (SELECT sum(cost) FROM crm_gift_year
                                  WHERE id IN %(gifts)s),
                       'owed', (SELECT count(*) FROM crm_concession
                                 WHERE id IN %(owed)s),
                       'favours', (SELECT sum(points) FROM crm_favour
                                    WHERE id IN %(favours)s)) AS line
            """,
            gifts=gifts.subselect(),
            owed=owed.subselect(),
            favours=favours.subselect(),
        )

    def _tell_overview(self, found):
        told = super()._tell_overview(found)
        given = self._tell_giving(found["giving"][0]) if found["giving"] else []
        return {**told, "conclusions": [*told["conclusions"], *given]}

    def _tell_giving(self, line):
        currency = self._get_relation_company().currency_id
        told = []
        if line["gifts"]:
            told.append(
                {
                    "code": "gifts",
                    "label": self.env._("Gifts this year"),
                    "value": currency.format(line["gifts"]),
                }
            )
        if line["owed"]:
            told.append(
                {
                    "code": "owed",
                    "label": self.env._("Owed in return"),
                    "value": str(line["owed"]),
                }
            )
        if line["favours"]:
            told.append(
                {
                    "code": "favours",
                    "label": self.env._("Balance of favours"),
                    "value": f"{line['favours']:+d}",
                }
            )
        return [{"why": "", **one} for one in told]
