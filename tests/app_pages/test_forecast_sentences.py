"""What is said and drawn of the time to come, and counted for it: a range, both ends of it, and the names."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pandas as pd
import pytest

from app_pages.forecast import sentences as ahead
from common.charted import charts
from common.crowd import a_crowd
from common.district import KHE_TRE, Enter
from common.forecasts import DAY, QUERIES, SAID, UNTIL
from common.readers import all_of
from core.store import Filters, Store
from core.words import Words
from law.case import person
from supposing.supposition import assumed

MORE = (
    "10 xã, thị trấn còn người chưa đạt, cần ít nhất 50 lượt học. 33 người trong đó không còn chưa đạt nếu UBND tỉnh "
    "quyết định giảm mức cho miền núi; chưa nhập quyết định ấy. 7 người chưa đủ dữ liệu để kết luận."
)
# Below for want of a certificate of political theory.
LACKING = {"hoc_van": "thpt", "llct": "so_cap", "chuyen_mon": "trung_cap", "field": "Luật"}


@pytest.fixture(scope="module")
def words() -> Iterator[Words]:
    store = Store(":memory:", create=True)
    yield Words.of(all_of(store))
    store.close()


# The words


def points(*rows: tuple[str, int, int], unknown: int = 0, transitional: int = 0) -> pd.DataFrame:
    counts = {
        f"{what}_{side}": n
        for what, n in (("total", 227), ("unknown", unknown), ("transitional", transitional))
        for side in ("low", "high")
    }
    frame = pd.DataFrame(rows, columns=["as_of", "below_low", "below_high"]).assign(**counts)
    return frame.astype({"as_of": "datetime64[us]"})


def people(*rows: tuple[int, int, str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["person_id", "change", "change_cause", "earliest", "latest"])
    return frame.astype({"earliest": "datetime64[us]", "latest": "datetime64[us]"})


def communes(*rows: tuple[str, int, int, int, int, int]) -> pd.DataFrame:
    columns = ["commune", "below_low", "below_high", "courses_low", "courses_high", "beyond_courses"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(unit_code=[f"2016{n}" for n in range(len(rows))], could_be_lowered=0)


LAW = "2019-12-25"
# The last day on which the law of the store judges anybody.
LAST = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("counted", "changes", "told"),
    [
        # Nothing that happens.
        (
            points(("2018-12-31", 0, 0), ("2021-12-31", 0, 0)),
            people(),
            "Dù không làm gì thêm, đến 31/12/2021 vẫn không có ai chưa đạt.",
        ),
        (
            points(("2018-12-31", 3, 3), ("2021-12-31", 3, 3)),
            people(),
            "Nếu không làm gì thêm, đến 31/12/2021 vẫn có 3 người chưa đạt như nay.",
        ),
        # For certain, perhaps, and some of each.
        (
            points(("2018-12-31", 2, 2), ("2021-12-31", 0, 0)),
            people((1, -1, "nghi_huu", "2019-05-01", "2019-05-01"), (2, -1, "hoc_xong", "2019-01-01", "2019-06-01")),
            "Dù không làm gì thêm, đến 31/12/2021 không còn ai chưa đạt (nay 2): giảm 2 (1 nghỉ hưu, 1 đi học xong).",
        ),
        (
            points(("2018-12-31", 1, 1), ("2021-12-31", 0, 1)),
            people((1, -1, "nghi_huu", "2019-01-01", None)),
            "có nhiều nhất 1 người chưa đạt, có thể không còn ai (nay 1): có thể giảm 1 nghỉ hưu.",
        ),
        (
            points(("2018-12-31", 2, 2), ("2021-12-31", 0, 2)),
            people((1, -1, "nghi_huu", "2019-01-01", None), (2, -1, "hoc_xong", "2019-01-01", None)),
            "có thể giảm đến 2 (1 nghỉ hưu, 1 đi học xong).",
        ),
        # One who goes early by a course and late by age goes.
        (
            points(("2018-12-31", 1, 1), ("2021-12-31", 0, 0)),
            people((1, -1, "hoc_xong", "2019-01-01", None), (1, -1, "nghi_huu", "2020-01-01", None)),
            "(nay 1): giảm 1 đi học xong hoặc nghỉ hưu.",
        ),
        # Two days of law are named, three are not.
        (
            points(("2018-12-31", 0, 0), ("2021-12-31", 2, 2)),
            people((1, 1, "tieu_chuan", LAW, LAW), (2, 1, "tieu_chuan", "2020-07-01", "2020-07-01")),
            "tăng 2 do tiêu chuẩn thay đổi từ 25/12/2019 và 01/07/2020.",
        ),
        (
            points(("2018-12-31", 0, 0), ("2021-12-31", 3, 3)),
            people(*((n, 1, "het_han", f"2020-0{n}-01", f"2020-0{n}-01") for n in (1, 2, 3))),
            "tăng 3 do hết thời hạn chuyển tiếp.",
        ),
        # Three causes at most, the plainest first.
        (
            points(("2018-12-31", 6, 6), ("2021-12-31", 0, 1)),
            people(
                (1, -1, "hoc_xong", "2019-01-01", None),
                (1, -1, "nghi_huu", "2020-01-01", None),
                *((n, -1, "co_thoi_han", "2020-08-01", "2020-08-01") for n in (2, 3)),
                (4, -1, "tinh_gian", "2019-05-01", "2019-05-01"),
                (5, -1, "nghi_huu", "2019-05-01", "2019-05-01"),
                (6, -1, "nghi_huu", "2019-05-01", None),
            ),
            "giảm 5 đến 6 (2 do tiêu chuẩn mới cho thời hạn chuyển tiếp từ 01/08/2020, 1 tinh giản biên chế, 2 vì "
            "lý do khác, có thể 1 vì lý do khác).",
        ),
        # Who is below only if he has not retired by then.
        (
            points(("2018-12-31", 0, 0), ("2021-12-31", 1, 2)),
            people((1, 1, "tieu_chuan", LAW, LAW), (2, 1, "tieu_chuan", LAW, None)),
            "tăng 1 đến 2 (1 do tiêu chuẩn thay đổi từ 25/12/2019, có thể 1 do tiêu chuẩn thay đổi từ 25/12/2019).",
        ),
        # More on the way than at the end.
        (
            points(("2018-12-31", 1, 1), ("2019-12-31", 5, 6), ("2021-12-31", 2, 2)),
            people((1, 1, "don_vi", "2020-01-01", "2020-01-01")),
            "tăng 1 do đơn vị hành chính thay đổi từ 01/01/2020. Nhiều nhất là vào 31/12/2019: 5 đến 6.",
        ),
    ],
)
def test_the_sentence(counted: pd.DataFrame, changes: pd.DataFrame, told: str, words: Words) -> None:
    assert told in ahead.sentence(counted, changes, DAY, UNTIL, words)


@pytest.mark.parametrize(
    ("units", "told"),
    [
        (communes(("Khe Tre", 1, 1, 2, 2, 0)), "Khe Tre cần ít nhất 2 lượt học."),
        (communes(("Khe Tre", 0, 1, 0, 1, 0)), "Khe Tre có thể cần 1 lượt học."),
        (communes(("Khe Tre", 1, 1, 0, 0, 1)), "Khe Tre không lớp học nào giúp được: vướng tuổi"),
        (
            communes(("Khe Tre", 1, 2, 2, 3, 0), ("Hương Phú", 0, 1, 0, 1, 0)),
            "1 đến 2 xã, thị trấn còn người chưa đạt, cần ít nhất 2 lượt học.",
        ),
        (communes(("A", 0, 1, 0, 1, 0), ("B", 0, 1, 0, 1, 0)), "Nhiều nhất 2 xã, thị trấn còn người chưa đạt, có thể"),
    ],
)
def test_where_somebody_is_left_and_what_it_takes(units: pd.DataFrame, told: str) -> None:
    assert told in ahead.more(points(("2018-12-31", 1, 1), ("2021-12-31", 1, 2)), units, UNTIL)


def test_communes_are_called_what_they_are_called_then() -> None:
    counted, two = (
        points(("2018-12-31", 1, 1), ("2021-12-31", 2, 2)),
        communes(("A", 1, 1, 2, 2, 0), ("B", 1, 1, 2, 2, 0)),
    )
    assert "2 xã, phường còn người chưa đạt" in ahead.more(counted, two, UNTIL, "xã, phường")
    assert "20 xã, phường khác" in ahead.left_out(20, "xã, phường")


def test_who_cannot_be_judged_and_who_has_time_is_always_told() -> None:
    counted = points(("2018-12-31", 0, 0), ("2021-12-31", 0, 0), unknown=8, transitional=1200)
    said = ahead.more(counted, communes(), UNTIL)
    assert said == "8 người chưa đủ dữ liệu để kết luận. 1.200 người còn trong thời hạn chuyển tiếp."


def test_nobody_in_post_on_the_last_day_is_nobody_below(words: Words) -> None:
    counted = points(("2018-12-31", 1, 1))
    said = ahead.sentence(counted, people(), DAY, UNTIL, words)
    assert said == "Dù không làm gì thêm, đến 31/12/2021 không còn ai chưa đạt (nay 1)."
    assert ahead.more(counted, communes(), UNTIL) == ""


@pytest.mark.parametrize(
    ("known", "told", "title", "change", "past"),
    [
        (DAY, "Nếu không làm gì thêm, đến 31/12/2021 có 1 người chưa đạt (nay 3)", "hiện nay", "−2 so với nay", False),
        # Today is later than the day looked at, but the end is still to come.
        (
            date(2021, 12, 30),
            "Theo những việc đã ghi đến 30/12/2021, nếu không làm gì thêm, đến 31/12/2021 có 1 người chưa đạt (ngày "
            "đầu 3)",
            "vào 31/12/2018",
            "−2 so với ngày đầu",
            False,
        ),
        (
            UNTIL,
            "Tính từ 31/12/2018, đến 31/12/2021 có 1 người chưa đạt (ngày đầu 3)",
            "vào 31/12/2018",
            "−2 so với ngày đầu",
            True,
        ),
    ],
)
def test_days_that_the_lists_have_told_of_are_not_to_come(
    known: date, told: str, title: str, change: str, past: bool, words: Words
) -> None:
    counted = points(("2018-12-31", 3, 3), ("2021-12-31", 1, 1))
    assert ahead.sentence(counted, people(), DAY, UNTIL, words, known).startswith(told)
    now, then, *_ = ahead.metrics(counted, communes(), DAY, UNTIL, known)
    assert (now.title, then.about) == (f"Chưa đạt {title}", change)
    assert (ahead.past(DAY, UNTIL, known) is not None) == past


def test_the_figures() -> None:
    counted = points(("2018-12-31", 10, 10), ("2021-12-31", 41, 42))
    units = communes(("Khe Tre", 1, 1, 1, 1, 1), ("Thượng Long", 7, 8, 9, 10, 0), ("Hương Phú", 0, 1, 0, 1, 0))
    assert [(f.title, f.value, f.about) for f in ahead.metrics(counted, units, DAY, UNTIL)] == [
        ("Chưa đạt hiện nay", "10", "4,41% của 227 người"),
        ("Chưa đạt vào 31/12/2021", "41–42", "+31 đến +32 so với nay"),
        ("Xã, thị trấn còn người chưa đạt", "2–3", "nhiều nhất: Thượng Long (7–8)"),
        ("Lượt học cần có, ít nhất", "10", "trừ 1 người vướng tuổi"),
    ]
    still = ahead.metrics(points(("2018-12-31", 0, 0), ("2021-12-31", 0, 0)), communes(), DAY, UNTIL)
    assert [f.about for f in still[1:3]] == ["không đổi so với nay", "không còn nơi nào"]
    fewer = ahead.metrics(points(("2018-12-31", 3, 3), ("2021-12-31", 1, 1)), communes(), DAY, UNTIL)
    assert fewer[1].about == "−2 so với nay"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("2018-12-31", 10, 10), ("2019-12-31", 41, 42)], "quý IV/2019: từ 10 lên 41 đến 42 người chưa đạt"),
        ([("2018-12-31", 10, 10), ("2019-03-31", 9, 9), ("2019-06-30", 2, 5)], "quý II/2019: từ 9 xuống 2 đến 5"),
        ([("2018-12-31", 10, 10), ("2019-03-31", 10, 10)], "Số người chưa đạt không đổi trong suốt thời gian này"),
        ([("2018-12-31", 10, 10)], "Số người chưa đạt không đổi trong suốt thời gian này"),
    ],
)
def test_the_finding_of_the_chart(rows: list[tuple[str, int, int]], told: str) -> None:
    assert told in ahead.turning(points(*rows))


@pytest.mark.parametrize(
    ("day", "until"),
    [
        ("2018-12-31", "2021-12-31"),
        ("2020-02-29", "2023-02-28"),
        ("2023-12-31", "2025-06-30"),
        ("2025-06-29", "2025-06-30"),
    ],
)
def test_three_years_unless_the_law_ends_before(day: str, until: str) -> None:
    assert ahead.default_until(date.fromisoformat(day), LAST) == date.fromisoformat(until)


def test_the_law_of_the_store_ends_on_that_day(sample: Store) -> None:
    """For cadres and civil servants in general: laws of single posts go on."""
    ruled = [
        set(frame.position[frame.kind != "out_of_scope"])
        for day in (LAST, date(2025, 7, 1), date(2030, 12, 31))
        for frame in [
            all_of(sample).query("rules_in_force", Filters(day, groups=("can_bo", "cong_chuc")), area="mien_nui")
        ]
    ]
    assert {"bi_thu", "vp_tk"} < ruled[0]
    assert ruled[1:] == [{"cht_quan_su", "pcht_cong_chuc", "tp_ht"}] * 2


def test_the_days_of_the_law_are_those_of_its_rows() -> None:
    store = Store(":memory:", create=True)
    with store.write() as cursor:
        cursor.execute("delete from standard where document = 'QD04'")
        cursor.execute("update standard set effective_from = '2026-03-01' where document = 'L80'")
    (days,) = all_of(store).query("judged_days", Filters(DAY)).itertuples(index=False)
    assert (days.first_on.date(), days.last_on.date()) == (date(2009, 9, 7), date(2026, 2, 28))
    store.close()


def test_what_is_assumed_names_the_ages_of_the_law(own: Store) -> None:
    assert "(nam 60, nữ 55, từ năm 2021 tăng dần theo NĐ 135/2020/NĐ-CP)" in assumed(own)
    with own.write() as cursor:
        cursor.execute("update retirement_age set age_months = 727 where gender = 'nam' and until_year = 2020")
    assert "(nam 60 tuổi 7 tháng, nữ 55, từ năm 2021 tăng dần theo NĐ 135/2020/NĐ-CP)" in assumed(own)


# The charts


def test_the_band_has_both_ends_and_stands_on_the_day_of_the_law() -> None:
    quarters = points(("2018-12-31", 10, 10), ("2019-12-31", 41, 42))
    every = points(
        ("2018-12-31", 10, 10), ("2019-01-01", 8, 10), ("2019-12-24", 8, 10), (LAW, 41, 42), ("2019-12-31", 41, 42)
    )
    laws = pd.DataFrame({"effective_on": [pd.Timestamp(LAW)], "legal_ref": ["TT 13/2019/TT-BNV"]})
    marks = pd.DataFrame({"on_date": [], "mark": [], "note": []})
    figure = charts.forecast(quarters, every, laws, marks, "light")
    low, high, *dots = figure.data
    assert (low.y, high.y, high.fill) == ((10, 8, 41, 41), (10, 10, 42, 42), "tonexty")
    assert [str(d) for d in low.x] == ["2018-12-31", "2019-01-01", LAW, "2019-12-31"]
    assert {d.line.shape for d in (low, high)} == {"hv"}
    assert [[c[0] for c in d.customdata] for d in dots] == [["2018-12-31", "2019-12-31"]] * 2
    told = [a.text for a in figure.layout.annotations]
    assert told == ["25/12/2019: TT 13/2019/TT-BNV", "nay 10", "ít nhất 41", "nhiều nhất 42"]
    assert "41 đến 42 trong 227 người chưa đạt" in dots[0].hovertext[1]
    alike = charts.forecast(quarters.head(1), quarters.head(1), laws.head(0), marks, None)
    assert [a.text for a in alike.layout.annotations] == ["nay 10", "10 người"]
    past = charts.forecast(quarters.head(1), quarters.head(1), laws.head(0), marks, None, past=True)
    assert [a.text for a in past.layout.annotations] == ["10", "10 người"]


def test_what_is_only_possible_has_an_outline() -> None:
    rows = communes(("Thượng Quảng", 2, 3, 2, 3, 0), ("Khe Tre", 0, 1, 0, 1, 0), ("Hương Lộc", 1, 1, 0, 0, 1))
    whole, certain, possible, told = charts.still_short(rows, "light").data
    assert (certain.x, possible.x, possible.base) == ((2, 0, 1), (1, 1, 0), (2, 0, 1))
    assert possible.marker.line.width == (1.5, 1.5, 0)
    assert certain.marker.color == charts.look("light").verdict["below"]
    assert list(told.text) == [
        "<b>2 đến 3</b> người, ít nhất 2 lượt học",
        "<b>0 đến 1</b> người, nhiều nhất 1 lượt học",
        "<b>1</b> người, không lớp học nào giúp được",
    ]
    assert [list(c) for c in whole.customdata] == [
        ["20160", "Thượng Quảng"],
        ["20161", "Khe Tre"],
        ["20162", "Hương Lộc"],
    ]


# The queries behind the page


def test_the_ends_of_the_sentence_are_those_of_the_queries(sample: Store, words: Words) -> None:
    with ahead.looked_ahead(all_of(sample), words, Filters(DAY, verdicts=("meets",)), UNTIL) as coming:
        counted, changes, units, short = (coming.rows(q) for q in (*QUERIES[:3], "forecast_short"))
        assert ahead.sentence(counted, changes, DAY, UNTIL, words) == SAID
        assert ahead.more(counted, units, UNTIL) == MORE
        for day in counted.as_of:
            names = coming.rows("forecast_short", day.date())
            there = coming.rows("forecast_by_commune", day.date())
            row = counted[counted.as_of == day].iloc[0]
            assert (int((~names.may_be_gone).sum()), len(names)) == (row.below_low, row.below_high)
            assert (there.below_low.sum(), there.below_high.sum()) == (row.below_low, row.below_high)
        by_day = coming.rows("forecast", step="day")
    same = by_day[by_day.as_of.isin(counted.as_of)].reset_index(drop=True)
    pd.testing.assert_frame_equal(same, counted)
    assert len(by_day) == (UNTIL - DAY).days + 1
    assert short.courses.sum() == units.courses_high.sum()


def test_whom_a_decision_of_the_province_would_help_is_who_lacks_nothing_else(sample: Store, words: Words) -> None:
    with ahead.looked_ahead(all_of(sample), words, Filters(DAY), UNTIL) as coming:
        short, by_commune = coming.rows("forecast_short"), coming.rows("forecast_by_commune")
    # The same law on that day, of the people as they are now.
    judged, effect = (all_of(sample).query(q, Filters(UNTIL)) for q in ("verdicts", "decision_effect"))
    below = judged[judged.verdict == "below"].merge(effect, how="left", on=["person_id", "position", "criterion"])
    only = below.province_floor.notna().groupby(below.person_id).all()
    there = short[short.person_id.isin(only[only].index)]
    assert (
        there.commune.value_counts().to_dict()
        == by_commune[by_commune.could_be_lowered > 0].set_index("commune").could_be_lowered.to_dict()
    )
    assert len(there) == 33


@pytest.mark.parametrize("seed", range(6))
def test_now_and_what_changes_give_both_ends(seed: int, enter: Enter, words: Words) -> None:
    store = Store(":memory:", create=True)
    enter(store, a_crowd(Random(seed)))
    filters, until = Filters(date(2017, 6, 30)), date(2020, 6, 30)
    with ahead.looked_ahead(all_of(store), words, filters, until) as coming:
        counted, changes = coming.rows("forecast"), coming.rows("forecast_people")
    up, down = (changes[changes.change == n].groupby("person_id").latest.agg(["size", "count"]) for n in (1, -1))
    sure_up, sure_down = (((p["count"] > 0) | (p["size"] > 1)).sum() for p in (up, down))
    now = all_of(store).query("total", filters).below[0]
    last = counted[counted.as_of == pd.Timestamp(until)].iloc[0]
    assert (now + sure_up - len(down), now + len(up) - sure_down) == (last.below_low, last.below_high)
    store.close()


def test_one_who_may_have_retired_is_nobody_or_one(enter: Enter, words: Words) -> None:
    store = Store(":memory:", create=True)
    enter(store, {"Hồ Văn Bé": person("bi_thu", unit=KHE_TRE, first_held="2000-01-01", born="1955-01-01", **LACKING)})
    with ahead.looked_ahead(all_of(store), words, Filters(DAY), UNTIL) as coming:
        last = coming.rows("forecast").iloc[-1]
        [commune] = coming.rows("forecast_by_commune").to_dict("records")
        shown = coming.listing("Ai", "forecast_people").shown
    assert (last.total_low, last.total_high, last.below_low, last.below_high) == (0, 1, 0, 1)
    assert (commune["below_low"], commune["below_high"]) == (0, 1)
    assert (commune["courses_low"], commune["courses_high"]) == (0, 1)
    assert shown[["Sớm nhất", "Muộn nhất"]].to_numpy().tolist() == [[date(2019, 1, 1), "có thể không xảy ra"]]
    store.close()


def test_who_becomes_below_unless_he_has_retired_may_not(enter: Enter, words: Words) -> None:
    store = Store(":memory:", create=True)
    clerk = {"hoc_van": "thpt", "tin_hoc": "co_ban", "chuyen_mon": "trung_cap", "field": "Kế toán"}
    enter(store, {"Hồ Thị Ánh": person("tc_kt", unit=KHE_TRE, first_held="2013-01-01", born="1955-01-01", **clerk)})
    with ahead.looked_ahead(all_of(store), words, Filters(DAY), UNTIL) as coming:
        counted, changes, units = (coming.rows(q) for q in QUERIES[:3])
    [row] = changes.to_dict("records")
    assert (row["change"], row["change_cause"], str(row["earliest"].date())) == (1, "tieu_chuan", LAW)
    assert pd.isna(row["latest"])
    assert ahead.sentence(counted, changes, DAY, UNTIL, words) == (
        "Nếu không làm gì thêm, đến 31/12/2021 có nhiều nhất 1 người chưa đạt, có thể không còn ai (nay 0): có thể "
        "tăng 1 do tiêu chuẩn thay đổi từ 25/12/2019."
    )
    assert ahead.more(counted, units, UNTIL).startswith("Khe Tre có thể cần 1 lượt học.")
    store.close()
