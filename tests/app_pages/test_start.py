"""Bắt đầu với số liệu thật through the real entry script: from the sample to the lists of an office."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from core import store as engine


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
