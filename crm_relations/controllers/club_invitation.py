from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from .secret_page import BARE, PAGE, SECRET


class ClubInvitation(Controller):
    """The page behind the link of an invitation to a club: join, without an account.
    The link is the right to it, and to this one invitation only."""

    @route("/club/<int:membership_id>/<string:token>", methods=["GET"], **PAGE)
    def show(self, membership_id, token):
        membership = self._get_membership(membership_id, token)
        return request.render(
            "crm_relations.club_invitation_page",
            {
                "membership": membership,
                "club": membership.club_id,
                "token": token,
                "res_company": membership.company_id or request.env.company,
                **BARE,
                "page_title": membership.club_id.name,
            },
            headers=list(SECRET),
        )

    @route("/club/<int:membership_id>/<string:token>/join", methods=["POST"], **PAGE)
    def join(self, membership_id, token):
        membership = self._get_membership(membership_id, token)
        if membership.state == "invited":
            membership._accept(request.env.user)
        return request.redirect(f"/club/{membership_id}/{token}", code=303)

    def _get_membership(self, membership_id, token):
        """Return the membership as superuser.

        :raise NotFound: the link is none of ours, or the invitation is over
        """
        memberships = request.env["crm.club.membership"]
        membership = memberships._find_by_token(membership_id, token)
        if not membership or membership.state == "ended":
            raise NotFound
        return membership
