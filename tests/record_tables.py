"""The rows of crm_relations itself in the tables of ``test_record_rules``."""

from record_rules import (
    all_of,
    always,
    any_of,
    everything,
    in_company,
    in_company_of,
    in_team,
    led,
    lent,
    of,
    open_to,
    pool_in,
    run,
    shared,
    shared_or_open,
)

# Model: of which companies; every model with a company of its own, or shared by all.
COMPANIES = {
    **dict.fromkeys(
        (
            *("crm.archive.change", "crm.archive.proposal", "crm.person.profile"),
            "crm.archive.loan",
            *("crm.callback", "crm.callback.attempt", "crm.callback.rule"),
            *("crm.club", "crm.club.membership", "crm.club.benefit.use"),
            "crm.club.level.change",
            *("crm.care.broadcast", "crm.care.rule", "crm.care.task", "crm.sms.log"),
            *("crm.customer.share", "crm.followup", "crm.handover.item"),
            *("crm.ownership.change", "crm.pool", "crm.pool.notice"),
            *("crm.pool.notice.step", "crm.pool.quota", "crm.pool.rule"),
            *("crm.lifecycle.change", "crm.lifecycle.rule", "crm.lost.customer"),
            *("crm.not.now", "crm.playbook", "crm.playbook.run", "crm.pool.stay"),
            *("crm.relationship.change", "crm.tier.change", "crm.tier.scheme"),
            *("crm.server.answer", "crm.pool.aside", "crm.rule.run"),
            *("crm.customer.turn", "crm.customer.value"),
            "resource.calendar.makeup.day",
        ),
        shared_or_open(),
    ),
    **{
        model: shared_or_open(f"{path}.company_id")
        for model, path in (
            ("crm.care.rule.date", "rule_id"),
            ("crm.club.level", "club_id"),
            ("crm.club.benefit", "level_id.club_id"),
            ("crm.club.point.use", "spending_id.card_id"),
            ("crm.credit.incident", "partner_id"),
            ("crm.customer.competitor", "partner_id"),
            ("crm.person.family.member", "profile_id"),
            ("crm.relationship.evidence", "partner_id"),
            ("crm.tier.criterion", "scheme_id"),
            ("crm.tier.cut", "scheme_id"),
            ("crm.working.day", "calendar_id"),
        )
    },
    **dict.fromkeys(
        (
            *("crm.activity.model", "crm.hidden.guess", "crm.hidden.showing"),
            *("crm.usual.value", "crm.value.model", "crm.value.total"),
        ),
        open_to(),
    ),
    **dict.fromkeys(
        # What the people of a company do, and its books, is not its branches'.
        (
            *("crm.followup.target", "crm.target.result", "crm.open.item"),
            *("crm.reception", "crm.reception.consultant", "crm.pool.setup"),
            *("crm.work.report", "crm.work.report.duty", "crm.work.report.result"),
        ),
        in_company(),
    ),
    "crm.letter.run": open_to(),
    "crm.pool.setup.line": in_company("setup_id.company_id"),
    "crm.value.curve": open_to("activity_model_id.company_id"),
    "crm.value.fit": open_to("model_id.company_id"),
    **{
        model: in_company_of(person)
        for model, person in (
            ("crm.callback.rate", "agent_id"),
            ("crm.callback.report", "agent_id"),
            ("crm.care.report", "user_id"),
            ("crm.contact.escalation", "user_id"),
            ("crm.confidential.access", "user_id"),
            ("crm.next.contact", "user_id"),
            ("crm.relationship.report", "user_id"),
            ("crm.tier.migration", "owner_id"),
            ("crm.workload.report", "user_id"),
        )
    },
    "crm.contact.import": of("user_id"),
    "crm.card.scan": of("user_id"),
    "crm.contact.import.line": of("import_id.user_id"),
    "crm.duplicate.pair": any_of(always("company_id", "=", False), open_to()),
    "crm.daily.digest": in_company("user_id.company_ids"),
    "crm.pool.board": in_company("user_id.company_ids"),
    "crm.pool.batch": any_of(
        always("kind", "=", "release"), in_company("user_id.company_ids")
    ),
    "crm.pool.holding": all_of(
        in_company("user_id.company_ids"), shared_or_open("quota_id.company_id")
    ),
    **dict.fromkeys(
        ("crm.pool.seat", "crm.pool.view"),
        all_of(
            in_company("user_id.company_ids"), shared_or_open("partner_id.company_id")
        ),
    ),
}

PROFILES = {
    "sales": lambda path: any_of(of(f"{path}.user_id"), shared(path)),
    "leader": lambda path: led(f"{path}.user_id"),
}
OPEN_TO_AGENT = all_of(
    always("agent_id", "=", False),
    always("state", "=", "open"),
    any_of(
        always("rule_id", "=", False),
        always("rule_id.agent_ids", "=", False),
        run("rule_id.agent_ids"),
    ),
)
HANDED_IN = always("state", "!=", "draft")
REPORTED_TO = any_of(of("leader_id"), of("team_id.user_id"))
SHARED_SALES = {"r": {"sales": shared("partner_id.commercial_partner_id")}}
# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {
    "crm.archive.change": {
        "r": {"reader": everything},
        "w": {"reader": of("user_id"), "relations": everything},
    },
    "crm.duplicate.pair": {
        "rwcd": {
            "reader": all_of(
                always("is_hidden", "=", False), always("other_id", "!=", False)
            ),
            "relations": all_of(
                always("other_id", "!=", False),
                any_of(
                    always("is_hidden", "=", False),
                    all_of(pool_in("customer_id"), pool_in("other_id")),
                ),
            ),
        }
    },
    "crm.archive.proposal": {
        "rwcd": {
            "reader": any_of(of("create_uid"), of("customer_id.user_id")),
            "custodian": everything,
            "relations": everything,
        }
    },
    "crm.archive.loan": {
        "rwcd": {
            "reader": any_of(of("user_id"), of("partner_id.user_id")),
            "leader": led("partner_id.user_id"),
            "custodian": everything,
            "relations": everything,
        }
    },
    **{
        model: {
            "rwcd": {
                "sales": PROFILES["sales"](path),
                "leader": PROFILES["leader"](path),
                "custodian": everything,
                "relations": everything,
            },
            "r": {"reader": any_of(lent(path, "with_profiles"), in_team(path))},
        }
        for model, path in (
            ("crm.person.profile", "customer_id"),
            ("crm.person.family.member", "profile_id.customer_id"),
        )
    },
    "crm.callback": {
        "rwcd": {
            "agent": any_of(
                *map(of, ("agent_id", "reserved_by_id", "attempt_ids.agent_id")),
                OPEN_TO_AGENT,
            ),
            "sales": of("partner_id.user_id"),
            "leader": led("partner_id.user_id"),
            "relations": everything,
        }
    },
    "crm.callback.attempt": {
        "rwcd": {
            "agent": of("agent_id"),
            "sales": of("partner_id.user_id"),
            "leader": led("partner_id.user_id"),
            "relations": everything,
        }
    },
    "crm.callback.report": {
        "rwcd": {
            "leader": any_of(led("number_taken_by_id"), led("partner_id.user_id")),
            "relations": everything,
        }
    },
    "crm.callback.rate": {
        "rwcd": {"leader": led("partner_id.user_id"), "relations": everything}
    },
    "crm.care.report": {
        "rwcd": {
            "reader": any_of(of("user_id"), of("supervisor_id")),
            "leader": everything,
        }
    },
    "crm.letter.run": {"rwcd": {"reader": of("user_id"), "relations": everything}},
    "crm.care.task": {
        "rwcd": {
            "reader": any_of(
                *map(of, ("supervisor_id", "user_id", "partner_id.user_id")),
                shared("partner_id"),
            ),
            "leader": everything,
        }
    },
    "crm.followup": {"wd": {"reader": of("user_id"), "leader": everything}},
    **{
        model: {
            "rwcd": {
                "reader": of("user_id"),
                "leader": led("user_id"),
                "relations": everything,
            }
        }
        for model in ("crm.workload.report", "crm.target.result")
    },
    "crm.work.report": {
        "r": {
            "reader": of("user_id"),
            "leader": all_of(HANDED_IN, REPORTED_TO),
            "relations": HANDED_IN,
        },
        "wcd": {"reader": of("user_id")},
    },
    "crm.work.report.result": {
        "rwcd": {
            "reader": of("user_id"),
            "leader": REPORTED_TO,
            "relations": everything,
        }
    },
    "crm.daily.digest": {"rwcd": {"reader": of("user_id"), "relations": everything}},
    "crm.contact.escalation": {
        "rwcd": {"leader": of("leader_id"), "relations": everything}
    },
    "crm.followup.target": {
        "wcd": {
            "leader": any_of(
                of("team_id.user_id"),
                all_of(always("team_id", "=", False), led("user_id")),
            ),
            "relations": everything,
        }
    },
    "mail.activity.plan": {"wcd": {"admin": always("res_model", "=", "res.partner")}},
    "mail.activity.plan.template": {
        "wcd": {"admin": always("plan_id.res_model", "=", "res.partner")}
    },
    "crm.lead": SHARED_SALES,
    "sale.order": SHARED_SALES,
    "sale.order.line": {
        "r": {"sales": shared("order_partner_id.commercial_partner_id")}
    },
    "crm.hidden.showing": {
        "rwcd": {
            "leader": any_of(run("pool_id.manager_ids"), led("user_id")),
            "relations": everything,
        }
    },
    **{
        model: {"rwcd": {"leader": led("user_id"), "relations": everything}}
        for model in ("crm.hidden.guess", "crm.pool.board")
    },
    "crm.pool.batch": {
        "rwcd": {
            "sales": all_of(always("kind", "!=", "release"), of("user_id")),
            "leader": everything,
        }
    },
    "crm.handover.item": {
        "rwcd": {
            "sales": any_of(
                *map(of, ("batch_id.user_id", "from_user_id", "to_user_id"))
            ),
            "leader": everything,
        }
    },
    "crm.pool.notice": {
        "rwcd": {
            "reader": any_of(of("user_id"), led("owner_id")),
            "relations": everything,
        }
    },
    "crm.lost.customer": {
        "wd": {
            "sales": any_of(of("user_id"), of("partner_id.user_id")),
            "leader": any_of(led("user_id"), led("partner_id.user_id")),
            "relations": everything,
        }
    },
    "crm.next.contact": {
        "rwcd": {
            "sales": of("user_id"),
            "leader": led("user_id"),
            "relations": everything,
        }
    },
    "crm.not.now": {
        "rwcd": {
            "sales": any_of(
                *map(of, ("user_id", "put_off_by_id", "partner_id.user_id")),
                shared("partner_id"),
            ),
            "leader": any_of(led("user_id"), led("partner_id.user_id")),
            "relations": everything,
        }
    },
    "crm.pool.aside": {
        "rwcd": {
            "reader": any_of(
                run("partner_id.pool_id.manager_ids"), of("partner_id.user_id")
            ),
            "relations": everything,
        }
    },
    "crm.pool.stay": {
        "rwcd": {
            "reader": any_of(
                *map(of, ("user_id", "requested_by_id")),
                led("user_id"),
                run("pool_id.manager_ids"),
            ),
            "relations": everything,
        }
    },
}
# What people prepare: their own only.
OWN = ("crm.pool.judgement", "crm.decision.preview")
