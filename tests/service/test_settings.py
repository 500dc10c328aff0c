"""The settings we hand out for an office's server say what the program itself says."""

import re
import tomllib
from pathlib import Path

import door
from core.store import ROOT

SERVICE = ROOT / "dashboard" / "service"
CONFIG = tomllib.loads((ROOT / "dashboard" / ".streamlit" / "config.toml").read_text("utf-8"))


def said(file: str, pattern: str) -> list[str]:
    """What a file of settings says, its comments aside."""
    lines = (SERVICE / file).read_text("utf-8").splitlines()
    return re.findall(pattern, "\n".join(line for line in lines if not line.lstrip().startswith("#")))


def test_nginx_lets_through_what_the_program_takes() -> None:
    assert said("nginx.conf", r"client_max_body_size (\w+);") == [f"{CONFIG['server']['maxUploadSize']}m"]


def test_nginx_asks_where_the_service_answers() -> None:
    [port] = said("chuan-can-bo.service", r"--server\.port (\d+)")
    assert said("nginx.conf", r"proxy_pass (\S+);") == [f"http://{CONFIG['server']['address']}:{port}"]


def test_nginx_says_itself_all_that_is_believed_of_who_asks() -> None:
    """Each header that speaks for another is written anew or taken away, so that none comes from a client."""
    set_by_nginx = {name.lower(): value for name, value in said("nginx.conf", r"proxy_set_header (\S+) (\S+);")}
    assert {*door._FORWARDED} <= {*set_by_nginx}
    assert "$proxy_add_x_forwarded_for" not in set_by_nginx.values()
    assert {n for n in door._FORWARDED if set_by_nginx[n] != '""'} == {"x-forwarded-for", "x-forwarded-proto"}


def test_the_service_may_hold_as_many_connections_as_the_program_wants() -> None:
    assert said("chuan-can-bo.service", r"LimitNOFILE=(\d+)") == [str(door.OPEN_FILES)]


def test_the_service_writes_where_the_data_is_and_nowhere_else() -> None:
    [home] = said("chuan-can-bo.service", r"WorkingDirectory=(\S+)")
    assert said("chuan-can-bo.service", r"ReadWritePaths=(.+)") == [str(Path(home) / ".data")]
    assert said("chuan-can-bo.service", r"ProtectSystem=(\w+)") == ["strict"]


def test_every_file_says_in_vietnamese_what_it_is_for() -> None:
    for file in SERVICE.iterdir():
        if file.suffix in (".conf", ".service", ".sh", ".bat", ".ps1"):
            assert re.search("[ạảấầẩậắặẻẽếềểệịọỏốồổộớờởợụủứừửựỳỵỷỹ]", file.read_text("utf-8-sig")[:600]), file.name
