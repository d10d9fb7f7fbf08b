"""The addons of the suite, and what is theirs."""

SUITE = frozenset(("crm_relations", "crm_relations_survey", "crm_relations_complaint"))


def is_ours(field):
    """Return whether the suite brings a field; what it only extends is not ours."""
    return not SUITE.isdisjoint(field._modules[:1])
