"""Satisfaction: comparison of people, the board (SA-4, SA-5), import of waves (SA-3).

References: the same figures by one statement written by hand over the same tables; the
same rows inserted by one plain statement.
"""

from base64 import b64encode

import stopwatch

from odoo.tools import SQL

SCORES_AN_ANSWER = 10
PEOPLE = 30
MOST_IMPORTED = 100_000  # scores in one file
SCORES = "crm.satisfaction.score.report"
ANSWERS = "crm.satisfaction.report"
RESPONSES = """
    INSERT INTO crm_satisfaction_response (study_id, company_id, user_id, channel,
           state, asked_at, answered_at, answered_on, points, has_points, nps, has_nps,
           csat, has_csat)
    SELECT %(study)s, %(company)s, (%(users)s)[1 + n %% %(people)s], 'link', 'answered',
           moment, moment, moment::date, n * 7 %% 101, TRUE, n %% 11, TRUE,
           25 * (n %% 5), TRUE
      FROM generate_series(1, %(number)s) AS n
CROSS JOIN LATERAL (SELECT now() AT TIME ZONE 'UTC' - n %% 365 * interval '1 day'
                           AS moment) AS day
"""
SCORED = """
    INSERT INTO crm_satisfaction_score (response_id, study_id, factor_id, kind, points,
           company_id, user_id, answered_on)
    SELECT response.id, response.study_id, factor.id, 'factor',
           (response.id * 13 + factor.id * 29) %% 101, response.company_id,
           response.user_id, response.answered_on
      FROM crm_satisfaction_response AS response
      JOIN crm_satisfaction_factor AS factor ON factor.study_id = response.study_id
     WHERE response.study_id = %s
"""


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio.

    :param size: number of scores; a tenth of it are answered surveys
    """
    filled, study = stopwatch.begin(_fill, env, size)
    rows = [filled]
    rows.append(_compare_factors(env, study, size))
    rows.append(_compare_people(env, study, size))
    rows.append(_open_board(env, study))
    rows += _import_waves(env, study, size)
    return rows


def _compare_factors(env, study, size):
    measures = ["points:avg", "points_error:avg", "score_count:sum"]
    domain = [("study_id", "=", study.id), ("score_kind", "=", "factor")]
    seconds = stopwatch.take_kept(
        env,
        lambda: env[SCORES]._read_group(domain, ["user_id", "factor_id"], measures),
    )
    plain = stopwatch.take_kept(
        env,
        lambda: env.cr.execute(
            SQL(
                """
                SELECT score.user_id, score.factor_id,
                       sum(score.points * factor.weight) / sum(factor.weight),
                       stddev_samp(score.points) / sqrt(count(score.points)), count(*)
                  FROM crm_satisfaction_score AS score
                  JOIN crm_satisfaction_factor AS factor ON factor.id = score.factor_id
                  JOIN crm_satisfaction_response AS response
                    ON response.id = score.response_id
                 WHERE score.study_id = %s AND score.kind = 'factor'
                   AND response.state = 'answered'
              GROUP BY score.user_id, score.factor_id
                """,
                study.id,
            )
        ),
    )
    return stopwatch.row(f"people by factors, {size} scores", seconds, plain)


def _compare_people(env, study, size):
    measures = [
        *("index:avg", "index_error:avg", "nps:avg", "nps_error:avg", "csat:avg"),
        *("csat_low:avg", "csat_high:avg", "answer_count:sum"),
    ]
    domain = [("study_id", "=", study.id)]
    seconds = stopwatch.take_kept(
        env, lambda: env[ANSWERS]._read_group(domain, ["user_id"], measures)
    )
    plain = stopwatch.take_kept(
        env,
        lambda: env.cr.execute(
            SQL(
                """
                SELECT user_id, avg(points) FILTER (WHERE has_points),
                       stddev_samp(points) FILTER (WHERE has_points),
                       avg(100 * ((nps >= 9)::int - (nps <= 6)::int))
                       FILTER (WHERE has_nps),
                       stddev_pop(100 * ((nps >= 9)::int - (nps <= 6)::int))
                       FILTER (WHERE has_nps),
                       avg(100 * (csat >= 75)::int) FILTER (WHERE has_csat), count(*)
                  FROM crm_satisfaction_response
                 WHERE study_id = %s AND state = 'answered'
              GROUP BY user_id
                """,
                study.id,
            )
        ),
    )
    number = size // SCORES_AN_ANSWER
    return stopwatch.row(f"people, {number} answers", seconds, plain)


def _open_board(env, study):
    """The board over three months of the year that there is."""
    board = env["crm.satisfaction.board"]
    seconds = stopwatch.take_kept(env, board.get_board, study.id)
    return stopwatch.row("open the board", seconds)


def _import_waves(env, study, size):
    """Scores of all people and factors, wave after wave, in one file: checked first,
    as people do, then imported."""
    people = env["res.users"].search([("login", "like", "judged%")], order="id")
    factors = study.factor_ids
    lines = ["Wave,Dealer,Factor,Score,n"]
    size = min(size, MOST_IMPORTED)
    number = max(size // (len(people) * len(factors)), 1)
    lines += [
        f"Wave {wave},{person.login},{factor.name},{(wave * 37 + factor.id) % 1000},40"
        for wave in range(number)
        for person in people
        for factor in factors
    ]
    values = {"study_id": study.id, "filename": "waves.csv"}
    values["file"] = b64encode("\n".join(lines).encode())
    table = env["crm.satisfaction.wave.import"].create(values)
    check = stopwatch.take_kept(env, table.action_check)
    seconds = stopwatch.take_kept(env, table.action_import)
    env.cr.execute(
        "CREATE TEMP TABLE score_copy AS SELECT * FROM crm_satisfaction_wave_score;"
        "UPDATE score_copy SET id = id + 100000000;"
        "DELETE FROM crm_satisfaction_wave_score"
    )
    plain = stopwatch.take_kept(
        env,
        lambda: env.cr.execute(
            "INSERT INTO crm_satisfaction_wave_score SELECT * FROM score_copy"
        ),
    )
    count = len(lines) - 1
    return [
        stopwatch.row(f"check {count} scores of waves", check, plain),
        stopwatch.row(f"import {count} scores of waves", seconds, plain),
    ]


def _fill(env, size):
    """A year of answers about thirty people, each factor answered."""
    study = env["crm.satisfaction.study"].create({"name": "Bench", "kind": "sales"})
    env["crm.satisfaction.factor"].create(
        [
            {"study_id": study.id, "name": f"Factor {number}", "weight": number + 1}
            for number in range(SCORES_AN_ANSWER)
        ]
    )
    users = env["res.users"].with_context(no_reset_password=True)
    users = users.create(
        [
            {"name": f"Judged {number}", "login": f"judged{number}"}
            for number in range(PEOPLE)
        ]
    )
    env.flush_all()
    values = {"study": study.id, "company": env.company.id, "users": users.ids}
    number = size // SCORES_AN_ANSWER
    env.cr.execute(SQL(RESPONSES, people=PEOPLE, number=number, **values))
    env.cr.execute(SQL(SCORED, study.id))
    stopwatch.settle(env, ("crm_satisfaction_response", "crm_satisfaction_score"))
    return study
