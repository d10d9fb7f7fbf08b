from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from .satisfaction_tablet import SECRET

LEAST_SECONDS = 1  # no person presses faster


class SatisfactionEntrance(Controller):
    """The page behind a code: one button to the survey. It knows of no customer; who
    presses too often waits."""

    @route(
        "/satisfaction/<string:entrance_token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
    )
    def enter(self, entrance_token, stamp=None, **_post):
        entrance = self._get_entrance(entrance_token)
        if request.httprequest.method == "GET":
            return self._render(entrance)
        if problem := self._get_problem(entrance, stamp):
            words, status = problem
            return self._render(entrance, words, status)
        forms = request.env["crm.public.form"]
        known = forms._read(entrance.token, stamp)
        # Of two clicks at once the second waits for the first, and leads where it did.
        forms._comes_first(entrance.token, known)
        response = entrance._let_in_once(known["nonce"], request.env.lang)
        return request.redirect(response.user_input_id.get_start_url(), code=303)

    def _get_entrance(self, token):
        """Return the entrance as superuser: its token is the right to it.

        :raise NotFound: there is none, or not any more
        """
        entrance = request.env["crm.satisfaction.entrance"].sudo()._find_open(token)
        if not entrance:
            raise NotFound
        return entrance

    def _get_problem(self, entrance, stamp):
        """Return why nobody is let in now, in words, with the status of the page."""
        known = request.env["crm.public.form"]._read(entrance.token, stamp)
        if not known or known["age"] < LEAST_SECONDS:
            return request.env._("Please press the button once more."), 422
        if entrance._is_crowded(request.httprequest.remote_addr):
            words = request.env._(
                "Very many answers are coming in just now. Please try again in an hour."
            )
            return words, 429
        return None

    def _render(self, entrance, problem="", status=200):
        return request.render(
            "crm_relations_survey.entrance_page",
            {
                "entrance": entrance,
                "res_company": entrance.company_id,
                "problem": problem,
                "stamp": request.env["crm.public.form"]._sign(entrance.token),
                "no_header": True,
                "no_footer": True,
            },
            headers=list(SECRET),
            status=status,
        )
