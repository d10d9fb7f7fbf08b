from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..tools.uploads import ACCEPT
from .complaint_form import ComplaintForm
from .complaint_page import MOST_BYTES, SECRET

A_PAGE = 20


class ComplaintPortal(CustomerPortal):
    """Customers with an account: their complaints, and a form for a new one."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "complaint_count" in counters:
            complaints, domain = self._get_own_complaints()
            values["complaint_count"] = complaints.search_count(domain)
        return values

    def _get_own_complaints(self):
        """Return the model and the domain of what the user follows."""
        complaints = request.env["crm.complaint"]
        domain = complaints._get_own_domain(request.env.user)
        # Superuser: portal users have no right on complaints; the domain is theirs.
        return complaints.sudo(), domain

    @route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def list_complaints(self, page=1, **_kwargs):
        complaints, domain = self._get_own_complaints()
        pager = portal_pager(
            url="/my/complaints",
            total=complaints.search_count(domain),
            page=page,
            step=A_PAGE,
        )
        shown = complaints.search(domain, limit=A_PAGE, offset=pager["offset"])
        return request.render(
            "crm_relations_complaint.portal_my_complaints",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "complaint",
                "complaints": shown,
                "pager": pager,
                "default_url": "/my/complaints",
            },
        )

    @route(
        "/my/complaints/new",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        max_content_length=MOST_BYTES,
    )
    def new_complaint(self, **post):
        company = request.env.company
        categories = self._get_offered(company)
        form = None
        if request.httprequest.method == "POST":
            files = request.httprequest.files.getlist("files")
            form = ComplaintForm(request.env, company.sudo(), post, files)
            if form.read_report(categories, has_customer=True) and self._admit(form):
                complaint = self._register(company, form, post)
                return request.redirect(f"{complaint.access_url}?done=registered")
        return request.render(
            "crm_relations_complaint.portal_new_complaint",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "complaint",
                "is_new": True,
                "categories": categories,
                "accept": ACCEPT,
                "errors": form.errors if form else {},
                "typed": form.get_typed() if form else {},
                "stamp": request.env["crm.public.form"]._sign("portal"),
                "company": company.sudo(),
            },
            headers=list(SECRET),
            status=422 if form else 200,
        )

    def _get_offered(self, company):
        # Superuser: portal users have no right on categories; these are offered.
        preset = request.env["crm.complaint"]._get_first_entrance(company).category_id
        return request.env["crm.complaint.category"].sudo()._get_offered(preset)

    def _admit(self, form):
        # Superuser: nobody outside has a right on the counters.
        tries = request.env["crm.public.try"].sudo()
        times, _total = tries._count("portal", str(request.env.uid))
        if times <= form.company.complaint_answers_per_hour:
            return True
        form.errors["facts"] = request.env._(
            "You have written very often in this hour. Please try again later."
        )
        return False

    def _register(self, company, form, post):
        complaints = request.env["crm.complaint"]
        forms = request.env["crm.public.form"]
        stamp = forms._read("portal", post.get("stamp"))
        # Superuser: whose contact he is.
        person = request.env.user.sudo().partner_id
        customer = person.commercial_partner_id
        complaint = complaints._register_from_outside(
            company,
            {
                **form.values,
                "channel": "portal",
                "partner_id": customer.id,
                "person_id": person.id if person != customer else False,
            },
            key=stamp and f"portal:{request.env.uid}:{stamp['nonce']}",
        )
        if not complaint._get_told_messages():
            complaint._post_of_customer(complaint._get_words_of_customer(), form.files)
            complaint._acknowledge(request.env.lang)
        return complaint
