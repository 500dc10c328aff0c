"""Nhập và cập nhật through the real entry script, with real files dropped on it."""

import getpass
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from common.readers import all_of
from common.short_list import XLSX, listed
from core.store import Filters, open_store

Open = Callable[..., AppTest]


@pytest.fixture
def app(office: Path, open_app: Open) -> AppTest:
    return open_app(office, "intake")


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    for name, content in files:
        app.file_uploader[0].upload(name, content, XLSX)
        app.run()
    assert not app.exception
    return app


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ")


def headings(app: AppTest) -> list[str]:
    return [s.value for s in app.subheader]


def click(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def test_an_empty_office_is_led_from_forms_to_figures(app: AppTest) -> None:
    assert sentence(app).startswith("Kho chưa có ai. Bốn bước")


def test_a_list_speaks_for_the_day_of_its_title(app: AppTest) -> None:
    drop(app, ("ds.xlsx", listed({}, title="DANH SÁCH CÁN BỘ (Tính đến ngày 30/06/2019)")))
    assert sentence(app).startswith("Đọc 1 dòng trong 1 tệp, tính đến 30/06/2019: 1 người mới")
    click(app, "Ghi nhận")
    assert "Đã ghi nhận đợt 1." in app.success[0].value
    assert all_of(open_store()).query("about", Filters(date.min)).data_as_of[0].date() == date(2019, 6, 30)

    app.date_input(key="intake-day").set_value(date(2018, 12, 31))
    drop(app, ("ds.xlsx", listed({}, title="DANH SÁCH CÁN BỘ (Tính đến ngày 30/06/2019)")))
    assert any("ghi tính đến ngày 30/06/2019 nhưng đang nạp cho ngày 31/12/2018" in t.value.to_csv() for t in app.table)


def test_the_officer_says_whose_list_it_is(app: AppTest) -> None:
    drop(app, ("ds.xlsx", listed({3: ""})), ("ds.xlsx", listed({0: "Lê Thị Mai", 3: "Khe Tre"})))
    assert sentence(app).startswith("Đọc 2 dòng trong 2 tệp")
    assert "1 dòng bị trả lại" in sentence(app)
    app.selectbox(key="whose-ds.xlsx").set_value("Thượng Lộ").run()
    assert "bị trả lại" not in sentence(app)
    click(app, "Ghi nhận")
    roster = all_of(open_store()).query("roster", Filters(date(2018, 12, 31)))
    assert dict(zip(roster.full_name, roster.commune, strict=True)) == {
        "Hồ Văn Tâm": "Thượng Lộ",
        "Lê Thị Mai": "Khe Tre",
    }


def test_what_was_said_of_a_file_that_was_left_out_holds_for_no_other(app: AppTest) -> None:
    drop(app, ("ds.xlsx", listed({3: ""})))
    app.selectbox(key="whose-ds.xlsx").set_value("Thượng Lộ").run()
    click(app, "ds.xlsx")
    drop(app, ("ds.xlsx", listed({0: "Lê Thị Mai", 3: ""})))
    assert "1 dòng bị trả lại" in sentence(app)
    assert app.selectbox(key="whose-ds.xlsx").value is None


def test_files_and_answers_outlive_a_look_at_another_page(app: AppTest) -> None:
    drop(app, ("ds.xlsx", listed({}, {0: "Hồ Văn Tầm", 3: "Khe Tre"})))
    next(r for r in app.radio if "Hồ Văn Tầm" in r.label).set_value(1).run()
    assert "2 người mới" in sentence(app)
    app.switch_page("app_pages/overview/page.py").run()
    app.switch_page("app_pages/intake/page.py").run()
    assert "2 người mới" in sentence(app)
    assert next(r for r in app.radio if "Hồ Văn Tầm" in r.label).value == 1
    click(app, "ds.xlsx")
    assert sentence(app).startswith("Kho chưa có ai")


def test_somebody_no_list_names_is_added_and_asked_about_when_known(app: AppTest) -> None:
    def add(name: str, birth: str) -> AppTest:
        app.text_input(key="new-name").set_value(name)
        app.text_input(key="new-birth").set_value(birth)
        app.text_input(key="new-on").set_value("01/07/2018")
        app.selectbox(key="new-post").set_value("ct_ubnd")
        return click(app, "Ghi nhận")

    assert "Chưa chọn xã, thị trấn" in add("Hồ Văn Tâm", "12/05/1978").error[0].value
    app.selectbox(key="new-commune").set_value("Khe Tre")
    assert "Đã ghi nhận thành đợt 1" in add("Hồ Văn Tâm", "12/05/1978").success[0].value
    app.selectbox(key="new-commune").set_value("Khe Tre")
    assert "Kho đã có Hồ Văn Tâm, sinh 12/05/1978" in add("Hồ Văn Tầm", "12/05/1978").error[0].value
    app.checkbox(key="new-sure").check()
    assert "thành đợt 2" in add("Hồ Văn Tầm", "12/05/1978").success[0].value
    assert len(all_of(open_store()).query("roster", Filters(date(2018, 12, 31)))) == 2


def test_who_is_new_is_shown_as_recorded_and_who_is_not_named_with_commune_and_posts(app: AppTest) -> None:
    both = {4: "Bí thư Đảng ủy; Chủ tịch HĐND"}
    drop(app, ("ds.xlsx", listed(both, {0: "Lê Thị Mai", 1: "03/02/1980", 3: "Khe Tre"})))
    [new] = [d.value for d in app.dataframe if "Văn hóa" in d.value]
    assert new[["Họ và tên", "Ngày sinh", "Xã, thị trấn", "Chức vụ, chức danh"]].to_numpy().tolist() == [
        ["Hồ Văn Tâm", "12/05/1978", "Hương Hòa", "Bí thư Đảng ủy; Chủ tịch Hội đồng nhân dân"],
        ["Lê Thị Mai", "03/02/1980", "Khe Tre", "Bí thư Đảng ủy"],
    ]
    assert new[["Văn hóa", "Lý luận chính trị"]].to_numpy().tolist() == [["THPT", "Trung cấp"]] * 2
    # Nobody known is different, so there is no table that says so.
    assert headings(app) == ["Người mới: 2 người"]
    click(app, "Ghi nhận")

    newcomers = ({0: "Phan Thị Bé"}, {0: "Trần Văn Cả", 3: "Khe Tre", 7: "Đang học trung cấp"})
    drop(app, ("ds.xlsx", listed(*newcomers)))
    assert "2 người mới, 0 người thay đổi, 0 như cũ, 2 người không có tên" in sentence(app)
    assert headings(app) == ["Người mới: 2 người", "Không có tên trong danh sách: 2 người, 3 chức vụ"]
    [absent] = [d.value for d in app.dataframe if "Thôi từ ngày" in d.value]
    assert absent[["Họ và tên", "Xã, thị trấn", "Chức vụ, chức danh"]].to_numpy().tolist() == [
        ["Lê Thị Mai", "Khe Tre", "Bí thư Đảng ủy"],
        ["Hồ Văn Tâm", "Hương Hòa", "Bí thư Đảng ủy"],
        ["Hồ Văn Tâm", "Hương Hòa", "Chủ tịch Hội đồng nhân dân"],
    ]
    [new] = [d.value for d in app.dataframe if "Văn hóa" in d.value]
    assert new["Lý luận chính trị"].tolist()[1] == "Đang học trung cấp"


def test_known_people_stay_in_the_table_of_differences(app: AppTest) -> None:
    drop(app, ("ds.xlsx", listed({})))
    click(app, "Ghi nhận")
    drop(app, ("ds.xlsx", listed({7: "Cao cấp"}, {0: "Lê Thị Mai", 1: "03/02/1980"})))
    assert headings(app) == ["Người mới: 1 người", "Khác với kho (1 dòng)"]
    [differs] = [d.value for d in app.dataframe if "Kho đang có" in d.value]
    said = differs[["Họ và tên", "Mục", "Danh sách"]].to_numpy().tolist()
    assert said == [["Hồ Văn Tâm", "Lý luận chính trị", "Cao cấp"]]


def test_rows_turned_away_can_be_fetched_again_from_the_list_of_batches(app: AppTest) -> None:
    drop(app, ("ds.xlsx", listed({}, {0: "Lê Thị Mai", 4: "Trưởng phòng lạ"})))
    click(app, "Ghi nhận")
    [button] = [b for b in app.get("download_button") if "dòng bị trả lại" in b.proto.label]
    assert button.proto.label == "1 dòng bị trả lại"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "không có bảng".encode()])
def test_a_file_that_is_no_list_is_told_in_one_sentence(
    app: AppTest, content: bytes, told: Callable[[str], bool]
) -> None:
    drop(app, ("ds.xlsx", content))
    assert told(app.error[0].value.replace("\\", ""))
    assert next(b for b in app.button if b.label == "Ghi nhận").disabled


# What was taught


def taught(app: AppTest) -> list[str]:
    return [m.value for m in app.markdown if m.value.startswith(("Từ **", "Cột **"))]


@pytest.fixture
def taught_app(app: AppTest) -> AppTest:
    """A word and a column were explained for a list, and the list recorded."""
    drop(app, ("ds.xlsx", listed({7: "Lớp ba tháng"})))
    next(s for s in app.selectbox if s.label == "Nghĩa của Lớp ba tháng").select("so_cap").run()
    click(app, "Nhớ")
    next(s for s in app.selectbox if s.label == "Giới tính").select("bo_qua").run()
    assert [line.split("  \n")[0] for line in taught(app)] == [
        "Cột **Giới tính**: Bỏ qua",
        "Từ **Lớp ba tháng**: Sơ cấp",
    ]
    assert all("chưa ghi nhận đợt nào" in line for line in taught(app))
    return click(app, "Ghi nhận")


def test_what_was_taught_is_listed_with_its_batch_and_can_be_forgotten(taught_app: AppTest) -> None:
    lines = taught(taught_app)
    assert all(", khi nạp đợt 1: " in line and f"{getpass.getuser()} chỉ lúc " in line for line in lines)

    click(taught_app, "Quên")
    assert len(taught(taught_app)) == 1
    assert taught_app.success[0].value == "Đã quên cột “Giới tính”."
    click(taught_app, "Quên")
    assert taught(taught_app) == []
    assert any(m.value == "## Chưa có từ hay cột nào được chỉ thêm." for m in taught_app.markdown)


@pytest.mark.parametrize("forget", [True, False])
def test_the_undo_of_a_batch_offers_to_forget_what_it_taught(taught_app: AppTest, forget: bool) -> None:
    offer = next(c for c in taught_app.checkbox if str(c.key) == "forget-1")
    assert offer.label == "Quên luôn 2 từ, cột đã chỉ khi nạp đợt này"
    offer.set_value(forget).run()
    taught_app.button(key="undo-1").click().run()

    assert not taught_app.exception
    said = taught_app.success[0].value
    assert said.startswith("Đã hoàn tác đợt 1; các đợt khác còn nguyên.")
    assert ("Kho vẫn nhớ 2 từ, cột đã chỉ khi nạp đợt ấy" in said) == (not forget)
    assert len(taught(taught_app)) == (0 if forget else 2)
    assert all("(đã hoàn tác)" in line for line in taught(taught_app))


@pytest.mark.parametrize("second", [{0: "Lê Thị Mai", 1: "03/02/1980"}, {0: "Hồ Văn Tầm", 3: "Khe Tre"}])
def test_a_list_that_another_tab_has_recorded_meanwhile_is_compared_again(
    office: Path, open_app: Open, second: dict[int, str]
) -> None:
    one, other = open_app(office, "intake"), open_app(office, "intake")
    for tab in (one, other):
        drop(tab, ("ds.xlsx", listed({}, second)))
        for asked in tab.radio:
            asked.set_value(1).run()
        assert "2 người mới" in sentence(tab)
    click(one, "Ghi nhận")
    click(other, "Ghi nhận")
    assert "Kho số liệu đã thay đổi" in other.error[0].value
    # Who was somebody new is known by now.
    assert "0 người mới, 0 người thay đổi, 2 như cũ" in sentence(other)
    assert headings(other) == []
    click(other, "Ghi nhận")
    assert len(all_of(open_store()).query("roster", Filters(date(2018, 12, 31)))) == 2


def test_many_changed_alike_are_recorded_once_the_officer_agrees(app: AppTest) -> None:
    names = ["Hồ Văn An", "Lê Thị Bình", "Trần Văn Cả"]
    posts = ["Bí thư Đảng ủy", "Chủ tịch HĐND", "Chủ tịch UBND"]
    people = [{0: n, 4: p, 8: f"19100000{i}"} for i, (n, p) in enumerate(zip(names, posts, strict=True))]
    drop(app, ("ds.xlsx", listed(*people)))
    click(app, "Ghi nhận")
    drop(app, ("ds.xlsx", listed(*(person | {1: "13/05/1982"} for person in people))))
    assert "ngày sinh của 3 trong 3 người ở Hương Hòa cùng muộn đi 1.462 ngày" in app.warning[0].value
    assert next(b for b in app.button if b.label == "Ghi nhận").disabled
    next(c for c in app.checkbox if c.label.startswith("Đã kiểm tra")).check().run()
    click(app, "Ghi nhận")
    assert "Đã ghi nhận đợt 2." in app.success[0].value


def test_many_who_are_nearly_known_are_answered_together(app: AppTest) -> None:
    names = ["Hồ Văn An", "Lê Thị Bình", "Trần Văn Cả"]
    posts = ["Bí thư Đảng ủy", "Chủ tịch HĐND", "Chủ tịch UBND"]
    people = [{0: n, 1: f"0{i + 3}/02/1978", 4: p, 8: ""} for i, (n, p) in enumerate(zip(names, posts, strict=True))]
    drop(app, ("ds.xlsx", listed(*people)))
    click(app, "Ghi nhận")
    later = [person | {1: str(person[1]).replace("02/1978", "03/1978")} for person in people]
    drop(app, ("ds.xlsx", listed(*later)))
    assert [radio.value for radio in app.radio] == [None] * 3
    assert "ngày sinh của 3 trong 3 người ở Hương Hòa cùng muộn đi 28 ngày" in app.warning[0].value
    click(app, "Cả 3 dòng chỉ gần giống một người trong kho đều là người ấy")
    assert [radio.value for radio in app.radio] == [0] * 3
    assert "3 người thay đổi" in sentence(app)
