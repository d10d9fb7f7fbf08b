from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from ..tools.network_place import get_place
from .public_form import TRAP
from .referral_form import ReferralForm
from .secret_page import SECRET

MOST_PER_SOURCE = 10
MOST_PER_HOUR = 60


class ReferralEntrance(Controller):
    """The form behind the link of a member, for people without an account.

    It tells neither who recommends nor who is a customer: whatever is typed, the
    answer is the same.
    """

    @route(
        "/refer/<string:referral_code>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
    )
    def enter(self, referral_code, **post):
        members = request.env["crm.club.membership"]
        membership = members._find_by_referral_code(referral_code.upper())
        if not membership:
            raise NotFound
        if request.httprequest.method == "GET":
            return self._render(membership, done=bool(post.get("done")))
        form = ReferralForm(request.env, post)
        if not form.read_referral() or not self._is_admitted(membership, form):
            return self._render(membership, form)
        forms = request.env["crm.public.form"]
        if forms._comes_first(self._get_scope(membership), form.stamp):
            request.env["crm.referral"]._register_by_link(membership, form.values)
        return request.redirect(f"/refer/{membership.referral_code}?done=1", code=303)

    def _is_admitted(self, membership, form):
        """Return whether a person sent this, and not too often; else say why not."""
        scope = self._get_scope(membership)
        if not form.read_stamp(scope):
            return False
        # Superuser: nobody has a right on the counters.
        tries = request.env["crm.public.try"].sudo()
        times, total = tries._count(scope, get_place(request.httprequest.remote_addr))
        if times > MOST_PER_SOURCE or total > MOST_PER_HOUR:
            form.refuse_crowd()
        return not form.errors

    def _get_scope(self, membership):
        return f"referral:{membership.id}"

    def _render(self, membership, form=None, done=False):
        club = membership.club_id
        company = club.company_id or request.env["res.company"].sudo()
        scope = self._get_scope(membership)
        return request.render(
            "crm_relations.referral_page",
            {
                "club": club,
                "res_company": company or request.env.company.sudo(),
                "no_breadcrumbs": True,
                "trap": TRAP,
                "errors": form.errors if form else {},
                "typed": form.get_typed() if form else {},
                "done": done,
                "stamp": request.env["crm.public.form"]._sign(scope),
            },
            headers=list(SECRET),
            status=form.status if form else 200,
        )
