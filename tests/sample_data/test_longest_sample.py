"""The sample until its end, `init --sample --until 2026-11-30`: the district's people in three communes."""

import io
import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

import two_tier
from common.readers import all_of
from common.samples import Said, for_pages
from core.store import QUERIES, ROOT, Filters, Store, open_store
from core.words import Words
from documents.listing import listing
from downsizing.cases import bases
from downsizing.law import Law
from later import UNTIL, Later
from opening.new_store import SAMPLE_END

BEFORE, FIRST, LAST = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 30)
FOUR_DAYS = (BEFORE, FIRST, date(2026, 5, 31), date(2026, 7, 1))
LEDGER = sorted(path.stem for path in (QUERIES / "downsizing").glob("*.sql"))
OFFICIALS = ("can_bo", "cong_chuc")


def in_post(store: Store, day: date) -> pd.DataFrame:
    return all_of(store).query("roster", Filters(day))


def test_nothing_is_turned_away_and_only_the_old_slip_is_told(said_and_longest: tuple[Said, Store]) -> None:
    said, store = said_and_longest
    assert store.fetch("select count(*) as n from rejected_row").n[0] == 0
    (line,) = said.odd.splitlines()
    assert "Chuyên nghành" in line
    assert SAMPLE_END == UNTIL == LAST == all_of(store).query("about", Filters(LAST)).data_as_of[0].date()


@pytest.mark.parametrize("name", ["headline", "substandard_people", "roster", *LEDGER])
def test_the_last_day_of_the_old_communes_stays_as_it_was(name: str, longest: Store, long: Store) -> None:
    def rows(store: Store) -> pd.DataFrame:
        # Who came later moves the numbers of people and postings, not who they are.
        found = all_of(store).query(name, Filters(BEFORE))
        return found.drop(columns=[c for c in found if c.endswith("_id")])

    pd.testing.assert_frame_equal(rows(longest), rows(long))


def test_ten_communes_become_three_and_nobody_is_lost_on_the_way(longest: Store) -> None:
    before, after = in_post(longest, BEFORE), in_post(longest, FIRST)
    assert (before.commune.nunique(), sorted(after.commune.unique())) == (10, ["Khe Tre", "Long Quảng", "Nam Đông"])
    gone = longest.fetch("select person_id from posting where to_on = date '2025-07-01'").person_id
    assert set(before.person_id) - set(after.person_id) <= set(gone)
    assert set(after.person_id) <= set(before.person_id)
    home = {old: new.name for new, merged in two_tier.COMMUNES.items() for old in merged}
    moved = before.merge(after, on="person_id", suffixes=("_then", ""))
    assert (moved.commune_then.map(home) == moved.commune).all()


def test_each_new_commune_has_its_leaders_once_and_its_rooms_led(longest: Store) -> None:
    held = Counter(zip(in_post(longest, FIRST).commune, in_post(longest, FIRST).position, strict=True))
    for commune in ("Khe Tre", "Nam Đông", "Long Quảng"):
        assert [held[commune, post] for post in ("bi_thu", "ct_ubnd", "cht_quan_su", "chanh_vp", "tp_kinh_te")] == [
            1
        ] * 5
        assert 1 <= held[commune, "tp_ht"] <= 2
        assert held[commune, "pcht_cong_chuc"] >= 1


def test_old_titles_end_with_the_old_communes_and_part_time_ones_on_31_05_2026(longest: Store) -> None:
    periods = longest.fetch("select post, from_on, ended_on from post_period").set_index("post")
    for day in (BEFORE, FIRST, date(2026, 5, 30), date(2026, 5, 31), LAST):
        for post in set(in_post(longest, day).position) & set(periods.index):
            first, ended = periods.from_on[post], periods.ended_on[post]
            assert pd.isna(first) or first.date() <= day, (post, day)
            assert pd.isna(ended) or ended.date() > day, (post, day)
    groups = [set(all_of(longest).query("headline", Filters(date(2026, 5, n))).group) for n in (30, 31)]
    assert groups == [{"cong_chuc", "khong_chuyen_trach"}, {"cong_chuc"}]


def test_the_lists_say_what_was_drawn(longest: Store) -> None:
    drawn = Later()
    for day in (BEFORE, FIRST, date(2025, 12, 31), LAST):
        expected = Counter(
            (p.full_name, s.post)
            for p in drawn.people
            for s in p.services
            if s.since.on <= day and (s.to_on is None or s.to_on > day)
        )
        rows = in_post(longest, day)
        assert Counter(zip(rows.full_name, rows.position, strict=True)) == expected


def test_only_the_laws_that_go_on_judge_anybody(longest: Store) -> None:
    rows = all_of(longest).query("assessment", Filters(LAST, groups=OFFICIALS))
    judged = rows[rows.verdict != "exempt"]
    assert set(judged.position) == {"cht_quan_su", "pcht_cong_chuc", "tp_ht"}
    assert judged.legal_ref.str.contains("Luật Dân quân tự vệ 2019|Luật Hộ tịch 2014").all()
    assert (judged.verdict == "below").any()
    guided = all_of(longest).query("guidance_gaps", Filters(LAST))
    assert not set(guided.position) & {"cht_quan_su", "pcht_cong_chuc"}
    assert 20 <= guided.person_id.nunique() <= 70


def test_downsizing_goes_on_by_the_decree_of_2025_and_pays_what_it_gives(longest: Store) -> None:
    law = Law.of(longest)
    cases = all_of(longest).query("downsizing_cases", Filters(LAST))
    new = cases[cases.leaving_on > pd.Timestamp(FIRST)]
    told = longest.fetch("select case_id, instrument, point from downsizing_case").set_index("case_id")
    assert set(told.instrument[new.case_id]) == {"nd_154_2025"}
    assert set(new.case_status) == {"dang_trinh", "da_chi_tra", "rut"}
    paid = new[new.benefit_paid.notna()]
    assert len(paid) >= 3
    assert paid.leaving_on.max() >= pd.Timestamp(2026, 9, 1)
    for case in paid.itertuples():
        found = bases(all_of(longest), law, case.person_id, case.case_id).benefit(law, case.policy)
        assert found is not None
        assert (found.eligible, found.amount) == (True, case.benefit_paid), case.case_id


def test_the_table_of_the_readme_is_true(longest: Store) -> None:
    text = (ROOT / "sample_data" / "README.md").read_text(encoding="utf-8")
    cell = r" (\d+) \|"
    told = re.findall(rf"^\| (\d\d)/(\d\d)/(\d{{4}}) \|{cell * 4}$", text, re.M)
    assert len(told) == 5
    for d, m, y, *figures in told:
        day = Filters(date(int(y), int(m), int(d)))
        total = all_of(longest).query("total", day).iloc[0]
        short = all_of(longest).query("guidance_by_commune", day).guidance_short.sum()
        people = all_of(longest).query("roster", day).person_id.nunique()
        assert [int(f) for f in figures] == [people, total.total, total.below, short], (d, m, y)


@pytest.mark.parametrize("day", FOUR_DAYS)
@pytest.mark.parametrize(
    "page",
    [
        "overview",
        "substandard",
        "training",
        "downsizing",
        "trends",
        "structure",
        "met_standard",
        "forecast",
        "standards",
        "what_if",
        "quality",
    ],
)
def test_every_page_says_something_true_on_each_of_the_four_days(
    page: str, day: date, longest: Store, open_app: Callable[..., AppTest]
) -> None:
    app = open_app(for_pages(longest), page, ngay=day.isoformat())
    assert not app.exception
    said = " ".join([*(m.value for m in app.markdown), *(h.value for h in app.header), *(c.value for c in app.caption)])
    assert len(said) > 100
    assert "Không tìm thấy" not in said


def test_the_day_before_and_the_day_after_differ_by_the_law_alone(longest: Store) -> None:
    """Nobody leaves the counts of those in post because the standards ended."""
    then = all_of(longest).query("roster", Filters(BEFORE, groups=OFFICIALS)).person_id.nunique()
    now = all_of(longest).query("roster", Filters(FIRST, groups=OFFICIALS)).person_id.nunique()
    left = longest.fetch("select distinct person_id from posting where to_on = date '2025-07-01'")
    here = set(in_post(longest, FIRST).person_id)
    came = all_of(longest).query("roster", Filters(FIRST, posts=("pcht_cong_chuc",))).person_id
    part_time = all_of(longest).query("roster", Filters(BEFORE, groups=("khong_chuyen_trach",))).person_id
    gone = {p for p in left.person_id if p not in here} - set(part_time)
    assert now == then - len(gone) + len(set(came) & set(part_time))
    assert (BEFORE + timedelta(days=1)) == FIRST


def test_guidance_is_told_beside_the_law_and_time_is_entered_by_its_text(
    longest: Store, open_app: Callable[..., AppTest], tmp_path: Path
) -> None:
    path = Path(shutil.copy(for_pages(longest), tmp_path / "so.duckdb"))
    said = (
        "Theo hướng dẫn CV 11/CV-BCĐ (chưa đối chiếu văn bản gốc), không phải là luật: 53 trong 146 công chức của xã "
        "chưa đáp ứng"
    )
    assert any(said in m.value for m in open_app(path, "overview", ngay="2025-07-01").caption)
    assert not any("CV 11" in m.value for m in open_app(path, "overview", ngay="2025-06-30").caption)

    app = open_app(path, "training", ngay="2025-07-01")
    assert any(said in m.value for m in app.markdown)
    assert "Xã" not in [m.label for m in app.multiselect]
    app.session_state["time-given"] = True
    app.run()
    next(m for m in app.multiselect if m.label == "Xã").set_value(["20182"])
    next(t for t in app.text_input if t.label == "Văn bản xác định").set_value("861/QĐ-TTg")
    next(d for d in app.date_input if d.label == "Đến hết ngày").set_value(date(2030, 6, 30))
    next(b for b in app.button if b.label == "Ghi thời hạn").click().run()
    assert not app.exception
    assert "Đã ghi thời hạn." in [s.value for s in app.success]
    clocks = all_of(open_store()).query("guidance_by_commune", Filters(FIRST)).set_index("commune").deadline
    assert (clocks["Long Quảng"], int(clocks.notna().sum())) == (pd.Timestamp(2030, 6, 30), 1)


def test_the_page_of_standards_names_what_has_none_any_more(longest: Store, open_app: Callable[..., AppTest]) -> None:
    app = open_app(for_pages(longest), "standards", ngay="2026-07-01")
    posts = app.table[0].value.iloc[:, 0].tolist()
    assert posts == [
        "Chỉ huy trưởng Ban Chỉ huy Quân sự",
        "Tư pháp - hộ tịch",
        "Phó Chỉ huy trưởng Quân sự (công chức)",
        "Phó Chỉ huy trưởng Ban Chỉ huy Quân sự",
    ]
    assert any(c.value.startswith("11 chức danh có từ 01/07/2025: tên gọi theo cách") for c in app.caption)
    [ended] = [c.value for c in app.caption if c.value.startswith("Không còn thuộc phạm vi tiêu chuẩn cấp xã cũ")]
    assert "bí thư Đảng ủy" in ended
    assert "chánh Văn phòng" in ended


def test_the_trend_goes_on_over_the_end_of_the_standards_and_tells_it_apart(
    longest: Store, open_app: Callable[..., AppTest]
) -> None:
    rows = all_of(longest).query("change_between", Filters(LAST), from_on=BEFORE, units="then")
    assert dict(zip(rows.cause, rows.people, strict=True)) == {
        "start": 8,
        "nghi_khac": 3,
        "het_pham_vi": 3,
        "end": 2,
    }
    people = all_of(longest).query("changed_people", Filters(LAST), from_on=BEFORE, units="then")
    over = people[people.change_cause == "het_pham_vi"]
    assert set(over.turned_on) == {pd.Timestamp(FIRST)}
    # They serve on: only the standard is no more.
    assert set(over.person_id) <= set(in_post(longest, FIRST).person_id)
    app = open_app(for_pages(longest), "trends", ngay="2026-11-30")
    assert any("do tiêu chuẩn chấm dứt nên không còn xét" in m.value for m in app.markdown)
    told = next(i.value for i in app.info if "chấm dứt" in i.value)
    assert [line[:13] for line in told.split("\n\n")] == ["Từ 01/07/2025", "Từ 31/05/2026", "Ngày 30/11/20"]
    assert "179 người vẫn giữ chức vụ nhưng thôi được xét" in told


def test_who_went_on_under_the_same_rule_is_below_since_the_earlier_day(longest: Store) -> None:
    rows = all_of(longest).query("substandard_people", Filters(FIRST)).set_index(["full_name", "criterion"])
    since = rows.since["A Lăng Văn Bình", "chuyen_mon"]
    assert since == pd.Timestamp(2022, 12, 31)
    assert rows.reason["A Lăng Văn Bình", "chuyen_mon"].endswith(
        "Kết luận này có từ 31/12/2022, khi còn giữ chức vụ trước: Phó Chỉ huy trưởng Ban Chỉ huy Quân sự."
    )
    day_before = all_of(longest).query("substandard_people", Filters(BEFORE)).set_index(["full_name", "criterion"])
    assert day_before.since["A Lăng Văn Bình", "chuyen_mon"] == since
    assert "chức vụ trước" not in day_before.reason["A Lăng Văn Bình", "chuyen_mon"]


@pytest.mark.parametrize(
    ("day", "parent", "name"),
    [
        (date(2024, 12, 31), "UBND HUYỆN NAM ĐÔNG", "PHÒNG NỘI VỤ"),
        (BEFORE, "UBND HUYỆN PHÚ LỘC", "PHÒNG NỘI VỤ"),
        (FIRST, "UBND THÀNH PHỐ HUẾ", "SỞ NỘI VỤ"),
        (LAST, "UBND THÀNH PHỐ HUẾ", "SỞ NỘI VỤ"),
    ],
)
def test_files_are_headed_by_the_office_of_the_day(longest: Store, day: date, parent: str, name: str) -> None:
    reader = all_of(longest)
    found = listing(reader, Words.of(reader), "Danh sách", "roster", Filters(day))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(found.excel())).get_sheet_by_index(0).to_python()
    head = [cell for row in rows[:4] for cell in row if cell]
    assert parent in head
    assert name in head
    assert not any("NAM ĐÔNG" in str(cell) for cell in head if day >= BEFORE)


@pytest.mark.parametrize("day", FOUR_DAYS)
def test_a_number_that_fell_by_the_end_of_standards_is_no_success(
    longest: Store, open_app: Callable[..., AppTest], day: date
) -> None:
    told = [m.delta for m in open_app(for_pages(longest), "overview", ngay=day.isoformat()).metric]
    not_compared = [t for t in told if "không so được với" in t]
    assert bool(not_compared) == (day > BEFORE)
    if not_compared:
        assert not any(t.startswith("giảm") and "trong lộ trình" in t for t in told)


def test_the_old_standard_is_what_is_tried_after_its_end(longest: Store, open_app: Callable[..., AppTest]) -> None:
    app = open_app(for_pages(longest), "what_if", ngay="2026-07-01")
    assert not app.exception
    [said] = [m.value for m in app.markdown if m.value.startswith("## ")]
    assert "NĐ 33/2023/NĐ-CP" in said
    structure = open_app(for_pages(longest), "structure", ngay="2026-07-01")
    assert any("Từ 01/07/2025 không còn phân loại cán bộ, công chức cấp xã" in c.value for c in structure.caption)
