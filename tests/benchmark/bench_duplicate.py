"""Who is it that is being typed, against a scan of all names (AR-12); and how long the
night takes to make the keys and to compare customers.

``size`` customers with Chinese and English names of companies, a third with a number.
"""

import random
import statistics

import customers
import stopwatch

from odoo.tools import SQL

ASKED = 15
PAGES = 4
CITIES = "北京 上海 广州 深圳 成都 杭州 武汉 西安 南京 天津 重庆 苏州 长沙 郑州".split()
TRADES = "贸易 科技 实业 电子 机械 物流 食品 化工 建材 服装 汽车 医药 广告 家具".split()
SIGNS = (
    "安宝邦昌诚春达大德东丰福富广贵国海和恒宏华辉汇佳嘉健金锦晋京精景久巨聚康乐力利联"
    "隆美民明诺鹏普齐启强庆泉日荣瑞润三森盛世顺泰腾天通同万旺威伟文兴信星鑫雅亚阳耀一亿"
    "益银永优友裕元源远悦云泽展长正志智中众卓子"
)
SOUNDS = "ka lo mi ren tor vas bel dun fer gra hol jen kor lin mar nov pel ros".split()
WORDS = "Trading Machinery Foods Logistics Electronics Systems Partners Works".split()


def run(env, size):
    """Return rows of what, seconds (or a number), reference, ratio."""
    filled, _made = stopwatch.begin(_fill, env, size)
    return [filled, _keys(env), *_finding(env), *_pairs(env)]


def _fill(env, size):
    owners = env["res.users"].create(
        [{"name": f"Owner {n}", "login": f"owner{n}"} for n in range(100)]
    )
    with customers.bare(env, "res_partner"):
        customers.copy_customers(env, owners, size)
        _name_customers(env)
    env.cr.execute("ANALYZE")
    env.cr.commit()


def _name_customers(env):
    ids = [
        n for (n,) in env.execute_query(SQL("SELECT id FROM %s", customers.CUSTOMERS))
    ]
    chance = random.Random(7)
    names = [_get_name(chance) for _number in ids]
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner AS customer
               SET name = named.name, complete_name = named.name, is_company = TRUE,
                   phone_sanitized = CASE WHEN phone IS NOT NULL
                                          THEN '+1555' || customer.id END
              FROM unnest(%s, %s) AS named (id, name)
             WHERE customer.id = named.id
            """,
            ids,
            names,
        )
    )


def _get_name(chance):
    if chance.random() < 0.5:
        signs = "".join(chance.choices(SIGNS, k=chance.choice((2, 2, 3))))
        return f"{chance.choice(CITIES)}{signs}{chance.choice(TRADES)}有限公司"
    sign = "".join(chance.choices(SOUNDS, k=3)).capitalize()
    return f"{sign} {chance.choice(WORDS)} Ltd."


def _keys(env):
    seconds = stopwatch.take(env["crm.name.key"]._cron_keep)
    env.cr.execute("ANALYZE crm_name_key")
    env.cr.commit()
    return stopwatch.row("make the keys of all names", seconds)


def _finding(env):
    """Ask as a salesperson types, each time another one, beside a scan for the same."""
    env["crm.hidden.value"].search_count([])
    rows = env.execute_query(
        SQL(
            "SELECT name, phone_sanitized FROM res_partner WHERE ref LIKE 'BENCH %%'"
            " AND phone_sanitized IS NOT NULL ORDER BY md5(id::text) LIMIT %s",
            ASKED,
        )
    )
    asks = {
        "name": lambda name, _phone: {"name": name},
        "phone": lambda _name, phone: {"phone": phone},
        "name and phone": lambda name, phone: {"name": name, "phone": phone},
    }
    found = []
    for what, get_values in asks.items():
        taken, scanned = [], []
        for name, phone in rows:
            env.invalidate_all()
            find = env["res.partner"].find_duplicates
            taken.append(stopwatch.take(find, get_values(name, phone)))
            scanned.append(stopwatch.take(_scan, env, name))
        mine, scan = statistics.median(taken), statistics.median(scanned)
        found.append(
            stopwatch.row(f"find_duplicates by {what}, the median", mine, scan)
        )
    return found


def _scan(env, name):
    """What a search without keys and indexes costs: look at every name."""
    env.execute_query(
        SQL(
            "SELECT id FROM res_partner WHERE is_managed_customer"
            " AND similarity(lower(name), %s) > 0.6",
            name.lower(),
        )
    )


def _pairs(env):
    count, seconds = stopwatch.watch(_compare_pages, env)
    return [stopwatch.row(f"compare {count} customers with all", seconds)]


def _compare_pages(env):
    """Compare as the job does, some pages; return how many customers they hold."""
    pairs, after, count = env["crm.duplicate.pair"], 0, 0
    for _page in range(PAGES):
        ids = pairs._get_due_page(after)
        pairs._compare(ids)
        env.cr.commit()
        after, count = ids[-1], count + len(ids)
    return count
