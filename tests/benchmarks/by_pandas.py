"""What an analyst would write: every official's verdict on one day, recomputed from the facts with pandas.

It reads the same rules in force and must give the same figures as the store; it is the measure the store is timed by.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from core.vietnamese import key

SEVERITY = {"exempt": 1, "meets": 2, "transitional": 3, "unknown": 4, "below": 5}


@dataclass(frozen=True)
class Tables:
    """The facts as frames, read once: what a script would keep in memory between questions."""

    unit: pd.DataFrame
    person: pd.DataFrame
    posting: pd.DataFrame
    qualification: pd.DataFrame
    level: pd.DataFrame
    rule: pd.DataFrame
    post: pd.DataFrame
    field_word: pd.DataFrame
    post_field: pd.DataFrame


def latest(on: pd.Series, precision: pd.Series) -> pd.Series:
    """The last day of the known period."""
    month = (precision == "thang") & on.notna()
    year = (precision == "nam") & on.notna()
    end = on.copy()
    end[month] = on[month] + pd.offsets.MonthEnd(0)
    end[year] = on[year] + pd.offsets.YearEnd(0)
    return end


def verdicts(t: Tables, as_of: date) -> pd.DataFrame:
    """Every (posting, criterion) with its verdict on the day: unit_id, person_id, posting_id, group_code, criterion."""
    day = pd.Timestamp(as_of)
    seats = t.posting.merge(t.post[["post", "group_code"]], on="post")
    since = pd.DataFrame(
        {
            "person_id": seats.person_id,
            "group_code": seats.group_code,
            "by": latest(seats.from_on, seats.from_precision).where(
                lambda x: ~(latest(seats.first_held_on, seats.first_held_precision) < x),
                latest(seats.first_held_on, seats.first_held_precision),
            ),
            "from": seats.first_held_on.fillna(seats.from_on),
            "bare": (seats.from_precision == "bao_cao") & seats.first_held_on.isna(),
        }
    )
    service = since.groupby(["person_id", "group_code"], as_index=False).agg(
        service_by=("by", "min"), service_from=("from", "min"), bare=("bare", "max")
    )
    seats = seats[(seats.from_on <= day) & ~(seats.to_on <= day)]
    seats = seats.merge(service, on=["person_id", "group_code"]).merge(t.unit[["unit_id", "area"]], on="unit_id")
    rules = t.rule[(t.rule.from_on <= day) & (t.rule.to_on > day) & (t.rule.kind != "training")]
    judged = seats.merge(
        rules.drop(columns=["group_code", "from_on", "to_on"]), left_on=["area", "post"], right_on=["regime", "post"]
    )
    known = t.qualification.merge(t.level[["criterion", "level", "rank"]], on=["criterion", "level"], how="left")
    effective = latest(known.obtained_on, known.obtained_precision)
    effective = effective.where(effective < known.reported_on, known.reported_on)
    known = known[effective <= day]
    keys = ["person_id", "criterion"]
    held = known[known.status == "da_co"].groupby(keys, as_index=False)["rank"].max()
    studying = known[known.status == "dang_hoc"].groupby(keys, as_index=False)["rank"].min()
    judged = judged.merge(held, on=keys, how="left")
    judged = judged.merge(studying.rename(columns={"rank": "studying"}), on=keys, how="left")
    judged = judged.merge(t.person[["person_id", "birth_on", "gender"]], on="person_id")

    first_end = latest(judged.first_held_on, judged.first_held_precision)
    began = first_end.where(judged.first_held_on.notna(), latest(judged.from_on, judged.from_precision))
    first = judged.required_first.notna()
    bound = np.select(
        [~first, judged.first_held_on >= judged.effective_from, began < judged.effective_from], [0, 1, 0], default=-1
    )

    held_rank = judged["rank"].astype(float)

    def outcome(asked: pd.Series) -> np.ndarray:
        required = asked.astype(float)
        return np.select(
            [
                required.isna(),
                held_rank >= required,
                held_rank.notna() | (judged.studying.astype(float) <= required),
            ],
            ["exempt", "meets", "below"],
            default="unknown",
        )

    everybody, firsts = outcome(judged.required_rank), outcome(judged.first_rank)
    firsts = np.where(first, firsts, everybody)
    by_level = np.select(
        [bound == 1, bound == 0, everybody == firsts], [firsts, everybody, everybody], default="unknown"
    )
    verdict = np.select(
        [judged.kind == "level", judged.kind == "age", judged.kind == "field"],
        [by_level, _age(judged, bound, first_end), _field(t, judged, known)],
        default="exempt",
    )
    grace = np.select(
        [
            judged.grace_until.isna(),
            judged.service_by < judged.grace_in_post_before,
            ~judged.bare & (judged.service_from >= judged.grace_in_post_before),
        ],
        [0, 1, 0],
        default=-1,
    )
    judged["verdict"] = np.select(
        [(verdict == "below") & (grace == 1), (verdict == "below") & (grace == -1)],
        ["transitional", "unknown"],
        verdict,
    )
    return judged[["unit_id", "person_id", "posting_id", "group_code", "post", "criterion", "verdict"]]


def _years(birth: pd.Series, on: pd.Series) -> pd.Series:
    before = (on.dt.month < birth.dt.month) | ((on.dt.month == birth.dt.month) & (on.dt.day < birth.dt.day))
    return on.dt.year - birth.dt.year - before.astype(float)


def _age(judged: pd.DataFrame, bound: np.ndarray, first_end: pd.Series) -> np.ndarray:
    limit = judged.max_age_male.astype(float).where(judged.gender != "nu", judged.max_age_female.astype(float))
    limit = limit.where(judged.gender.notna() | (judged.max_age_male == judged.max_age_female))
    youngest, oldest = _years(judged.birth_on, judged.first_held_on), _years(judged.birth_on, first_end)
    return np.select(
        [bound == 0, bound == -1, oldest <= limit, youngest > limit],
        ["exempt", "unknown", "meets", "below"],
        default="unknown",
    )


def _field(t: Tables, judged: pd.DataFrame, known: pd.DataFrame) -> np.ndarray:
    rows = judged[judged.kind == "field"][["posting_id", "person_id", "post", "at_rank"]]
    degrees = known[(known.criterion == "chuyen_mon") & (known.status == "da_co")]
    keys = {field: key(field) for field in degrees.field.dropna().unique()}
    degrees = degrees.assign(word=degrees.field.map(keys)).merge(t.field_word, on="word", how="left")
    degrees = degrees.assign(top=degrees.groupby("person_id")["rank"].transform("max"))
    degrees = degrees[["person_id", "rank", "top", "field_group"]]
    pairs = rows.merge(degrees, on="person_id", how="left", indicator=True)
    asked = np.minimum(pairs.at_rank.astype(float), pairs.top.astype(float).fillna(99))
    rank = pairs["rank"].astype(float)
    pairs = pairs[rank.isna() | (rank >= asked)]
    pairs = pairs.merge(t.post_field, on=["post", "field_group"], how="left")
    pairs["fit"] = pairs.fits.eq(True)
    pairs["open"] = pairs.fits.isna()
    found = pairs.groupby("posting_id").agg(fit=("fit", "max"), open=("open", "max"), top=("top", "max"))
    of = found.reindex(judged.posting_id)
    return np.select(
        [
            of.top.eq(0).fillna(False).to_numpy(bool),
            of.fit.eq(True).fillna(False).to_numpy(bool),
            (of.open.eq(True) | of.fit.isna()).fillna(False).to_numpy(bool),
        ],
        ["exempt", "meets", "unknown"],
        default="below",
    )


def per_person(judged: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """People counted once by their worst verdict: total, below, unknown, transitional for each key."""
    worst = (
        judged.assign(severity=judged.verdict.map(SEVERITY)).groupby([*by, "person_id"], as_index=False).severity.max()
    )
    groups = worst.groupby(by).severity
    return pd.DataFrame(
        {
            "total": groups.size(),
            "below": groups.apply(lambda s: int((s == 5).sum())),
            "unknown": groups.apply(lambda s: int((s == 4).sum())),
            "transitional": groups.apply(lambda s: int((s == 3).sum())),
        }
    ).reset_index()
