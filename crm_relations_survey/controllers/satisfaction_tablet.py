from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.crm_relations.controllers.secret_page import SECRET

TABLET = {"type": "http", "auth": "public", "website": True, "sitemap": False}


class SatisfactionTablet(Controller):
    """Our tablet in the customer's hands: whoever handed it over is logged out before
    the first question, so that no way leads from the survey into the database."""

    @route("/satisfaction/tablet/<string:key>", methods=["GET"], **TABLET)
    def hand_over(self, key):
        response = self._get_response(key)
        if response.state != "open":
            raise NotFound
        answer = response.user_input_id
        if not request.env.user._is_public():
            request.session.logout(keep_db=True)
        return request.redirect(answer.get_start_url())

    @route("/satisfaction/sign/<string:key>", methods=["GET"], **TABLET)
    def sign(self, key):
        response = self._get_response(key)
        if response.state != "answered":
            raise NotFound
        values = {
            "response": response,
            "key": key,
            "name": response.person_id.name or response.partner_id.name or "",
            "no_header": True,
            "no_footer": True,
        }
        return request.render(
            "crm_relations_survey.tablet_sign", values, headers=list(SECRET)
        )

    @route("/satisfaction/sign/<string:key>/accept", type="jsonrpc", auth="public")
    def accept(self, key, name=None, signature=None):
        try:
            self._get_response(key)._sign(name, signature)
        except NotFound:
            return {"error": request.env._("There is nothing to be signed any more.")}
        except UserError as error:
            return {"error": str(error)}
        return {"force_refresh": True, "redirect_url": "/satisfaction/thanks"}

    @route("/satisfaction/sign/<string:key>/skip", methods=["POST"], **TABLET)
    def skip(self, key):
        self._get_response(key)._hand_back()
        return request.redirect("/satisfaction/thanks", code=303)

    @route("/satisfaction/thanks", methods=["GET"], **TABLET)
    def thank(self):
        return request.render(
            "crm_relations_survey.tablet_thanks",
            {"no_header": True, "no_footer": True},
            headers=list(SECRET),
        )

    def _get_response(self, key):
        """Return the response whose survey the key opens, while the customer has the
        tablet, as superuser: the key is the right to it.

        :raise NotFound: there is none, or not any more
        """
        answers = request.env["survey.user_input"].sudo()
        if isinstance(key, str) and key.isascii():
            answer = answers.search([("access_token", "=", key)], limit=1)
            response = answer._get_satisfaction()
            if response and response._awaits_signature():
                return response
        raise NotFound
