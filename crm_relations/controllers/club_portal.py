from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

LINES = 20
CARD = "crm_relations.crm_club_card_print"


class ClubPortal(CustomerPortal):
    """Members with an account: their card, level, points and benefits."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "club_count" in counters:
            values["club_count"] = len(self._get_own_memberships())
        return values

    def _get_own_memberships(self):
        """Return, as superuser, the memberships that the user looks at: his own, and
        that of the customer he is a contact of."""
        memberships = request.env["crm.club.membership"]
        # Superuser: portal users have no right on memberships; the domain is theirs.
        return memberships.sudo().search(memberships._get_own_domain(request.env.user))

    def _find_own(self, membership_id):
        """Return the one with this id, of whatever number of digits, or nothing."""
        return self._get_own_memberships().filtered(
            lambda membership: str(membership.id) == membership_id
        )

    def _is_own(self, membership):
        return membership.partner_id == request.env.user.partner_id

    @route("/my/club", type="http", auth="user", website=True, methods=["GET"])
    def list_memberships(self, **_kwargs):
        memberships = self._get_own_memberships()
        if len(memberships) == 1:
            return request.redirect(f"/my/club/{memberships.id}")
        return request.render(
            "crm_relations.portal_my_clubs",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "club",
                "memberships": memberships,
            },
        )

    @route(
        "/my/club/<string:membership_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def show_membership(self, membership_id, **_kwargs):
        membership = self._find_own(membership_id)
        if not membership:
            return request.redirect("/my/club")
        return request.render(
            "crm_relations.portal_my_club",
            {
                **self._prepare_portal_layout_values(),
                **membership._get_page_values(),
                "page_name": "club",
                "membership": membership,
                "is_own": self._is_own(membership),
            },
        )

    @route(
        [
            "/my/club/<string:membership_id>/points",
            "/my/club/<string:membership_id>/points/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def list_points(self, membership_id, page=1, **_kwargs):
        membership = self._find_own(membership_id)
        # What the customer's card earned and spent tells of orders of colleagues.
        if not membership.card_id or not self._is_own(membership):
            return request.redirect("/my/club")
        pages = pager(
            url=f"/my/club/{membership.id}/points",
            total=membership._count_lines(),
            page=page,
            step=LINES,
        )
        return request.render(
            "crm_relations.portal_my_club_points",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "club",
                "membership": membership,
                "pager": pages,
                "lines": membership._get_lines(pages["offset"], LINES),
            },
        )

    @route(
        "/my/club/<string:membership_id>/join",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def join(self, membership_id, **_kwargs):
        membership = self._find_own(membership_id)
        if membership.state == "invited":
            membership._accept(request.env.user)
        return request.redirect(f"/my/club/{membership_id}")

    @route(
        "/my/club/<string:membership_id>/card",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def print_card(self, membership_id, **_kwargs):
        membership = self._find_own(membership_id)
        if not membership.number:
            return request.redirect("/my/club")
        # Superuser: the membership is the user's own.
        reports = request.env["ir.actions.report"].sudo()
        pdf, _kind = reports._render_qweb_pdf(CARD, membership.ids)
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(pdf)),
            ("Content-Disposition", f'inline; filename="{membership.number}.pdf"'),
            ("Cache-Control", "private, no-store"),
        ]
        return request.make_response(pdf, headers=headers)
