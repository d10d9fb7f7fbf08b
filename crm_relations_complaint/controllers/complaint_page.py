import functools

from odoo.http import Controller, request, route

from odoo.addons.crm_relations.controllers.secret_page import SECRET

from ..tools.uploads import ACCEPT, MEGABYTE
from .complaint_form import ComplaintForm

MOST_BYTES = 64 * MEGABYTE  # of one request; the files have limits of their own
COMPLAINT = "/my/complaints/<int:complaint_id>"

page = functools.partial(route, type="http", auth="public", website=True, sitemap=False)


class ComplaintPage(Controller):
    """The page on which a customer follows one complaint: by its key, or logged in.

    A number that is not his, and one that there is not, lead to the same place.
    """

    @page(COMPLAINT, methods=["GET"])
    def show_complaint(self, complaint_id, access_token=None, **_kwargs):
        complaint = self._get_complaint(complaint_id, access_token)
        if not complaint:
            return self._lead_away()
        return self._render(complaint, access_token)

    @page(
        f"{COMPLAINT}/answer",
        methods=["POST"],
        max_content_length=MOST_BYTES,
    )
    def answer_complaint(self, complaint_id, access_token=None, **post):
        complaint = self._get_complaint(complaint_id, access_token)
        if not complaint:
            return self._lead_away()
        form = self._get_form(complaint, post)
        if not form.read_answer() or not self._is_admitted(complaint, form):
            return self._render(complaint, access_token, form)
        if self._comes_first(complaint, post):
            complaint._post_of_customer(form.values["text"], form.files)
            complaint._take_answer(form.values["text"])
        return self._return_to(complaint, access_token, "answered")

    @page(f"{COMPLAINT}/confirm", methods=["POST"])
    def confirm_complaint(self, complaint_id, access_token=None, **post):
        complaint = self._get_complaint(complaint_id, access_token)
        if not complaint:
            return self._lead_away()
        form = self._get_form(complaint, post)
        if not form.read_answer(needs_text=False):
            return self._render(complaint, access_token, form)
        done = complaint._confirm_of_customer(form.values["text"])
        return self._return_to(complaint, access_token, done and "confirmed")

    @page(
        f"{COMPLAINT}/dispute",
        methods=["POST"],
        max_content_length=MOST_BYTES,
    )
    def dispute_complaint(self, complaint_id, access_token=None, **post):
        complaint = self._get_complaint(complaint_id, access_token)
        if not complaint:
            return self._lead_away()
        form = self._get_form(complaint, post)
        if not form.read_answer() or not self._is_admitted(complaint, form):
            return self._render(complaint, access_token, form)
        done = complaint._dispute_of_customer(form.values["text"], form.files)
        return self._return_to(complaint, access_token, done and "disputed")

    @page(f"{COMPLAINT}/rate", methods=["POST"])
    def rate_complaint(self, complaint_id, access_token=None, **_post):
        complaint = self._get_complaint(complaint_id, access_token)
        if not complaint:
            return self._lead_away()
        if not complaint._may_rate():
            return self._return_to(complaint, access_token, "")
        return request.redirect(complaint._get_rating_path(), code=303)

    @page(
        f"{COMPLAINT}/file/<int:attachment_id>",
        methods=["GET"],
        website=False,
    )
    def load_file(self, complaint_id, attachment_id, access_token=None, **_kwargs):
        complaint = self._get_complaint(complaint_id, access_token)
        file = complaint and complaint._get_told_file(attachment_id)
        if not file:
            return self._lead_away()
        stream = request.env["ir.binary"]._get_stream_from(file)
        response = stream.get_response(as_attachment=True)
        response.headers.extend(SECRET)
        return response

    def _get_complaint(self, complaint_id, token):
        token = token if isinstance(token, str) and token.isascii() else None
        return request.env["crm.complaint"]._get_of_customer(
            complaint_id, request.env.user, token
        )

    def _lead_away(self):
        return request.redirect("/my")

    def _get_form(self, complaint, post):
        files = request.httprequest.files.getlist("files")
        return ComplaintForm(request.env, complaint.company_id, post, files)

    def _get_scope(self, complaint):
        return f"answer:{complaint.id}"

    def _comes_first(self, complaint, post):
        """Return whether this answer is sent for the first time, as is one of a page
        that was open for longer than its stamp is good."""
        forms, scope = request.env["crm.public.form"], self._get_scope(complaint)
        stamp = forms._read(scope, post.get("stamp"))
        return not stamp or forms._comes_first(scope, stamp)

    def _is_admitted(self, complaint, form):
        """Return whether this one may still write in this hour."""
        # Superuser: nobody outside has a right on the counters.
        tries = request.env["crm.public.try"].sudo()
        times, _total = tries._count("answer", str(complaint.id))
        if times <= complaint.company_id.complaint_answers_per_hour:
            return True
        form.errors["text"] = request.env._(
            "You have written very often in this hour. Please try again later."
        )
        return False

    def _return_to(self, complaint, token, done):
        query = {"access_token": token, "done": done or None}
        query = "&".join(f"{key}={value}" for key, value in query.items() if value)
        url = complaint.access_url + (f"?{query}" if query else "")
        return request.redirect(url, code=303)

    def _render(self, complaint, token, form=None):
        done = request.params.get("done")
        values = {
            "page_name": "complaint",
            "no_breadcrumbs": request.env.user._is_public(),
            "complaint": complaint,
            "res_company": complaint.company_id,
            "state": complaint._get_told_state(),
            "messages": complaint._read_told_messages(),
            "token": token or "",
            "stamp": request.env["crm.public.form"]._sign(self._get_scope(complaint)),
            "accept": ACCEPT,
            "errors": form.errors if form else {},
            "typed": form.get_typed() if form else {},
            "act": request.httprequest.path.rsplit("/", 1)[-1],
            "solution": complaint._get_told_solution(),
            "may_answer": complaint._takes_answers(),
            "may_dispute": complaint._may_dispute(),
            "may_rate": complaint._may_rate(),
            "given_stars": complaint._get_told_stars(),
            "done": done if isinstance(done, str) else "",
        }
        response = request.render(
            "crm_relations_complaint.complaint_page",
            values,
            headers=list(SECRET),
            status=422 if form and form.errors else 200,
        )
        return response
