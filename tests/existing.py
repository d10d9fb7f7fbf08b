"""A company's database before our addons come; run by ``scratch.Workers``."""

from odoo.fields import Command

ORDERED = "With an order"
THROUGH_CONTACT = "Ordered through a contact"
PROSPECT = "With an opportunity"
INVOICED = "With an invoice"
MANAGED = {ORDERED, THROUGH_CONTACT, PROSPECT, INVOICED}
OTHERS = {"Only a quotation", "Cancelled", "Only a lead", "Nothing", "Colleague"}


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
    for partner in (contact, partners["Colleague"], partners["Ours"]):
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
    env["ir.config_parameter"].set_param("crm_relations.anything", "1")
    env["crm.followup"].create(
        {
            "partner_id": env["res.partner"].search([("ref", "=", "NIGHT 1")]).id,
            "purpose": "Called",
            "next_step": "Call again",
            "next_date": "2099-01-01",
        }
    )


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
