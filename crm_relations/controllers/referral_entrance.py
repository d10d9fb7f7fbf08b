from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route
from odoo.tools import email_normalize

from ..tools.network_place import get_place
from .secret_page import SECRET

TRAP = "fax_of_sender"  # no person sees it
LEAST_SECONDS = 3  # no person types faster
MOST_PER_SOURCE = 10
MOST_PER_HOUR = 60
LENGTHS = {"name": 100, "phone": 40, "email_from": 254, "note": 2000}
DIGITS_OF_A_NUMBER = 5


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
        values = {name: self._read(post.get(name)) for name in LENGTHS}
        errors = self._get_errors(values)
        status = 422
        if not errors:
            errors, status = self._get_problem(membership, post)
        if errors:
            return self._render(membership, errors, values, status)
        request.env["crm.referral"]._register_by_link(membership, values)
        return request.redirect(f"/refer/{membership.referral_code}?done=1", code=303)

    def _read(self, value):
        if not isinstance(value, str):
            return ""
        kept = (c for c in value if c != "\0" and not "\ud800" <= c <= "\udfff")
        return "".join(kept).replace("\r\n", "\n").strip()

    def _get_errors(self, values):
        """Return ``{field: what is wrong with it}``."""
        errors = {
            name: request.env._(
                "This is too long: %(most)s characters at most.", most=most
            )
            for name, most in LENGTHS.items()
            if len(values[name]) > most
        }
        if not values["name"]:
            errors["name"] = request.env._("Please tell us your name.")
        address, number = values["email_from"], values["phone"]
        if address and not email_normalize(address):
            errors["email_from"] = request.env._("This is no e-mail address.")
        if number and sum(c.isdigit() for c in number) < DIGITS_OF_A_NUMBER:
            errors["phone"] = request.env._("This is no telephone number.")
        if not address and not number:
            errors["phone"] = request.env._(
                "How can we reach you? Give a number or an e-mail address."
            )
        return errors

    def _get_problem(self, membership, post):
        """Return why this is not taken from whom sent it, with the status of the
        page."""
        scope = f"referral:{membership.id}"
        stamp = request.env["crm.public.form"]._read(scope, post.get("stamp"))
        if not stamp or post.get(TRAP) or stamp["age"] < LEAST_SECONDS:
            words = request.env._(
                "This was not sent yet. Please look through it and send it once more."
            )
            return {"form": words}, 422
        # Superuser: nobody has a right on the counters.
        tries = request.env["crm.public.try"].sudo()
        times, total = tries._count(scope, get_place(request.httprequest.remote_addr))
        if times > MOST_PER_SOURCE or total > MOST_PER_HOUR:
            words = request.env._(
                "Very many messages are coming in just now. Please try again in an "
                "hour, or call us."
            )
            return {"form": words}, 429
        return {}, 200

    def _render(self, membership, errors=None, typed=None, status=200, done=False):
        club = membership.club_id
        company = club.company_id or request.env["res.company"].sudo()
        return request.render(
            "crm_relations.referral_page",
            {
                "club": club,
                "res_company": company or request.env.company.sudo(),
                "no_breadcrumbs": True,
                "trap": TRAP,
                "errors": errors or {},
                "typed": typed or {},
                "done": done,
                "stamp": request.env["crm.public.form"]._sign(
                    f"referral:{membership.id}"
                ),
            },
            headers=list(SECRET),
            status=status,
        )
