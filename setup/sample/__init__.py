"""The sample that setup/run puts into a new database.

``STEPS`` are the functions to call, in order: each gets an environment, runs in a
transaction of its own, and is done once: what was committed with its mark stays.
"""

import re
from datetime import timedelta

from . import (
    cdnow,
    clubs,
    complaints,
    desks,
    first_day,
    followups,
    half_year,
    satisfaction,
)

CHINESE = re.compile("[\u4e00-\u9fff]")
ROLES = [
    ("Administrator", "admin"),
    ("Sales user", "sales"),
    ("Sales manager", "manager"),
    ("Relations manager", "relations"),
    ("Custodian", "custodian"),
    ("Callback agent", "agent"),
    ("Complaint officer", "officer"),
    ("Manager of complaints", "complaints"),
    ("Approver of remedies", "approver"),
    ("Satisfaction specialist", "specialist"),
    ("Customer, on the portal", "portal"),
]


def load_customers(env):
    """Load the real customers and deal them out to the salespeople."""
    owners = env["res.users"].search([("login", "in", half_year.SALESPEOPLE)])
    today = env["res.company"]._get_relations_default()._get_relations_today()
    cdnow.load(env, owners, until=today - timedelta(days=half_year.FIRST_DAY))
    company = env["res.company"]._get_relations_default()
    # How often they order, then what an order of theirs brings.
    for name in ("crm.activity.model", "crm.value.model"):
        env[name]._create_missing()
        env[name].search([("company_id", "=", company.id)])._fit()


def speak_and_log(env):
    """Let the Chinese salesperson work in Chinese, the others in English, and write to
    Chinese customers in Chinese; text messages go into a list instead of being sent."""
    users = env["res.users"].search([])
    users.lang = "en_US"
    users.filtered(lambda user: user.login == "sales").lang = "zh_CN"
    partners = env["res.partner"].search([("user_ids", "=", False)])
    partners.filtered(lambda one: CHINESE.search(one.name or "")).lang = "zh_CN"
    env["res.company"].search([]).relations_sms_provider = "log"


def start_rules(env):
    """Put the shipped rules into force today instead of tomorrow; the pool's are the
    wizard's business."""
    today = env["res.company"]._get_relations_default()._get_relations_today()
    values = {"start_date": today, "active": True}
    env.ref("crm_relations.crm_tier_scheme_revenue").write(values)
    env["crm.lifecycle.rule"].search([]).write(values)
    # One agent: those who bring most are called, not thousands.
    interval = env.ref("crm_relations.crm_callback_rule_interval")
    interval.write({"domain": "[('sales_12_months', '>', 400)]", "interval_days": 60})
    env.ref("crm_relations.crm_care_rule_birthday").write(values)


def begin(env):
    """Live through the first day, six months ago."""
    half_year.begin(env, start_rules)


def run_night(env):
    """Do what the last night did: tiers, release into the pool, care."""
    cdnow.load(env)
    followups.load(env)
    env["crm.segmentation"]._cron_decide()
    env["crm.pool.rule"]._cron_release()
    env["crm.care.rule"]._cron_create_tasks()
    env["crm.care.dispatch"]._cron_dispatch()


def start_day(env):
    """Do what people do on the first day: ask for time, call."""
    half_year.tidy(env)
    first_day.tell(env)
    first_day.ask_to_keep(env)
    first_day.put_off(env)
    first_day.call(env)
    first_day.write_twice(env)


def logins(env):
    """Return role, login and password of the users to try the suite with."""
    users = {user.login: user for user in env["res.users"].search([])}
    return [
        (f"{role}, in Chinese" if users[login].lang == "zh_CN" else role, login, login)
        for role, login in ROLES
        if login in users
    ]


STEPS = (
    ("Load 2,357 real customers and their orders", load_customers),
    ("Set languages and log text messages", speak_and_log),
    ("Set up the pool, six months ago", begin),
    ("Play six months", half_year.play),
    ("Run the nightly jobs", run_night),
    ("Start the day", start_day),
    ("Found a club, hold an activity and invite to the next", clubs.play),
    ("Register and settle complaints", complaints.play),
    ("Let customers judge a year of sales and service", satisfaction.play),
    ("Hold a review, lend archives, print a letter", desks.play),
)
