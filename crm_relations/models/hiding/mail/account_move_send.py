from odoo import models


class AccountMoveSend(models.AbstractModel):
    """An invoice goes to whose address is hidden like to anybody else."""

    _inherit = "account.move.send"

    def _get_default_mail_partner_ids(self, move, mail_template, mail_lang):
        if not self.env["crm.pool"]._hides_anything():
            return super()._get_default_mail_partner_ids(move, mail_template, mail_lang)
        # Odoo's own key: those without an address in sight as well.
        all_of_them = self.with_context(allow_partners_without_mail=True)
        partners = super(AccountMoveSend, all_of_them)._get_default_mail_partner_ids(
            move, mail_template, mail_lang
        )
        # Without the key above, which only asks Odoo not to refuse.
        partners = partners.with_env(partners.env(context=self.env.context))
        if self.env.context.get("allow_partners_without_mail"):
            return partners
        return partners.filtered(lambda partner: partner.email or partner.has_email)

    def _get_alerts(self, moves, moves_data):
        alerts = super()._get_alerts(moves, moves_data)
        if "account_missing_email" not in alerts:
            return alerts
        by_mail = [m for m in moves if "email" in moves_data[m]["sending_methods"]]
        if len(moves) > 1:
            partners = self.env["res.partner"].union(*[m.partner_id for m in by_mail])
        else:
            partners = moves_data[by_mail[0]]["mail_partner_ids"]
        if all(partner.email or partner.has_email for partner in partners):
            alerts.pop("account_missing_email")
        return alerts
