from odoo import http
from odoo.exceptions import UserError
from odoo.http import request


class ComplaintRating(http.Controller):
    """The customer rates how a complaint was handled, by the link in the mail. Opening
    it changes nothing: what scans mails follows links."""

    @http.route(
        "/complaint/rate/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        sitemap=False,
    )
    def rate(self, token, value=None, feedback="", **_post):
        # Superuser: the secret link is the right.
        rating = (
            request.env["rating.rating"]
            .sudo()
            .search(
                [("access_token", "=", token), ("res_model", "=", "crm.complaint")],
                limit=1,
            )
        )
        complaint = request.env["crm.complaint"].sudo().browse(rating.res_id).exists()
        if not rating or not complaint:
            raise request.not_found()
        complaint = complaint.with_context(lang=complaint._get_customer_lang())
        done = rating.consumed
        if request.httprequest.method == "POST" and not done:
            done = self._keep(complaint, value, feedback, token)
        return request.render(
            "crm_relations_complaint.complaint_rate_page",
            {"complaint": complaint, "done": done},
        )

    def _keep(self, complaint, value, feedback, token):
        """Keep the rating; return whether it was one."""
        try:
            complaint._rate_handling(int(value or 0), feedback, token)
        except (UserError, ValueError):
            return False
        return True
