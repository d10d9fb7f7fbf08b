from odoo import api, models

LEAVING = "crm_relations.crm_daily_digest_leaving"


class CrmDailyDigest(models.Model):
    """Who is about to leave stands in the daily digest, step by step."""

    _inherit = "crm.daily.digest"

    @api.model
    def _get_told(self, digests, day):
        told = super()._get_told(digests, day)
        # Superuser: each person is told of the own customers.
        notices = self.env["crm.pool.notice"].sudo()
        notices._announce(digests, day)
        lines = notices._get_lines(digests)
        for digest in digests.filtered(lambda digest: digest.id in lines):
            count, some = lines[digest.id]
            part = {"template": LEAVING, "count": count, "lines": some}
            told[digest.user_id] = [part, *told.get(digest.user_id, [])]
        return told

    def _render(self, cards, news, lang):
        env = self.with_context(lang=lang).env
        for part in news:
            if part["template"] == LEAVING:
                for line in part["lines"]:
                    line["reason"] = env["crm.reason"]._get_sentence(line["facts"])
                    line["day"] = env.user._tell_day(line["release_date"])
        return super()._render(cards, news, lang)
