"""Bắt đầu với số liệu thật through the real entry script: from the sample to the lists of an office."""

from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from common.readers import all_of
from core import store as engine
from core.store import Filters


def test_the_page_opens_the_store_and_leads_to_the_lists(sample_in_use: Path) -> None:
    app = AppTest.from_file(str(engine.ROOT / "dashboard" / "shell.py"), default_timeout=60).run()
    app.switch_page("app_pages/start/page.py").run()
    app.text_input(key="start-name-huyện Nam Đông").set_value("").run()
    next(b for b in app.button if b.label == "Bắt đầu với số liệu thật").click().run()
    assert app.error[0].value.startswith("Chưa ghi tên cơ quan")
    app.text_input(key="start-name-huyện Nam Đông").set_value("Phòng Nội vụ").run()
    next(b for b in app.button if b.label == "Bắt đầu với số liệu thật").click().run()
    assert not app.exception
    assert "can-bo.minh-hoa.duckdb" in app.success[0].value
    assert any(m.value.startswith("## Kho chưa có ai") for m in app.markdown)
    assert sorted(p.name for p in sample_in_use.parent.iterdir()) == ["can-bo.duckdb", "can-bo.minh-hoa.duckdb"]


def test_what_is_offered_is_what_there_is_on_the_day(sample_in_use: Path) -> None:
    app = AppTest.from_file(str(engine.ROOT / "dashboard" / "shell.py"), default_timeout=60).run()
    app.switch_page("app_pages/start/page.py").run()

    def offered() -> dict[str, str]:
        return {t.label: t.value for t in app.text_input if t.label != "Họ tên"}

    app.date_input(key="start-day").set_value(date(2018, 12, 31)).run()
    assert (offered()["Huyện"], offered()["Tỉnh, thành phố"]) == ("huyện Nam Đông", "tỉnh Thừa Thiên Huế")
    assert not any("không còn từ" in c.value for c in app.caption)
    app.date_input(key="start-day").set_value(date(2025, 6, 30)).run()
    assert (offered()["Huyện"], offered()["Tỉnh, thành phố"]) == ("huyện Phú Lộc", "thành phố Huế")
    assert "Huyện Nam Đông không còn từ 01/01/2025." in [c.value for c in app.caption]
    app.date_input(key="start-day").set_value(date(2025, 7, 1)).run()
    assert "Huyện" not in offered()
    assert offered()["Tỉnh, thành phố"] == "thành phố Huế"
    assert any(
        c.value.endswith(
            "huyện Phú Lộc không còn từ 01/07/2025. Xã, phường trực thuộc thành phố Huế, không còn cấp huyện."
        )
        for c in app.caption
    )
    next(b for b in app.button if b.label == "Bắt đầu với số liệu thật").click().run()
    assert not app.exception
    about = all_of(engine.open_store()).query("about", Filters(date(2025, 7, 1))).iloc[0]
    assert (about.office_parent, about.office_name) == ("UBND THÀNH PHỐ HUẾ", "SỞ NỘI VỤ")
