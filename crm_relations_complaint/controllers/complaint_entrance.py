from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from odoo.addons.crm_relations.controllers.public_form import TRAP

from ..tools.uploads import ACCEPT
from .complaint_form import ComplaintForm
from .complaint_page import MOST_BYTES, SECRET


class ComplaintEntrance(Controller):
    """The form behind the link and the QR code, for people without an account.

    It tells nothing of who is a customer: whatever is typed, the answer is the same.
    """

    @route(
        "/complaint/<string:entrance_token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
        max_content_length=MOST_BYTES,
    )
    def enter(self, entrance_token, **post):
        entrance = self._get_entrance(entrance_token)
        categories = entrance._get_offered_categories()
        if request.httprequest.method == "GET":
            return self._render(entrance, categories)
        files = request.httprequest.files.getlist("files")
        form = ComplaintForm(request.env, entrance.company_id, post, files)
        if form.read_report(categories) and self._is_admitted(entrance, form):
            return self._register(entrance, form)
        return self._render(entrance, categories, form)

    def _get_entrance(self, token):
        """Return the entrance as superuser: its token is the right to it.

        :raise NotFound: there is none, or not any more
        """
        entrance = request.env["crm.complaint.entrance"].sudo()._find_open(token)
        if not entrance:
            raise NotFound
        return entrance

    def _is_admitted(self, entrance, form):
        """Return whether a person sent this, and not too often; else say why not."""
        stamp = form.read_stamp(entrance.token)
        if not stamp:
            return False
        form.key = f"web:{stamp['nonce']}"
        complaints = request.env["crm.complaint"]
        if complaints._find_by_source_keys(entrance.company_id, [form.key]):
            return True
        if entrance._is_crowded(request.httprequest.remote_addr):
            form.refuse_crowd()
        return not form.errors

    def _register(self, entrance, form):
        complaint = request.env["crm.complaint"]._register_from_outside(
            entrance.company_id,
            {**form.values, "channel": "web"},
            entrance,
            key=form.key,
        )
        if not complaint._get_told_messages():
            complaint._post_of_customer(complaint._get_words_of_customer(), form.files)
            complaint._acknowledge(request.env.lang)
        return request.redirect(f"{complaint.get_portal_url()}&done=registered")

    def _render(self, entrance, categories, form=None):
        return request.render(
            "crm_relations_complaint.entrance_page",
            {
                "entrance": entrance,
                "res_company": entrance.company_id,
                "company": entrance.company_id,
                "no_breadcrumbs": True,
                "categories": categories,
                "accept": ACCEPT,
                "trap": TRAP,
                "errors": form.errors if form else {},
                "typed": form.get_typed() if form else {},
                "stamp": request.env["crm.public.form"]._sign(entrance.token),
            },
            headers=list(SECRET),
            status=form.status if form else 200,
        )
