from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from .secret_page import BARE, PAGE, SECRET


class ActivityPage(Controller):
    """The page behind the link of an invitation: do you come? The link is the right to
    it, and to this one invitation only."""

    @route("/activity/<int:guest_id>/<string:token>", methods=["GET"], **PAGE)
    def show(self, guest_id, token):
        return self._render(self._get_guest(guest_id, token), token)

    @route("/activity/<int:guest_id>/<string:token>/accept", methods=["POST"], **PAGE)
    def accept(self, guest_id, token):
        return self._answer("_accept", guest_id, token)

    @route("/activity/<int:guest_id>/<string:token>/decline", methods=["POST"], **PAGE)
    def decline(self, guest_id, token):
        return self._answer("_decline", guest_id, token)

    def _answer(self, method, guest_id, token):
        guest = self._get_guest(guest_id, token)
        try:
            with request.env.cr.savepoint():
                getattr(guest, method)()
        except UserError as error:  # full, over, or only for members as yet
            return self._render(guest, token, str(error), status=422)
        return request.redirect(f"/activity/{guest_id}/{token}", code=303)

    def _get_guest(self, guest_id, token):
        """Return the guest as superuser.

        :raise NotFound: the link is none of ours
        """
        guest = request.env["crm.event.guest"]._find_by_token(guest_id, token)
        if not guest or not guest.event_id.activity_kind:
            raise NotFound
        return guest

    def _render(self, guest, token, problem="", status=200):
        return request.render(
            "crm_relations.activity_page",
            {
                "guest": guest,
                "activity": guest.event_id,
                "token": token,
                "problem": problem,
                "res_company": guest.event_id.company_id or request.env.company,
                **BARE,
                "page_title": guest.event_id.name,
            },
            headers=list(SECRET),
            status=status,
        )
