"""A company's database before our addons come; run by ``scratch.Workers``."""

from odoo.fields import Command

ORDERED = "With an order"
THROUGH_CONTACT = "Ordered through a contact"
PROSPECT = "With an opportunity"
INVOICED = "With an invoice"
MANAGED = {ORDERED, THROUGH_CONTACT, PROSPECT, INVOICED}
MEMBER = "Member of the club"
EMPLOYEE = "Cook who buys here"
OTHERS = {"Only a quotation", "Cancelled", "Only a lead", "Nothing", "Colleague"}
OTHERS |= {EMPLOYEE}


def fill(env):
    """Make partners of each kind, all of them owned by one salesperson."""
    seller = env["res.users"].create({"name": "Seller", "login": "seller"})
    colleague = env["res.users"].create({"name": "Colleague", "login": "colleague"})
    names = [*sorted(MANAGED | OTHERS - {"Colleague"})]
    partners = {
        name: env["res.partner"].create(
            {"name": name, "is_company": True, "user_id": seller.id}
        )
        for name in names
    }
    partners["Colleague"] = colleague.partner_id
    partners["Ours"] = env.company.partner_id
    contact = env["res.partner"].create(
        {"name": "Contact", "parent_id": partners[THROUGH_CONTACT].id}
    )
    _order(env, partners[ORDERED], 100)
    _order(env, partners[ORDERED], 50)
    # As Odoo marks who works here and has no login.
    partners[EMPLOYEE].write({"is_company": False, "employee": True})
    own = [partners[name] for name in ("Colleague", "Ours", EMPLOYEE)]
    for partner in (contact, *own):
        _order(env, partner, 70)
    _order(env, partners["Only a quotation"], 10, confirm=False)
    _order(env, partners["Cancelled"], 10)._action_cancel()
    partners[INVOICED].customer_rank = 1
    partners[INVOICED].write({"partner_latitude": 31.5, "partner_longitude": 121.25})
    _lead(env, partners[PROSPECT], "opportunity")
    _lead(env, partners["Only a lead"], "lead")


def _order(env, partner, amount, confirm=True):
    product = env["product.product"].create(
        {"name": "Goods", "type": "service", "taxes_id": False}
    )
    line = Command.create({"product_id": product.id, "price_unit": amount})
    order = env["sale.order"].create({"partner_id": partner.id, "order_line": [line]})
    if confirm:
        order.action_confirm()
    return order


def _lead(env, partner, kind):
    env["crm.lead"].create({"name": kind, "partner_id": partner.id, "type": kind})


def take_in(env):
    """What starts by itself within a minute of the installation."""
    for name in ("take_in", "segments", "archive_completeness"):
        env.ref(f"crm_relations.ir_cron_{name}").method_direct_trigger()


def use(env):
    """Let the addons, installed meanwhile, leave as many traces as they can."""
    import night  # noqa: PLC0415, needs our addons

    night.fill(env, 20)
    night.tiers(env)
    night.care(env)
    night.release(env)
    _hand_over(env)
    _keep_club(env)
    env["ir.config_parameter"].set_param("crm_relations.anything", "1")
    env["crm.followup"].create(
        {
            "partner_id": env["res.partner"].search([("ref", "=", "NIGHT 1")]).id,
            "purpose": "Called",
            "next_step": "Call again",
            "next_date": "2099-01-01",
        }
    )


def _keep_club(env):
    """A member of a club with points, of which some wait, some were spent, and with a
    quotation that spends more; and what was given to it."""
    club = env["crm.club"].create({"name": "Club", "pending_days": 30})
    member = env["res.partner"].create({"name": MEMBER, "is_managed_customer": True})
    card = club._take_in(member, "active", env.uid).card_id
    card._earn(500, "hand", "Welcome")
    for confirm in (True, False):
        order = _order(env, member, 1000, confirm=False)
        order._update_programs_and_rewards()
        order._apply_program_reward(club.program_id.reward_ids[:1], card)
        if confirm:
            order.action_confirm()
    item = env["crm.gift.item"].create({"name": "Tea", "value": 1, "cost": 1})
    occasion = env.ref("crm_relations.crm_gift_occasion_birthday")
    gift = {"partner_id": member.id, "item_id": item.id, "occasion_id": occasion.id}
    env["crm.gift"].create(gift).give()
    kind = env["crm.favour.kind"].search([], limit=1)
    favour = {"partner_id": member.id, "kind_id": kind.id, "name": "A lift"}
    env["crm.favour"].create(favour)


def trade_on(env):
    """The addons are gone: the open quotation is confirmed, the other order cancelled,
    and points are those of Odoo's loyalty."""
    orders = env["sale.order"].search([("partner_id.name", "=", MEMBER)], order="id")
    done, open_one = orders
    card = done.order_line.coupon_id
    rewards = sum(done.order_line.mapped("points_cost"))
    earned = sum(done.coupon_point_ids.mapped("points"))
    assert card.points == 500 - rewards + earned, (card.points, rewards, earned)  # noqa: S101
    open_one.action_confirm()
    spent = sum(open_one.order_line.mapped("points_cost"))
    assert open_one.state == "sale" and spent >= 200, (open_one.state, spent)  # noqa: S101, PLR2004
    more = sum(open_one.coupon_point_ids.mapped("points"))
    done._action_cancel()
    assert card.points == 500 - spent + more, (card.points, spent, more)  # noqa: S101


def _hand_over(env):
    """Share a customer, and hand it over with what hangs on its owner."""
    users = env["res.users"]
    groups = env.ref("sales_team.group_sale_salesman").ids
    giver, taker = users.create(
        [
            {"name": name, "login": name, "group_ids": [Command.set(groups)]}
            for name in ("giver", "taker")
        ]
    )
    customer = env["res.partner"].create(
        {"name": "Given", "is_managed_customer": True, "user_id": giver.id}
    )
    _lead(env, customer, "opportunity")
    customer.opportunity_ids.user_id = giver
    customer.pool_transfer(taker.id, "Moves away", "2099-01-01")
    customer.share_with(env.ref("base.user_admin").id)
