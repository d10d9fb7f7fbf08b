"""What lies on the desks of the sample: reviews of a plan, archives that are lent or
asked for, a change of an archive that is proposed, a letter that is printed."""

from datetime import timedelta

from .half_year import set_back

FLEET, OWNER, FRIEND = (
    f"crm_relations.res_partner_{name}_demo"
    for name in ("shunda", "li_qiang", "chen_jing")
)
ABROAD = "crm_relations.res_partner_marcus_webb_demo"


def play(env):
    hold_review(env)
    lend(env)
    propose(env)
    print_letter(env)


def _as(env, login):
    """Return an environment of a user, who works in his language."""
    user = env["res.users"].search([("login", "=", login)])
    return env(user=user, context=dict(env.context, lang=user.lang))


def _require(answers):
    """A story in which a method refuses is no story."""
    for answer in answers:
        if not answer["ok"]:
            raise ValueError(answer["message"])


def hold_review(env):
    """Have the owner of the plan hold the first of two reviews that are due."""
    plan = env.ref("crm_relations.crm_account_plan_shunda_demo")
    review = plan.review_ids.sorted("due")[:1].with_env(_as(env, "sales"))
    review.write(
        {
            "decisions": "服务合同改为按季签订，先试行一季。",
            "next_steps": "王芳下周送交合同草案；技术主管确认充电桩位置。",
        }
    )
    _require(review.hold())


def lend(env):
    """One loan runs, one waits for its answer, one has waited too long."""
    today = env["res.company"]._get_relations_default()._get_relations_today()
    with set_back(env, 3):
        friend = env.ref(FRIEND).with_env(_as(env, "agent"))
        until = today + timedelta(days=4)
        _require(friend.ask_for_access(["profiles"], "A gift for her birthday", until))
    with set_back(env, 1):
        customer = env.ref(ABROAD).with_env(_as(env, "sales"))
        until = today + timedelta(days=5)
        _require(customer.ask_for_access(["profiles"], "联合拜访前的准备", until))
        loan = env["crm.archive.loan"].search([], order="id DESC", limit=1)
        _require(loan.with_env(_as(env, "sales2")).approve())


def propose(env):
    """Have the agent, who heard them on the telephone, propose two changes."""
    proposals = env["crm.archive.proposal"].with_env(_as(env, "agent"))
    for name, field, value, note in (
        (FLEET, "phone", "+86 10 5550 0188", "总机换号，电话中告知"),
        (OWNER, "street", "建国路 88 号 3 单元", "客户已搬家"),
    ):
        proposals.create(
            {
                "partner_id": env.ref(name).id,
                "field_name": field,
                "new_value": value,
                "note": note,
            }
        )


def print_letter(env):
    """Print one of the letters that wait, with an envelope."""
    printer = _as(env, "relations")
    tasks = printer["crm.care.task"].search(
        [("channel", "=", "letter"), ("state", "=", "open")], order="id DESC", limit=1
    )
    printer["crm.letter.wizard"].create({"task_ids": tasks.ids}).action_print()
