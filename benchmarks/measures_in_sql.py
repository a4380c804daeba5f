"""The measures of benchmarks/measures.py as one would write them by hand for DuckDB, without Ibis.

The same rules: exports in time, the last value stated, first and current baseline, what is undefined
left out.  Only the values: intervals, reasons and counts of what is missing are ours alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb

# One row a project: what holds of it.
_FACTS: Final = """
CREATE TEMP TABLE facts AS
WITH said AS (
    SELECT register || '/' || key AS project,
        arg_max(org_unit, place) AS org_unit, arg_max(kind, place) AS kind,
        arg_max(state, place) AS state, arg_max(started, place) AS started,
        arg_max(finished, place) AS finished, arg_max(duration_days, place) AS duration_days,
        arg_max(cost_actual, place) AS cost_actual, arg_max(currency, place) AS currency,
        arg_max(effort_actual, place) AS effort_actual, arg_max(benefit_actual, place) AS benefit_actual,
        max(as_at) AS as_at, count(DISTINCT export_order) > 1 AS again
    FROM (SELECT *, (export_order, file, sheet, row) AS place FROM projects) GROUP BY ALL
), plans AS (
    SELECT register || '/' || key AS project,
        arg_max(start, place) FILTER (stated = 'original') AS original_start,
        arg_max(finish, place) FILTER (stated = 'original') AS original_finish,
        arg_max(cost, place) FILTER (stated = 'original') AS original_cost,
        arg_max(benefit, place) FILTER (stated = 'original') AS original_benefit,
        arg_max(effort, place) FILTER (stated = 'original') AS original_effort,
        arg_max(start, place) FILTER (stated != 'original') AS c_start,
        arg_max(finish, place) FILTER (stated != 'original') AS c_finish,
        arg_max(cost, place) FILTER (stated != 'original') AS c_cost,
        arg_max(benefit, place) FILTER (stated != 'original') AS c_benefit,
        arg_max(effort, place) FILTER (stated != 'original') AS c_effort
    FROM (SELECT *, (export_order, file, sheet, row) AS place FROM baselines) GROUP BY ALL
), forecasts AS (
    SELECT register || '/' || key AS project,
        arg_min(forecast_finish, export_order) AS first_finish,
        arg_max(forecast_finish, export_order) AS last_finish,
        arg_min(forecast_cost, export_order) AS first_cost,
        arg_max(forecast_cost, export_order) AS last_cost,
        min(export_order) FILTER (forecast_finish IS NOT NULL)
            < max(export_order) FILTER (forecast_finish IS NOT NULL) AS finish_again,
        min(export_order) FILTER (forecast_cost IS NOT NULL)
            < max(export_order) FILTER (forecast_cost IS NOT NULL) AS cost_again,
        min(export_order) < max(export_order) AS reported_again,
        arg_max(rag, export_order) AS rag
    FROM reports GROUP BY ALL
)
SELECT said.*, plans.* EXCLUDE (project), forecasts.* EXCLUDE (project),
    coalesce(c_start, original_start) AS current_start,
    coalesce(c_finish, original_finish) AS current_finish,
    coalesce(c_cost, original_cost) AS current_cost,
    coalesce(c_benefit, original_benefit) AS current_benefit,
    coalesce(c_effort, original_effort) AS current_effort
FROM said LEFT JOIN plans USING (project) LEFT JOIN forecasts USING (project)
"""

_AGAINST: Final = """
WITH ended AS (
    SELECT *, finished - {plan}_finish AS slip, cost_actual / {plan}_cost AS cost_ratio,
        coalesce(finished - started, duration_days) AS took,
        {plan}_finish - coalesce({plan}_start, started) AS planned,
        effort_actual / {plan}_effort AS effort_ratio
    FROM facts WHERE state = 'finished'
), costed AS (
    SELECT * FROM ended WHERE cost_actual IS NOT NULL AND {plan}_cost > 0
), failed AS (
    SELECT CASE state WHEN 'cancelled' THEN cost_actual ELSE cost_actual - {plan}_cost END AS lost
    FROM facts
    WHERE (state = 'cancelled' OR (state = 'finished' AND {plan}_cost > 0)) AND cost_actual IS NOT NULL
), estimated AS (
    SELECT *, effort_actual AS a, {plan}_effort AS e FROM ended
    WHERE effort_actual > 0 AND {plan}_effort > 0
)
SELECT
    (SELECT quantile_cont(cost_ratio, 0.5) - 1 FROM costed) AS cost_overrun_median,
    (SELECT quantile_cont(cost_ratio, 0.8) - 1 FROM costed) AS cost_overrun_p80,
    (SELECT sum(cost_actual) / sum({plan}_cost) - 1 FROM costed) AS cost_overrun_total,
    (SELECT avg((cost_actual > {plan}_cost)::INT) FROM costed) AS over_budget_rate,
    (SELECT quantile_cont(slip, 0.5) FROM ended) AS schedule_slip_days_median,
    (SELECT quantile_cont(slip, 0.8) FROM ended) AS schedule_slip_days_p80,
    (SELECT avg((slip > 0)::INT) FROM ended) AS late_rate,
    (SELECT quantile_cont(took / planned, 0.5) - 1 FROM ended WHERE took > 0 AND planned > 0)
        AS schedule_overrun_median,
    (SELECT sum(greatest(lost, 0)) / 100 FROM failed) AS cost_of_failure_gross,
    (SELECT sum(greatest(-lost, 0)) / 100 FROM failed) AS cost_of_failure_offset,
    (SELECT sum(lost) / 100 FROM failed) AS cost_of_failure_net,
    (SELECT 1 - quantile_cont(benefit_actual / {plan}_benefit, 0.5) FROM ended
        WHERE {plan}_benefit > 0) AS benefit_shortfall_median,
    (SELECT avg((a < e)::INT) FROM estimated) AS estimate_over_rate,
    (SELECT avg((a = e)::INT) FROM estimated) AS estimate_exact_rate,
    (SELECT avg((a > e)::INT) FROM estimated) AS estimate_under_rate,
    (SELECT exp(avg(ln(effort_ratio))) FROM estimated) AS estimate_ratio_geomean,
    (SELECT quantile_cont(effort_ratio, 0.5) FROM estimated) AS estimate_ratio_median,
    (SELECT sum(a) / sum(e) FROM estimated) AS estimate_ratio_total,
    (SELECT regr_slope(ln(a), ln(e)) FROM estimated) AS estimate_exponent,
    (SELECT avg((4 * abs(a - e) <= a)::INT) FROM estimated) AS estimate_pred25,
    (SELECT avg(abs(a - e) / a) FROM estimated) AS estimate_mmre,
    (SELECT exp(avg(ln(effort_ratio))) - 1 FROM estimated) AS estimate_bias,
    (SELECT exp(stddev_samp(ln(effort_ratio))) FROM estimated) AS estimate_spread
"""

# Aalen-Johansen: the share that has finished by the planned day, cancellations competing.
_ON_TIME: Final = """
WITH aged AS (
    SELECT state, (CASE state WHEN 'finished' THEN finished
            WHEN 'cancelled' THEN coalesce(finished, as_at) ELSE as_at END
            - coalesce(started, {plan}_start))
        / ({plan}_finish - coalesce(started, {plan}_start)) AS age
    FROM facts
    WHERE {plan}_finish > coalesce(started, {plan}_start)
), moments AS (
    SELECT age, count(*) AS leaving, count(*) FILTER (state = 'finished') AS finished,
        count(*) FILTER (state != 'open') AS ended
    FROM aged WHERE age >= 0 GROUP BY age
), at_risk AS (
    SELECT *, sum(leaving) OVER (ORDER BY age DESC) AS n FROM moments
), lived AS (
    SELECT *, exp(coalesce(sum(ln(1 - ended / n)) OVER
        (ORDER BY age ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) AS before
    FROM at_risk WHERE ended < n
)
SELECT sum(before * finished / n) AS on_time_rate FROM lived WHERE age <= 1
"""

_OVERALL: Final = """
SELECT count(*) AS projects,
    count(*) FILTER (state = 'finished') AS finished, count(*) FILTER (state = 'open') AS open,
    count(*) FILTER (state = 'cancelled') AS cancelled, count(*) FILTER (again) AS linked,
    quantile_cont(CASE WHEN finish_again THEN last_finish - first_finish END, 0.5)
        AS forecast_slip_days_median,
    avg((last_finish > first_finish)::INT) FILTER (finish_again) AS forecast_behind_rate,
    avg((last_finish = first_finish)::INT) FILTER (finish_again) AS forecast_on_rate,
    avg((last_finish < first_finish)::INT) FILTER (finish_again) AS forecast_ahead_rate,
    quantile_cont(CASE WHEN cost_again THEN last_cost - first_cost END, 0.5) / 100
        AS forecast_cost_change_median,
    quantile_cont(CASE WHEN state = 'finished' THEN current_finish - original_finish END, 0.5)
        AS masked_slip_days_median,
    avg((current_finish != original_finish OR current_cost != original_cost)::INT) AS rebaselined_rate,
    avg(finished - started) FILTER (state = 'finished') AS duration_days_mean,
    quantile_cont(CASE WHEN state = 'finished' THEN finished - started END, 0.5) AS duration_days_median,
    sum(effort_actual) AS hours_actual_total,
    avg((last_finish - original_finish > 0.1 * (original_finish - coalesce(original_start, started)))::INT)
        FILTER (state = 'open' AND rag = 'Green' AND last_finish IS NOT NULL
            AND original_finish > coalesce(original_start, started)) AS green_yet_moving_rate
FROM facts
"""

_RATINGS: Final = """
SELECT export || ' / ' || rag AS export_and_rag, count(*) AS n FROM (
    SELECT export_order, arg_max(export, place) AS export, arg_max(rag, place) AS rag
    FROM (SELECT *, (file, sheet, row) AS place FROM reports WHERE rag IS NOT NULL)
    GROUP BY register, key, export_order
) GROUP BY ALL
"""

_GREEN_BEFORE: Final = """
WITH late AS (
    SELECT project, original_finish AS due FROM facts
    WHERE state = 'finished' AND finished > original_finish
), known AS (
    SELECT project,
        arg_max(rag, as_at) FILTER (due - as_at >= 180) = 'Green' AS "6 months before",
        arg_max(rag, as_at) FILTER (due - as_at >= 90) = 'Green' AS "3 months before",
        arg_max(rag, as_at) FILTER (due - as_at >= 30) = 'Green' AS "1 month before"
    FROM reports JOIN late ON late.project = register || '/' || key
    WHERE rag IS NOT NULL GROUP BY project
)
SELECT avg("6 months before"::INT) AS "6 months before",
    avg("3 months before"::INT) AS "3 months before", avg("1 month before"::INT) AS "1 month before"
FROM known
"""

_BUDGETS: Final = """
SELECT sum(cost) / 100 AS total FROM (
    SELECT arg_max(cost, (file, sheet, row, stated = 'current')) AS cost
    FROM baselines GROUP BY register, key, export_order
)
"""

_EARNED: Final = """
WITH stood AS (
    SELECT register || '/' || key AS project, max(export_order) AS last,
        arg_max(pv, export_order) AS pv, arg_max(ev, export_order) AS ev,
        arg_max(ac, export_order) AS ac, arg_max(as_at, export_order) AS as_at,
        count(pv) AS reports, max(as_at) FILTER (pv <= 0) AS idle
    FROM reports WHERE ev IS NOT NULL GROUP BY ALL
), plan AS (
    SELECT stood.*, current_cost AS bac, current_finish AS finish,
        greatest(coalesce(current_start, original_start, started), idle) AS start
    FROM stood JOIN facts USING (project)
), steps AS (
    SELECT register || '/' || key AS project, pv, ev, as_at,
        pv < lag(pv) OVER (PARTITION BY register, key ORDER BY export_order) AS fell
    FROM reports WHERE pv IS NOT NULL
), against AS (
    SELECT project, coalesce(bool_or(fell), FALSE) AS fell,
        max(steps.pv) FILTER (steps.pv <= plan.ev) AS below_pv,
        max(steps.as_at) FILTER (steps.pv <= plan.ev) AS below_at,
        min(steps.pv) FILTER (steps.pv > plan.ev) AS above_pv,
        min(steps.as_at) FILTER (steps.pv > plan.ev) AS above_at,
        min(steps.as_at) FILTER (steps.pv >= bac) AS planned_done,
        min(steps.as_at) FILTER (steps.ev >= bac) AS earned_done
    FROM steps JOIN plan USING (project) GROUP BY project
), bracketed AS (
    SELECT plan.*, fell, planned_done, earned_done,
        coalesce(below_at, start) AS day, coalesce(below_pv, 0) AS value,
        CASE WHEN above_at IS NOT NULL THEN above_at
            WHEN finish > coalesce(below_at, start) THEN finish END AS next_day,
        CASE WHEN above_at IS NOT NULL THEN above_pv
            WHEN finish > coalesce(below_at, start) THEN bac END AS next_value
    FROM plan JOIN against USING (project)
), timed AS (
    SELECT (coalesce(earned_done, as_at) - start) AS passed,
        CASE WHEN ev >= bac THEN coalesce(planned_done, finish) - start
            ELSE day - start + (ev - value) / (next_value - value) * (next_day - day) END AS earned
    FROM bracketed WHERE NOT fell AND reports >= 2
)
SELECT (SELECT sum(ev) / sum(ac) FROM plan WHERE ac > 0) AS cpi,
    (SELECT sum(ev) / sum(pv) FROM plan WHERE pv > 0) AS spi,
    (SELECT sum(earned) / sum(passed) FROM timed WHERE passed > 0 AND earned IS NOT NULL) AS spi_t,
    (SELECT sum(bac / (ev / ac)) / 100 FROM plan WHERE ev > 0 AND ac > 0) AS eac
"""

_CAUSES: Final = """
WITH lost AS (
    SELECT project, greatest(
        CASE state WHEN 'cancelled' THEN cost_actual ELSE cost_actual - {plan}_cost END, 0) AS lost
    FROM facts
    WHERE (state = 'cancelled' OR (state = 'finished' AND {plan}_cost > 0)) AND cost_actual IS NOT NULL
), coded AS (
    SELECT DISTINCT register || '/' || key AS project, cause FROM causes
), divided AS (
    SELECT lost.project, lost, coalesce(cause, 'unknown') AS cause,
        count(*) OVER (PARTITION BY lost.project) AS several
    FROM lost LEFT JOIN coded USING (project)
)
SELECT cause, sum(lost) FILTER (several = 1) / (SELECT sum(lost) FROM lost) AS cause_share_exclusive,
    sum(lost / several) / (SELECT sum(lost) FROM lost) AS cause_share_fractional,
    sum(lost) / (SELECT sum(lost) FROM lost) AS cause_share_touched
FROM divided GROUP BY cause
"""

_CAUSE_COUNTS: Final = """
SELECT cause, count(*) / (SELECT count(DISTINCT (register, key)) FROM causes) AS rate
FROM (SELECT DISTINCT register, key, cause FROM causes) GROUP BY cause
"""


def measured(folder: Path) -> dict[str, Any]:
    """The values of the measures, by measure, baseline and group."""
    connection = duckdb.connect()
    for name in ("projects", "baselines", "reports", "causes"):
        connection.read_parquet(str(folder / f"{name}.parquet")).create_view(name)

    def rows(query: str) -> list[dict[str, Any]]:
        found = connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    connection.execute(_FACTS)
    values: dict[str, Any] = {}

    def take(found: dict[str, Any], plan: str = "", group: str = "") -> None:
        for measure, value in found.items():
            values[f"{measure}|{plan}|{group}"] = value

    take(rows(_OVERALL)[0])
    take(rows(_EARNED)[0])
    for plan in ("original", "current"):
        take(rows(_AGAINST.format(plan=plan))[0], plan)
        take(rows(_ON_TIME.format(plan=plan))[0], plan)
        for row in rows(_CAUSES.format(plan=plan)):
            take(row, plan, row.pop("cause"))
    for row in rows(_CAUSE_COUNTS):
        values[f"cause_count_rate||{row['cause']}"] = row["rate"]
    for row in rows(_RATINGS):
        values[f"rag_count||{row['export_and_rag']}"] = row["n"]
    for group, value in rows(_GREEN_BEFORE)[0].items():
        values[f"green_before_late_finish_rate||{group}"] = value
    values["cost_baseline_sum||2024-12-31"] = rows(_BUDGETS)[0]["total"]
    return values
