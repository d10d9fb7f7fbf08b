"""In how many plans each index of ours on contacts stands, at any number of customers
(PL-7): all that the menus, the jobs and the screens send is asked of the planner as it
is, and nothing keeps it from reading the whole table instead.

What an index costs everybody who writes a contact, ``bench_others`` measures.
"""

import customers
import index_readers
import plan_world
import stopwatch

# Of a small table the planner rather reads the whole.
LEAST_JUDGED = 100_000


def run(env, size):
    """Return a row of the filling and of what is sent, then one for each index.

    :raise AssertionError: there are customers enough, and nothing reads one of them
    """
    filled, user = stopwatch.begin(_fill, env, size)
    readers = index_readers.IndexReaders(env, user)
    sent, seconds = stopwatch.watch(readers.get_sent)
    rows = [filled, stopwatch.row(f"all of {len(sent)} kinds of statements", seconds)]
    counts = readers.count_readers(sent, readers.get_indexes())
    for name, count in sorted(counts.items(), key=lambda one: (one[1], one[0])):
        rows.append((f"{name}: in so many plans", count))
    unread = [name for name, count in counts.items() if not count]
    assert size < LEAST_JUDGED or not unread, f"Nothing reads {unread}: {rows}"
    return rows


def _fill(env, size):
    """Make the customers, and let a first night fill what the jobs write; return who
    opens the lists."""
    with customers.bare(env, "res_partner"):
        plan_world.fill(env, size)
    groups = [env.ref(group).id for group in plan_world.READER]
    user = env["res.users"].create(
        {"name": "Reader", "login": "reader", "group_ids": groups}
    )
    env.cr.commit()
    for job in index_readers.IndexReaders(env, user).jobs:
        job.ir_actions_server_id.with_user(job.user_id).run()
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return user
