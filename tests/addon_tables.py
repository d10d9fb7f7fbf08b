"""The tables of the addons that stand on crm_relations, together."""

import complaint_tables
import document_tables
import earning_tables
import event_tables
import giving_tables
import key_account_tables
import survey_tables
import upkeep_tables

from odoo.addons.crm_relations.tests.common.roles import ROLES as SUITE_ROLES

TABLES = (
    *(complaint_tables, document_tables, earning_tables, event_tables),
    *(giving_tables, key_account_tables, survey_tables, upkeep_tables),
)


def _join(name):
    return {key: row for table in TABLES for key, row in getattr(table, name).items()}


PEOPLE = _join("PEOPLE")
ROLES = {**SUITE_ROLES, **PEOPLE}
IMPLIED = _join("IMPLIED")
RIGHTS = _join("RIGHTS")
COMPANIES = _join("COMPANIES")
REASONS = _join("REASONS")
SEEN = _join("SEEN")
MENUS = _join("MENUS")
FILTERS = _join("FILTERS")
JOBS = _join("JOBS")
DESK_MENUS = tuple(
    f"{table.ADDON}.{name}" for table in TABLES for name in table.DESK_MENUS
)
