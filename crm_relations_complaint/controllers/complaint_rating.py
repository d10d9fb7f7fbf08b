from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.crm_relations.controllers.secret_page import SECRET

UNPROCESSABLE = 422


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
    def rate(self, token, **post):
        # Superuser: the secret link is the right.
        complaints = request.env["crm.complaint"].sudo()
        rating = complaints._find_rating(token)
        complaint = complaints.browse(rating.res_id).exists()
        if not complaint:
            raise request.not_found()
        complaint = complaint.with_context(lang=complaint._get_customer_lang())
        page = {"complaint": complaint, "waits": not complaint._may_be_rated()}
        page |= {"done": rating.consumed, "problem": ""}
        if request.httprequest.method == "POST" and not (page["done"] or page["waits"]):
            page["problem"] = self._keep(complaint, post, token)
            page["done"] = not page["problem"]
        return request.render(
            "crm_relations_complaint.complaint_rate_page",
            page,
            headers=list(SECRET),
            status=UNPROCESSABLE if page["problem"] else 200,
        )

    def _keep(self, complaint, post, token):
        """Keep the rating; return what is wrong with it, in words."""
        # A file that is sent under these names is neither.
        value, feedback = (
            text if isinstance(text := post.get(name), str) else ""
            for name in ("value", "feedback")
        )
        number = int(value) if value.isascii() and value.isdigit() else 0
        try:
            complaint._rate_handling(number, feedback, token)
        except UserError as error:
            return str(error)
        return ""
