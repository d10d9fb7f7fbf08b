"""A pool, many salespeople, and what they do at random; run by ``scratch.Workers``."""

import json
import logging
import random
import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

CLAIMERS = 50
CUSTOMERS = 120
CAP = 5
A_DAY = 40
TRIES = 200


def fill(env):
    """Make salespeople with a key each, one of them holding ``CAP`` customers at most,
    and customers in the pool; the terms of the pool refuse nothing."""
    env["res.company"].search([]).customers_are_owned = True
    groups = ("crm_relations.group_sales_user", "sales_team.group_sale_salesman")
    links = [Command.link(env.ref(group).id) for group in groups]
    users = env["res.users"].create(
        [
            {"name": f"C{n}", "login": f"c{n}", "group_ids": links}
            for n in range(CLAIMERS)
        ]
    )
    # Superuser: keys as long as the test may last.
    keys = {
        user.login: env["res.users.apikeys"]
        .with_user(user)
        .sudo()
        ._generate("rpc", "test", None)
        for user in users
    }
    env["ir.config_parameter"].set_param("pool_world.keys", json.dumps(keys))
    env["crm.pool.quota"].create(
        {
            "name": "All",
            "limit_customers": True,
            "max_customers": CAP,
            "claims_per_day": A_DAY,
        }
    )
    start = fields.Date.today() - timedelta(days=400)
    rule = env.ref("crm_relations.crm_pool_rule_followup")
    rule.write({"start_date": start, "active": True})
    _make_customers(env)


def _make_customers(env):
    pool = env.ref("crm_relations.crm_pool_public")
    pool.write({"cool_down_days": 0, "freeze_hours": 0})
    customers = env["res.partner"].create(
        [
            {"name": f"P{n}", "ref": f"POOL {n}", "is_managed_customer": True}
            for n in range(CUSTOMERS)
        ]
    )
    customers.write({"pool_id": pool.id, "pool_since": fields.Datetime.now()})


def release_all_day(env, seconds):
    """Let every held customer be due again and again, and release it by the job."""
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        _step(env, lambda: _make_due(env, random.Random()))
        env["crm.pool.rule"]._cron_release()
        time.sleep(0.02)


def play(env, seed, count):
    """Do ``count`` things at random, each in a transaction of its own."""
    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)  # conflicts are wanted
    # Rendering messages takes longer than all that is looked at here.
    batches = env.registry["crm.pool.batch"]
    with patch.object(batches, "_tell_new_owners", lambda batch: batch):
        _play(env(context={"mail_auto_subscribe_no_notify": True}), seed, int(count))


def _play(env, seed, count):
    chance = random.Random(f"{seed}")
    for _number in range(count):
        act = chance.choice([_claim, _claim, _swap, _hand_over, _release, _edit, _give])
        state = chance.getstate()

        def step(act=act, state=state):
            chance.setstate(state)  # a repeated step does the same
            act(env, chance)

        _step(env, step)


def _step(env, step):
    """As Odoo repeats a request, but without seconds of waiting in between."""
    for attempt in range(TRIES):
        try:
            step()
            env.cr.commit()
            return
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            env.cr.rollback()
            env.transaction.reset()
            time.sleep(random.uniform(0, 0.01 * min(attempt + 1, 10)))
        except UserError:  # refused: nothing may be left of it
            env.cr.rollback()
            env.transaction.reset()
            return
    raise AssertionError("never came through")


def _pick(env, chance):
    """Return a salesperson and some customers, any of them."""
    user = env["res.users"].search([("login", "=", f"c{chance.randrange(6)}")])
    refs = [f"POOL {chance.randrange(24)}" for _n in range(chance.randint(1, 3))]
    customers = env["res.partner"].search([("ref", "in", refs)])
    return user, customers


def _claim(env, chance):
    user, customers = _pick(env, chance)
    customers.with_user(user).pool_claim()


def _swap(env, chance):
    user, customers = _pick(env, chance)
    own = env["res.partner"].search([("user_id", "=", user.id)], limit=3)
    if own:
        customers[0].with_user(user).pool_swap(chance.choice(own.ids))


def _hand_over(env, chance):
    user, customers = _pick(env, chance)
    customers.with_user(user).pool_transfer(_pick(env, chance)[0].id, "Random")


def _give(env, chance):
    """By hand in the form, as a manager may."""
    user, customers = _pick(env, chance)
    boss = env.ref("base.user_admin")
    customers[0].with_user(boss).write({"user_id": user.id})


def _edit(env, chance):
    _user, customers = _pick(env, chance)
    customers[0].write({"street": f"Street {chance.random()}"})


def _release(env, chance):
    """The night comes, for some."""
    _make_due(env, chance)
    env["crm.pool.rule"]._release_due()


def _make_due(env, chance):
    rule = env.ref("crm_relations.crm_pool_rule_followup")
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner
               SET pool_release_date = '2020-01-01', pool_rule_id = %s,
                   pool_release_facts = '{"code": "pool_followup"}'
             WHERE id IN (SELECT id FROM res_partner
                           WHERE ref LIKE 'POOL %%' AND user_id IS NOT NULL
                             AND id %% 3 = %s
                             FOR NO KEY UPDATE SKIP LOCKED)
            """,
            rule.id,
            chance.randrange(3),
        )
    )
    env.invalidate_all()
