"""One change to one person: the verdict follows, what was before is kept, and it can be taken back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from common.readers import all_of
from core.store import Filters, Store
from core.vietnamese import Partial
from intake import changes
from intake.changes import Source
from intake.commit import NotAccepted, undo

DAY = date(2018, 12, 31)
SOURCE = Source("người thử", "QĐ 1/QĐ-UBND")


@pytest.fixture
def store(new_district: Callable[[], Store]) -> Store:
    return new_district()


def who(store: Store, name: str) -> int:
    return int(store.fetch("select person_id from person where full_name = $n", {"n": name}).person_id[0])


def posting(store: Store, name: str) -> int:
    found = store.fetch("select posting_id from posting where person_id = $p", {"p": who(store, name)})
    return int(found.posting_id[0])


def verdicts(store: Store, name: str, day: date = DAY) -> dict[str, str]:
    found = all_of(store).query("assessment", Filters(day))
    found = found[found.person_id == who(store, name)]
    return dict(zip(found.criterion, found.verdict, strict=True))


def in_post(store: Store, name: str, day: date) -> bool:
    return who(store, name) in set(all_of(store).query("roster", Filters(day)).person_id)


def test_who_leaves_is_gone_from_that_day_and_back_when_it_is_undone(store: Store) -> None:
    batch = changes.left_post(all_of(store), posting(store, "Hồ Thị Anh"), date(2019, 3, 1), "nghi_huu", SOURCE)

    assert in_post(store, "Hồ Thị Anh", date(2019, 2, 28))
    assert not in_post(store, "Hồ Thị Anh", date(2019, 3, 1))
    with pytest.raises(NotAccepted, match="01/03/2019"):
        changes.left_post(all_of(store), posting(store, "Hồ Thị Anh"), date(2019, 5, 1), "nghi_huu", SOURCE)

    undo(all_of(store), batch, "người thử")
    assert in_post(store, "Hồ Thị Anh", date(2019, 3, 1))


def test_nobody_leaves_before_they_came(store: Store) -> None:
    with pytest.raises(NotAccepted, match="phải sau ngày nhận chức vụ"):
        changes.left_post(all_of(store), posting(store, "Hồ Thị Anh"), date(2000, 1, 1), "khac", SOURCE)


def test_a_finished_course_cures_from_its_day(store: Store) -> None:
    assert verdicts(store, "Hồ Thị Anh")["llct"] == "below"
    done = Partial(date(2018, 6, 1), "ngay")
    batch = changes.reached_level(all_of(store), who(store, "Hồ Thị Anh"), "llct", "trung_cap", "", done, SOURCE)

    assert verdicts(store, "Hồ Thị Anh", date(2018, 5, 31))["llct"] == "below"
    assert verdicts(store, "Hồ Thị Anh", date(2018, 6, 1))["llct"] == "meets"
    with pytest.raises(NotAccepted, match="đã có trong hồ sơ"):
        changes.reached_level(all_of(store), who(store, "Hồ Thị Anh"), "llct", "trung_cap", "", done, SOURCE)

    undo(all_of(store), batch, "người thử")
    assert verdicts(store, "Hồ Thị Anh")["llct"] == "below"


def test_a_second_post_must_be_met_too(store: Store) -> None:
    start = Partial(date(2018, 7, 1), "ngay")
    changes.took_post(all_of(store), who(store, "Hồ Thị Ánh"), "20161@2018", "ct_hdnd", start, None, SOURCE)

    found = all_of(store).query("roster", Filters(DAY))
    assert set(found.position[found.person_id == who(store, "Hồ Thị Ánh")]) == {"bi_thu", "ct_hdnd"}
    with pytest.raises(NotAccepted, match="đang giữ chính chức vụ đó"):
        changes.took_post(all_of(store), who(store, "Hồ Thị Ánh"), "20161@2018", "ct_hdnd", start, None, SOURCE)


def test_a_move_ends_one_post_and_begins_another_on_the_same_day(store: Store) -> None:
    """In one batch: taken back, both halves are gone."""
    day = date(2018, 7, 1)
    held = posting(store, "Hồ Thị Anh")
    with pytest.raises(NotAccepted, match="đang giữ chính chức vụ đó"):
        changes.moved_post(all_of(store), held, "20164@2018", "bi_thu", day, SOURCE)
    batch = changes.moved_post(all_of(store), held, "20161@2018", "bi_thu", day, SOURCE)

    found = store.fetch(
        """
        select unit_id, from_on, to_on, end_reason, first_held_on from posting
        where person_id = $p order by from_on
        """,
        {"p": who(store, "Hồ Thị Anh")},
    )
    assert found.unit_id.tolist() == ["20164@2018", "20161@2018"]
    assert (found.to_on[0].date(), found.from_on[1].date()) == (day, day)
    assert found.end_reason[0] == "chuyen_cong_tac"
    # The law looks at the first time the post was held, wherever that was.
    assert found.first_held_on[1] == found.first_held_on[0]

    undo(all_of(store), batch, "người thử")
    assert posting(store, "Hồ Thị Anh") == held
    assert in_post(store, "Hồ Thị Anh", date(2019, 1, 1))


def test_a_corrected_birth_date_is_judged_by_and_the_first_one_comes_back(store: Store) -> None:
    assert verdicts(store, "A Lăng Sơn")["tuoi_lan_dau"] == "below"
    person = who(store, "A Lăng Sơn")
    batch = changes.corrected(all_of(store), person, SOURCE, birth=Partial(date(1985, 2, 3), "ngay"))
    assert verdicts(store, "A Lăng Sơn")["tuoi_lan_dau"] == "meets"

    title = all_of(store).query("batches", Filters(DAY)).title[0]
    assert title == "A Lăng Sơn: sửa ngày sinh 1980 → 03/02/1985 (QĐ 1/QĐ-UBND)"

    undo(all_of(store), batch, "người thử")
    assert verdicts(store, "A Lăng Sơn")["tuoi_lan_dau"] == "below"
    with pytest.raises(NotAccepted, match="Không có gì thay đổi"):
        changes.corrected(all_of(store), person, SOURCE, full_name="A Lăng  Sơn")


def test_the_dates_of_a_post_are_corrected_and_judged_by(store: Store) -> None:
    """Too old when first elected at 32; first elected at 29 he was not."""
    held = posting(store, "A Lăng Sơn")
    batch = changes.corrected_post(all_of(store), held, None, Partial(date(2009, 5, 1), "ngay"), SOURCE)
    assert verdicts(store, "A Lăng Sơn")["tuoi_lan_dau"] == "meets"
    with pytest.raises(NotAccepted, match="Chưa nhập ngày nào"):
        changes.corrected_post(all_of(store), held, None, None, SOURCE)

    changes.left_post(all_of(store), held, date(2019, 3, 1), "nghi_huu", SOURCE)
    with pytest.raises(NotAccepted, match="không thể nhận sau đó"):
        changes.corrected_post(all_of(store), held, Partial(date(2019, 3, 1), "ngay"), None, SOURCE)
    changes.corrected_post(all_of(store), held, Partial(date(2013, 1, 1), "nam"), None, SOURCE)
    assert not in_post(store, "A Lăng Sơn", date(2019, 3, 1))
    assert not in_post(store, "A Lăng Sơn", date(2012, 12, 31))

    undo(all_of(store), batch, "người thử")
    assert verdicts(store, "A Lăng Sơn")["tuoi_lan_dau"] == "below"


@pytest.mark.parametrize("table", ["posting", "qualification"])
def test_what_was_never_true_is_gone_until_that_is_taken_back(store: Store, table: str) -> None:
    person = who(store, "Hồ Thị Anh")
    key = {"posting": changes.postings, "qualification": changes.qualifications}[table](all_of(store), person)[
        f"{table}_id"
    ][0]
    before = verdicts(store, "Hồ Thị Anh")
    batch = changes.withdrawn(all_of(store), table, int(key), SOURCE)
    assert verdicts(store, "Hồ Thị Anh") != before
    with pytest.raises(NotAccepted, match="không còn trong kho"):
        changes.withdrawn(all_of(store), table, int(key), SOURCE)
    undo(all_of(store), batch, "người thử")
    assert verdicts(store, "Hồ Thị Anh") == before


def test_a_number_is_one_persons_own(store: Store) -> None:
    changes.corrected(all_of(store), who(store, "Hồ Thị Anh"), SOURCE, identifier="046072001234", ethnicity="Cơ Tu")
    with pytest.raises(NotAccepted, match="đã là của Hồ Thị Anh"):
        changes.corrected(all_of(store), who(store, "A Lăng Sơn"), SOURCE, identifier="046072001234")


def test_the_log_says_what_was_and_what_is(store: Store) -> None:
    person, held = who(store, "Hồ Thị Anh"), posting(store, "Hồ Thị Anh")
    changes.corrected(all_of(store), person, SOURCE, full_name="Hồ Thị Ánh", gender="nam", ethnicity="Cơ Tu")
    changes.corrected_post(all_of(store), held, None, Partial(date(2011, 3, 1), "thang"), SOURCE)
    levels = changes.qualifications(all_of(store), person).set_index("criterion").qualification_id
    changes.withdrawn(all_of(store), "qualification", int(levels["llct"]), SOURCE)
    titles = all_of(store).query("batches", Filters(DAY)).title
    assert sorted(t.removesuffix(" (QĐ 1/QĐ-UBND)") for t in titles if "QĐ 1" in t) == [
        "Hồ Thị Anh: sửa họ và tên Hồ Thị Anh → Hồ Thị Ánh, giới tính Nữ → Nam, dân tộc chưa có → Cơ Tu",
        "Hồ Thị Ánh: bỏ trình độ ghi sai lý luận chính trị Sơ cấp",
        "Hồ Thị Ánh: sửa giữ chức vụ này lần đầu 01/07/2010 → 03/2011",
    ]


@pytest.mark.parametrize(
    ("nth", "first", "never"),
    [
        # Hồ Thị Anh holds "sơ cấp" where "trung cấp" is asked for; all else she meets.
        ("2", "Lý luận chính trị: Trung cấp", "Văn hóa: THCS"),
        # Lê Văn Đào learned another field, at the level that is asked for.
        ("3", "Chuyên môn: Trung cấp", "Chuyên môn: Sơ cấp"),
        # Nothing is known of the computer skills of Trần Văn Bình.
        ("4", "Tin học: Chứng chỉ A", "Văn hóa: THCS"),
        # Hồ Thị Ánh lacks nothing.
        ("1", "Chuyên môn: Thạc sĩ", "Chuyên môn: Cao đẳng"),
    ],
)
def test_what_can_be_learned_begins_with_what_is_lacking_and_is_never_below_what_is_held(
    own_district: Path, open_app: Callable[..., AppTest], nth: str, first: str, never: str
) -> None:
    app = open_app(own_district, "substandard", nguoi=nth)
    app.segmented_control(key="change-kind").set_value("reached").run()
    offered = next(b for b in app.selectbox if b.label == "Trình độ đã đạt").options
    assert offered[0] == first
    assert never not in offered


def test_the_form_shows_what_is_known_beside_what_may_be_put_right(
    own_district: Path, open_app: Callable[..., AppTest]
) -> None:
    app = open_app(own_district, "substandard", nguoi="2")
    app.segmented_control(key="change-kind").set_value("corrected").run()
    fields = [w.label for w in [*app.text_input, *app.selectbox] if "đang ghi" in w.label]
    assert fields == [
        "Họ và tên, nếu phải sửa (đang ghi: Hồ Thị Anh)",
        "Ngày sinh, nếu phải sửa (đang ghi: 05/03/1972)",
        "Dân tộc, nếu phải sửa (đang ghi: chưa có)",
        "Số định danh, nếu phải sửa (đang ghi: chưa có)",
        "Giới tính, nếu phải sửa (đang ghi: Nữ)",
    ]
    app.segmented_control(key="change-kind").set_value("post").run()
    [post] = next(b for b in app.selectbox if b.label == "Chức vụ, chức danh ghi sai").options
    assert post.endswith("Hương Phú, từ 01/07/2010, lần đầu 01/07/2010")


@pytest.mark.parametrize("kind", ["left", "took", "moved", "reached", "corrected", "post", "level"])
def test_every_form_says_what_it_lacks(
    own_district: Path, open_app: Callable[..., AppTest], kind: str, told: Callable[[str], bool]
) -> None:
    app = open_app(own_district, "substandard", nguoi="2")
    app.segmented_control(key="change-kind").set_value(kind).run()
    next(b for b in app.button if b.label == "Ghi nhận").click().run()
    assert not app.exception
    if kind == "level":
        assert "Đã ghi nhận thành đợt" in app.success[0].value
    else:
        assert told(app.error[0].value)


def test_a_change_stands_when_the_list_that_named_the_person_is_taken_back(store: Store) -> None:
    start = Partial(date(2018, 7, 1), "ngay")
    changes.took_post(all_of(store), who(store, "Hồ Thị Ánh"), "20161@2018", "ct_hdnd", start, None, SOURCE)
    undo(all_of(store), 1, "người thử")

    left = all_of(store).query("roster", Filters(DAY))
    assert left[["full_name", "position"]].to_numpy().tolist() == [["Hồ Thị Ánh", "ct_hdnd"]]


def test_an_officer_notes_a_departure_in_the_record(own_district: Path, open_app: Callable[..., AppTest]) -> None:
    # Hồ Thị Anh is the second of the district.
    app = open_app(own_district, "substandard", nguoi="2")
    app.text_input(key="change-left-on-1").set_value("31/02/2019")
    submit = next(b for b in app.button if b.label == "Ghi nhận")
    submit.click().run()
    assert "không phải là ngày có thật" in app.error[0].value

    app.text_input(key="change-left-on-1").set_value("01/02/2019")
    next(b for b in app.button if b.label == "Ghi nhận").click().run()
    assert not app.exception
    assert "Đã ghi nhận thành đợt" in app.success[0].value


def test_a_number_that_only_counts_is_nobodys(store: Store) -> None:
    for number in ("123456789", "000000000", "012345678912"):
        with pytest.raises(NotAccepted, match=f"{number} không phải là số thật"):
            changes.corrected(all_of(store), who(store, "Hồ Thị Anh"), SOURCE, identifier=number)
