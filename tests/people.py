"""Those who work in the databases that ``scratch.Workers`` fill."""


def create(env, logins, *groups):
    """Return users of these logins, which are their names as well, with the roles."""
    return create_by_role(env, dict.fromkeys(logins, groups))


def create_by_role(env, roles):
    """Return users.

    :param roles: ``{login: [group]}``
    """
    return env["res.users"].create(
        [
            {
                "name": login,
                "login": login,
                "email": f"{login}@example.com",
                "group_ids": [env.ref(group).id for group in groups],
            }
            for login, groups in roles.items()
        ]
    )


def find(env, *logins):
    return env["res.users"].search([("login", "in", logins)])


def make_keys(users):
    """Return ``{login: key of the API}``."""
    # Superuser: keys as long as the test may last.
    keys = users.env["res.users.apikeys"].sudo()
    return {
        user.login: keys.with_user(user).sudo()._generate("rpc", "test", None)
        for user in users
    }
