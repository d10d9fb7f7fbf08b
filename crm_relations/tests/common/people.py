"""The people of the tests' small world; see ``RelationsCommon``."""

from unittest.mock import patch

from odoo.fields import Command

from odoo.addons.base.models.avatar_mixin import AvatarMixin
from odoo.addons.mail.models.discuss.discuss_channel import DiscussChannel

PEOPLE = {
    "sally": "group_sales_user",
    "sam": "group_sales_user",
    "max": "group_sales_manager",
    "rita": "group_relations_manager",
    "carl": "group_custodian",
    "anna": "group_callback_agent",
    "adam": "group_administrator",
    "exchange": "group_telephone_exchange",
}


def find_people(env):
    """Return them; make those who are not there."""
    users = env["res.users"].search([("login", "in", list(PEOPLE))])
    missing = {
        login: role
        for login, role in PEOPLE.items()
        if login not in users.mapped("login")
    }
    return users | create_users(env, missing) if missing else users


def create_users(env, roles, values=None):
    """Make users by ``{login: role}``; at once, without the letter that invites them,
    without five sizes of a drawn letter and without a seat where all staff chat: they
    are a third of the time of all tests otherwise."""
    letterless = env["res.users"].with_context(no_reset_password=True)
    with (
        patch.object(AvatarMixin, "_avatar_generate_svg", lambda _self: False),
        patch.object(
            DiscussChannel, "_subscribe_users_automatically", lambda _self: None
        ),
    ):
        return letterless.create(_prepare_users(env, roles, values)).with_env(env)


def _prepare_users(env, roles, values):
    return [
        {
            "name": login.capitalize(),
            "login": login,
            "password": login.ljust(8, "x"),
            "email": f"{login[0]}.{login[0]}@example.com",
            "lang": "en_US",
            "group_ids": [Command.set(_get_groups(env, role).ids)],
            **(values or {}),
        }
        for login, role in roles.items()
    ]


def _get_groups(env, role):
    group = env.ref(f"crm_relations.{role}")
    if role.startswith("group_sales"):
        group |= env.ref("sales_team.group_sale_salesman")
    return group
