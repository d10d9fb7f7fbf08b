"""The words of ``test_record_rules``: whose records somebody may see, change and
delete; the tables are told in them."""

from odoo.fields import Domain


def everything(_user):
    return Domain.TRUE


def of(path):
    """The records that name the reader there."""
    return lambda user: Domain(path, "=", user.id)


def led(path):
    """Those of somebody whose team the reader leads."""
    return of(f"{path}.sale_team_id.user_id")


def shared(path):
    """Those of a customer that is shared with the reader now."""
    return lambda user: Domain(
        f"{path}.share_ids", "any", [("user_id", "=", user.id), ("active", "=", True)]
    )


def lent(path, part):
    """Those of a customer of whom this part is lent to the reader now."""
    return lambda user: Domain(
        f"{path}.loan_ids",
        "any",
        [
            ("user_id", "=", user.id),
            (part, "=", True),
            ("state", "=", "approved"),
            ("decided_by_id", "!=", False),
            ("starts_at", "<=", "now"),
            ("ends_at", ">", "now"),
        ],
    )


def in_team(path):
    """Those of a customer in whose account team the reader is now."""
    return lambda user: Domain(
        f"{path}.team_member_ids",
        "any",
        [
            ("user_id", "=", user.id),
            ("state", "=", "open"),
            ("starts_at", "<=", "now"),
            *("|", ("ends_at", "=", False), ("ends_at", ">", "now")),
        ],
    )


def run(path):
    """Those of a pool that the reader runs."""
    return lambda user: Domain(path, "in", user.ids)


def any_of(*grants):
    return lambda user: Domain.OR(grant(user) for grant in grants)


def all_of(*grants):
    return lambda user: Domain.AND(grant(user) for grant in grants)


def always(*leaf):
    return lambda _user: Domain(*leaf)


def in_company(path="company_id"):
    return lambda user: Domain(path, "in", user.company_ids.ids)


def open_to(path="company_id"):
    """Of the reader's companies, or of one whose branches these are."""
    return lambda user: Domain(path, "parent_of", user.company_ids.ids)


def shared_or_open(path="company_id"):
    return any_of(always(path, "=", False), open_to(path))


def pool_in(path):
    """In no pool, or in one of the reader's companies or of all."""
    company = f"{path}.pool_id.company_id"
    return any_of(
        always(f"{path}.pool_id", "=", False),
        always(company, "=", False),
        open_to(company),
    )


def in_company_of(person):
    """Of the reader's companies; without one, or of one whose branches these are, of
    somebody who works there or nobody."""

    def get_domain(user):
        companies = user.company_ids.ids
        works_there = Domain(f"{person}.company_ids", "in", companies)
        nobody = Domain(person, "=", False)
        others = shared_or_open()(user) & (nobody | works_there)
        return Domain("company_id", "in", companies) | others

    return get_domain
