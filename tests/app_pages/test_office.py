"""Cơ quan through the real entry script: what was entered at the start is put right, and who did so is kept."""

import getpass
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from common.readers import all_of
from core.conflict import Clashed, Seen
from core.store import Filters, Store, open_store
from opening import correcting
from opening.new_store import Commune, NotStarted

DAY = date(2018, 12, 31)
HUONG_HOA = "20176@2018"
Correct = Callable[..., int]


@pytest.fixture
def correct(new_district: Callable[..., Store]) -> tuple[Store, Correct]:
    """A district, and a way to have things of it put right over what is known."""
    store = new_district("so.duckdb")

    def correct(wanted: correcting.Said, *added: Commune) -> int:
        seen = Seen(correcting.said(all_of(store), DAY))
        return correcting.correct(all_of(store), DAY, wanted, added, "người thử", seen)

    return store, correct


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## "))


def history(store: Store) -> list[tuple[str, ...]]:
    rows = all_of(store).query("office_changes", Filters(DAY))
    return [*rows[["changed_by", "what", "was", "became"]].itertuples(index=False, name=None)]


def test_the_page_shows_what_would_change_and_keeps_it_with_who_and_when(
    own_district: Path, open_app: Callable[..., AppTest]
) -> None:
    app = open_app(own_district, "office")
    assert sentence(app) == "## PHÒNG NỘI VỤ, UBND HUYỆN NAM ĐÔNG: 11 xã, thị trấn vào ngày 31/12/2018."
    assert app.button(key="office-keep").disabled
    next(t for t in app.text_input if t.label == "Tên cơ quan").set_value("Phòng Tổ chức").run()
    assert any("Tên cơ quan: PHÒNG NỘI VỤ → **PHÒNG TỔ CHỨC**" in m.value for m in app.markdown)
    app.button(key="office-keep").click().run()

    assert not app.exception
    assert app.success[0].value == "Đã ghi nhận 1 thay đổi."
    assert sentence(app).startswith("## PHÒNG TỔ CHỨC, ")
    assert history(open_store()) == [(getpass.getuser(), "Tên cơ quan", "PHÒNG NỘI VỤ", "PHÒNG TỔ CHỨC")]
    assert app.table[0].value["Nay"].tolist() == ["PHÒNG TỔ CHỨC"]


def test_the_sample_can_be_looked_at_again_and_left(own_district: Path, open_app: Callable[..., AppTest]) -> None:
    kept = own_district.with_suffix(".minh-hoa.duckdb")
    shutil.copy(own_district, kept)
    with Store(str(kept)) as sample, sample.write() as cursor:
        cursor.execute("insert into meta values ('sample', '1')")

    app = open_app(own_district, "office")
    app.button(key="office-sample").click().run()
    assert not app.exception
    assert any("Dữ liệu minh hoạ" in m.value for m in app.markdown)
    assert open_store().target == str(kept)

    app.switch_page("app_pages/start/page.py").run()
    assert not [b for b in app.button if b.label == "Bắt đầu với số liệu thật"]
    app.button(key="start-back").click().run()
    assert not app.exception
    assert open_store().target == str(own_district)


def test_a_commune_is_put_right_and_stays_so_when_the_program_is_opened_anew(correct: tuple[Store, Correct]) -> None:
    store, keep = correct
    assert keep({(HUONG_HOA, "short_name"): "Hương  Hoà Mới", (HUONG_HOA, "area"): "dong_bang"}) == 2
    with store.write() as cursor:
        cursor.execute("update meta set value = 'cũ' where name = 'law'")
    store.close()
    with Store(store.target) as again:
        units = all_of(again).query("units", Filters(DAY))
        assert len(units) == 11
        assert units[units.unit_id == HUONG_HOA][["commune", "area"]].to_numpy().tolist() == [
            ["Hương Hoà Mới", "dong_bang"]
        ]
        assert {row[1:] for row in history(again)} == {
            ("Hương Hòa: xã, thị trấn", "Hương Hòa", "Hương Hoà Mới"),
            ("Hương Hòa: địa bàn", "Miền núi", "Đồng bằng, đô thị"),
        }
        assert again.misjudged() == {}


def test_verdicts_follow_the_area(correct: tuple[Store, Correct]) -> None:
    store, keep = correct
    before = all_of(store).query("assessment", Filters(DAY, communes=("20176",)))
    keep({(HUONG_HOA, "area"): "dong_bang"})
    after = all_of(store).query("assessment", Filters(DAY, communes=("20176",)))
    assert before.legal_ref.tolist() != after.legal_ref.tolist() or before.required.tolist() != after.required.tolist()


def test_a_commune_that_was_left_out_is_added(correct: tuple[Store, Correct]) -> None:
    store, keep = correct
    assert keep({}, Commune("Hương Thêm", "xã", "mien_nui")) == 1
    units = all_of(store).query("units", Filters(DAY)).set_index("commune")
    assert units.loc["Hương Thêm", ["unit_code", "district"]].tolist() == ["99001", units.district.iloc[0]]
    assert history(store) == [("người thử", "Thêm xã", "", "Hương Thêm, miền núi")]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({("", "office_name"): " "}, "Chưa ghi tên cơ quan"),
        ({(HUONG_HOA, "short_name"): ""}, "chưa có tên"),
        ({(HUONG_HOA, "short_name"): "khe tre"}, "Có hai xã, thị trấn tên"),
        ({(HUONG_HOA, "kind"): "huyện"}, "chưa ghi là xã, thị trấn hay phường"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(
    correct: tuple[Store, Correct], wanted: correcting.Said, said: str, told: Callable[[str], bool]
) -> None:
    store, keep = correct
    with pytest.raises(NotStarted, match=said) as error:
        keep(wanted)
    assert told(str(error.value))
    assert history(store) == []


def test_what_others_changed_meanwhile_is_not_written_over(correct: tuple[Store, Correct]) -> None:
    store, keep = correct
    seen = Seen(correcting.said(all_of(store), DAY))
    keep({("", "office_place"): "Khe Tre"})
    with pytest.raises(Clashed):
        correcting.correct(all_of(store), DAY, {("", "office_place"): "Huế"}, [], "người khác", seen)
    assert len(history(store)) == 1


def test_how_a_birth_known_by_the_year_is_read_is_chosen_with_both_sources_in_sight(
    own_district: Path, open_app: Callable[..., AppTest]
) -> None:
    app = open_app(own_district, "office")
    sources = app.table[-1].value
    assert sources["Căn cứ"].str.contains("135/2020|193/BTCCBCP").all()
    assert set(sources["Đang áp dụng"]) == {"—"}
    choice = next(s for s in app.selectbox if s.label == "Chỉ biết năm sinh thì tính từ")
    assert (choice.value, len(choice.options)) == (None, 3)
    choice.set_value("giua_nam")
    next(b for b in app.button if b.label == "Ghi nhận" and b.key != "office-keep").click().run()

    assert not app.exception
    assert app.success[0].value == "Đã ghi nhận cách tính khi chỉ biết năm sinh."
    assert app.table[-1].value["Đang áp dụng"].tolist() == ["—", "nghỉ hưu từ 01/01/2018"]
    assert history(open_store())[0][1:3] == ("Chỉ biết năm sinh", "lấy cả năm")
