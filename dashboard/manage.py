"""The command line: make a store, ask it, judge a list, check its health. Errors are one Vietnamese line."""

import argparse
import csv
import getpass
import io
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, redirect_stdout, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from access import accounts, backups, book, log, passwords
from access.rights import ROLES
from core import mergers, vietnamese
from core.columns import is_of
from core.csv_cells import guarded
from core.safekeeping import Copied, backup, moment, problems, restore
from core.store import (
    QUERIES,
    WHOLE_COUNTRY,
    Filters,
    Reader,
    Store,
    StoreError,
    close_stores,
    default_target,
    is_file,
    load_query,
    look_at,
    open_store,
    query_names,
)
from core.store_file import StoreInUse, refused
from core.words import Words, as_text
from documents.listing import Listing, listing
from documents.returned import returned
from documents.template import template
from downsizing.benefit_list import ASKED, GROUND, UnreadableList, answer, written
from downsizing.law import Law
from downsizing.ledger import is_ledger, read_ledger, record_ledger
from intake.cells import shortened
from intake.commit import NotAccepted, undo
from intake.reading import Issue, Reading, RejectedRow
from intake.session import assess, take_in, title_of, vocabulary
from intake.vocabulary import IGNORED
from opening.new_store import SAMPLE_DAY, SAMPLE_END, create
from supposing import what_if
from supposing.supposition import ahead, foreseen, law_by_name, under

TITLES = {
    "roster": "Danh sách cán bộ, công chức và người hoạt động không chuyên trách cấp xã",
    "headline": "Tổng hợp theo nhóm",
    "substandard_by_commune": "Tổng hợp theo xã, thị trấn",
    "substandard_people": "Danh sách cán bộ, công chức cấp xã chưa đạt chuẩn",
    "assessment": "Kết luận từng tiêu chí",
    "training_owed": "Nghĩa vụ bồi dưỡng chưa hoàn thành",
    "training_by_commune": "Nghĩa vụ bồi dưỡng theo xã, thị trấn",
    "met_standard": "Tiêu chí 18.1: tỷ lệ cán bộ, công chức đạt chuẩn theo xã và năm",
    "met_standard_total": "Tiêu chí 18.1: tỷ lệ cán bộ, công chức đạt chuẩn theo năm",
    "met_standard_people": "Tiêu chí 18.1: cán bộ, công chức chưa được tính là đạt chuẩn",
}
# What is said beside the refusal while the app has the store open: what can be done without closing it.
IN_USE = (
    "Không cần đóng ứng dụng để nạp danh sách hay hoàn tác: làm ở trang Nhập và cập nhật. "
    "Các lệnh query, template, backup, account dùng được khi ứng dụng đang chạy."
)
# Copies of the store that commands of this process read from.
_copies = ExitStack()
# Queries over time that also answer for a day alone.
_OF_ONE_DAY_TOO = ("structure", "met_standard", "met_standard_total")


class UsageError(Exception):
    """The command was not understood; its text is one Vietnamese sentence."""


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, formatter_class=_Help, **options)  # type: ignore[arg-type]
        self._optionals.title = "Tùy chọn"
        self._positionals.title = "Tham số"
        self.add_argument("-h", "--help", action="help", help="hiện phần trợ giúp này")

    def error(self, message: str) -> NoReturn:
        # argparse speaks English; what it says of the user's own words is kept.
        patterns = (r"'([^']+)'", r"arguments: (.+)", r"argument (\S+):")
        word = next((m[1] for p in patterns if (m := re.search(p, message))), "")
        at = f" ở “{word}”" if word else ""
        raise UsageError(f"Lệnh chưa đúng{at}. Xem cách dùng bằng: {self.prog} --help")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: object, actions: object, groups: object, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)  # type: ignore[arg-type]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every expected failure is a line on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding must not turn a Vietnamese letter into a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    # Told to stop, the program ends as it does by itself: what is recorded goes into the file of the store.
    told_to_stop: list[int] = []

    def stop(number: int, _: object) -> NoReturn:
        told_to_stop.append(number)
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
            signal.signal(getattr(signal, name), stop)
    try:
        return _run(arguments)
    except (RuntimeError, KeyboardInterrupt) as error:
        # DuckDB, interrupted in the middle of a statement, says so in its own way.
        if told_to_stop:
            return 128 + told_to_stop[0]
        if not isinstance(error, KeyboardInterrupt) and not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        print("Đã dừng theo yêu cầu; việc đang làm dở không được ghi.", file=sys.stderr)
        return 128 + signal.SIGINT
    except StoreInUse as error:
        print(f"{error} {IN_USE}", file=sys.stderr)
        return 2
    except (StoreError, UsageError, NotAccepted, UnreadableList) as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # `manage.py query ... | head`: the reader has seen enough.
        _print_no_more()
        return 0
    except OSError as error:
        with suppress(OSError):  # nobody can be told where errors cannot be written either
            print(refused(error, str(error.filename or default_target())), file=sys.stderr)
        return 2
    finally:
        close_stores()
        _copies.close()


def _run(arguments: Sequence[str] | None) -> int:
    """Run one command and print its answer when it is done: where that fails, nothing but the answer is lost."""
    options = _parser().parse_args(arguments)
    answered = io.StringIO()
    try:
        with redirect_stdout(answered):
            return int(options.run(options))
    finally:
        _print(answered.getvalue())


def _print(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _print_no_more()
        raise UsageError(
            "Không in hết được kết quả: nơi nhận đã đầy hoặc không ghi được. Việc đã làm với kho vẫn được giữ; "
            "giải phóng chỗ trống hoặc in ra nơi khác rồi thử lại."
        ) from error


def _print_no_more() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> _Parser:
    parser = _Parser(prog="manage.py", description="Kho số liệu cán bộ, công chức cấp xã.")
    commands = parser.add_subparsers(title="Lệnh", required=True, metavar="LỆNH", parser_class=_Parser)

    init = commands.add_parser("init", help="tạo kho số liệu mới")
    which = init.add_mutually_exclusive_group(required=True)
    which.add_argument("--sample", action="store_true", help="nạp dữ liệu minh hoạ của mười một xã, thị trấn")
    which.add_argument("--empty", action="store_true", help="chỉ có danh mục và đơn vị, chưa có ai")
    init.add_argument(
        "--until",
        type=_day,
        metavar="NGÀY",
        help=f"cùng --sample: dữ liệu minh hoạ kéo dài đến ngày này, muộn nhất {vietnamese.date_short(SAMPLE_END)}; "
        f"không ghi thì đến {vietnamese.date_short(SAMPLE_DAY)}",
    )
    init.set_defaults(run=_init)

    bring = commands.add_parser("import", help="đọc danh sách, so với kho rồi ghi nhận thành một đợt")
    bring.add_argument(
        "files", type=_path, nargs="+", metavar="TỆP", help="danh sách .xlsx, .xls, .ods, .csv hoặc .tsv"
    )
    bring.add_argument("--commune", metavar="XÃ", help="xã, thị trấn của danh sách, nếu trong tệp không ghi")
    bring.add_argument(
        "--as-of", type=_day, metavar="NGÀY", help="danh sách tính đến ngày nào, nếu khác tiêu đề của nó"
    )
    bring.add_argument(
        "--agree",
        action="store_true",
        help="đã kiểm tra: ghi nhận cả khi nhiều người bị đổi cùng một kiểu",
    )
    bring.add_argument("--dry-run", action="store_true", help="chỉ so sánh, không ghi gì")
    bring.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    bring.add_argument("--issues", type=_path, metavar="TỆP.xlsx", help="ghi các dòng bị trả lại kèm cột Lỗi")
    bring.set_defaults(run=_import)

    back = commands.add_parser("undo", help="hoàn tác một đợt ghi nhận")
    back.add_argument("batch", type=_whole, metavar="ĐỢT", help="số của đợt")
    back.set_defaults(run=_undo)

    form = commands.add_parser("template", help="ghi mẫu danh sách của một xã, điền sẵn số liệu đang có")
    form.add_argument("--commune", metavar="XÃ", help="xã, thị trấn; không ghi thì là mẫu trống")
    form.add_argument("--as-of", type=_day, metavar="NGÀY", help="tính đến ngày nào")
    form.add_argument("--out", type=_path, required=True, metavar="TỆP.xlsx", help="tệp kết quả")
    form.set_defaults(run=_template)

    query = commands.add_parser("query", help="in kết quả một câu truy vấn")
    query.add_argument("name", metavar="TÊN", help="một trong: " + ", ".join(_plain_queries()))
    query.add_argument("--as-of", type=_day, metavar="NGÀY", help="tính đến ngày nào (2018-12-31 hoặc 31/12/2018)")
    query.add_argument(
        "--commune", action="append", default=[], metavar="XÃ", help="chỉ xã, thị trấn này; lặp lại được"
    )
    query.add_argument(
        "--group",
        action="append",
        default=[],
        metavar="NHÓM",
        help="can_bo, cong_chuc hoặc khong_chuyen_trach",
    )
    query.add_argument("--from", dest="from_on", type=_day, metavar="NGÀY", help="so từ ngày nào (diễn biến)")
    query.add_argument("--to", dest="as_of", type=_day, metavar="NGÀY", help="như --as-of")
    query.add_argument(
        "--step",
        choices=["day", "month", "quarter", "year"],
        help="mỗi điểm cách nhau: tháng (diễn biến), quý (dự báo) nếu không nêu",
    )
    query.add_argument(
        "--units",
        choices=["then", "now"],
        default="then",
        help="theo đơn vị tại thời điểm hay theo đơn vị của ngày cuối, xã đã sáp nhập thì cộng dồn (diễn biến)",
    )
    query.add_argument("--standard", metavar="MÃ", help="xét theo văn bản hoặc dự thảo nào (what_if)")
    query.add_argument(
        "--province",
        choices=["entered", "lowered", "none"],
        default="entered",
        help="mức tỉnh được giảm cho miền núi: theo quyết định đã nhập, coi như đã giảm, coi như không giảm (what_if)",
    )
    query.add_argument("--no-grace", action="store_true", help="không tính thời hạn chuyển tiếp (what_if)")
    query.add_argument(
        "--sensitive", action="store_true", help="kể cả số liệu về dân tộc, số dưới 5 không nêu (structure)"
    )
    query.add_argument("--until", type=_day, metavar="NGÀY", help="dự báo đến ngày nào (forecast)")
    query.add_argument("--format", choices=["table", "csv", "json", "xlsx"], default="table", help="dạng kết quả")
    query.add_argument("--out", type=_path, metavar="TỆP", help="ghi ra tệp thay vì in ra màn hình")
    query.set_defaults(run=_query)

    assess = commands.add_parser("assess", help="xét một danh sách mà không lưu vào kho")
    assess.add_argument("file", type=_path, metavar="TỆP", help="danh sách .xlsx, .xls, .ods, .csv hoặc .tsv")
    assess.add_argument("--as-of", type=_day, required=True, metavar="NGÀY", help="xét theo quy định của ngày nào")
    assess.add_argument(
        "--area", choices=["mien_nui", "dong_bang"], default="mien_nui", help="địa bàn, mặc định mien_nui"
    )
    assess.add_argument("--out", type=_path, required=True, metavar="TỆP.csv", help="tệp kết quả")
    assess.set_defaults(run=_assess)

    benefit = commands.add_parser("benefit", help="tính chính sách tinh giản biên chế cho một danh sách")
    benefit.add_argument(
        "file",
        type=_path,
        metavar="TỆP.csv",
        help=f"các trường hợp, cột: {', '.join(ASKED)}; thêm được cột {GROUND}: điểm của căn cứ",
    )
    benefit.add_argument("--out", type=_path, required=True, metavar="TỆP.csv", help="tệp kết quả")
    benefit.set_defaults(run=_benefit)

    keep = commands.add_parser("backup", help="sao lưu kho số liệu, kể cả khi ứng dụng đang chạy")
    keep.add_argument(
        "file",
        type=_path,
        nargs="?",
        metavar="TỆP",
        help="tệp sao lưu chưa có, hoặc thư mục để chứa nó; không ghi thì vào thư mục sao lưu theo lịch",
    )
    keep.set_defaults(run=_backup)

    kept = commands.add_parser("backups", help="các bản sao lưu đang giữ, còn nguyên vẹn hay không")
    kept.set_defaults(run=_backups)

    again = commands.add_parser("restore", help="khôi phục kho số liệu từ bản sao lưu, giữ lại kho đang dùng")
    again.add_argument("file", type=_path, metavar="TỆP", help="tệp sao lưu")
    again.set_defaults(run=_restore)

    doctor = commands.add_parser("doctor", help="kiểm tra kho số liệu: đọc mọi khối, xét lại mọi kết luận")
    doctor.set_defaults(run=_doctor)

    account = commands.add_parser("account", help="tài khoản người dùng, kể cả khi ứng dụng đang chạy")
    _account_commands(account.add_subparsers(title="Việc", required=True, metavar="VIỆC", parser_class=_Parser))
    return parser


def _account_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    """What may be done with accounts."""

    def command(name: str, run: Callable[[argparse.Namespace], int], told: str) -> _Parser:
        made = commands.add_parser(name, help=told)
        made.set_defaults(run=run)
        if name != "list":
            made.add_argument("name", metavar="TÊN", help="tên đăng nhập: chữ thường không dấu, chữ số, dấu chấm")
        return made

    roles = "vai trò: " + ", ".join(f"{code} ({r.title.lower()})" for code, r in ROLES.items())

    def commune(of: _Parser) -> None:
        of.add_argument("--commune", metavar="XÃ", help="xã, thị trấn của vai trò xa: tên hoặc mã năm chữ số")

    def password(of: _Parser) -> None:
        of.add_argument(
            "--generate", action="store_true", help="in ra một mật khẩu ban đầu; không ghi thì hỏi mật khẩu ấy"
        )

    new = command("add", _account_add, "thêm một tài khoản; tài khoản đầu tiên phải là quan_tri")
    new.add_argument("--full-name", required=True, metavar="HỌ-TÊN", help="họ và tên người dùng")
    new.add_argument("--approved-by", required=True, metavar="AI", help="ai đã duyệt tài khoản này")
    new.add_argument("--role", required=True, metavar="VAI-TRÒ", help=roles)
    commune(new)
    password(new)
    command("list", _account_list, "mọi tài khoản, lần đăng nhập cuối, ai duyệt")
    other = command("role", _account_role, "đổi vai trò")
    other.add_argument("role", metavar="VAI-TRÒ", help=roles)
    commune(other)
    password(command("reset", _account_reset, "đặt lại mật khẩu, đăng xuất khỏi mọi máy"))
    command("disable", _account_disable, "khóa, đăng xuất khỏi mọi máy; việc đã làm còn nguyên")
    command("enable", _account_enable, "mở lại tài khoản đã khóa")
    command("signout", _account_signout, "đăng xuất khỏi mọi máy")


def _init(options: argparse.Namespace) -> int:
    if options.until and not options.sample:
        raise UsageError("--until chỉ dùng cùng --sample: kho trống không có dữ liệu minh hoạ để kéo dài.")
    if options.until and not SAMPLE_DAY <= options.until <= SAMPLE_END:
        first, last = vietnamese.date_short(SAMPLE_DAY), vietnamese.date_short(SAMPLE_END)
        raise UsageError(f"Dữ liệu minh hoạ chỉ có từ {first} đến {last}: chọn --until trong khoảng ấy.")
    target = default_target()
    if is_file(target) and Path(target).is_file():
        raise UsageError(f"Đã có kho số liệu {target}. Đặt DASHBOARD_STORE sang tệp khác để tạo kho mới.")
    people, odd = create(target, sample=options.sample, until=options.until or SAMPLE_DAY)
    _say(odd)
    print(f"Đã tạo kho số liệu {target}: {people} người.")
    return 0


def _import(options: argparse.Namespace) -> int:
    reader = _reader()
    if options.commune:
        as_of = options.as_of or reader.query("about", Filters(date.today())).data_as_of[0].date()
        _communes(reader, as_of, [options.commune])
    ledgers = [path for path in options.files if is_ledger(path)]
    lists = [path for path in options.files if path not in ledgers]
    batches, issues, counts = [], [], dict.fromkeys(_COUNTED, 0)
    away: list[RejectedRow] = []
    lost = 0
    stopped = False
    for path in ledgers:
        ledger = read_ledger(path, reader, vocabulary(reader, options.as_of or SAMPLE_DAY))
        if not options.dry_run:
            batches.append(record_ledger(reader, ledger, file=path.name, made_by=getpass.getuser()))
        issues += ledger.issues
        counts["files"] += 1
        counts["read"] += ledger.read + len(ledger.rejected)
        counts["accepted"] += ledger.read
        counts["rejected"] += len(ledger.rejected)
        away += ledger.rejected
    if lists:
        intake = take_in(reader, lists, options.as_of, commune=options.commune)
        counts = {name: n + counts[name] for name, n in intake.counts().items()}
        issues += [*intake.issues(), *_not_read(intake.reading)]
        away += [*intake.turned_away(), *(row for left in intake.reading.left_out for row in left.rejected())]
        lost = intake.reading.lost()
        question = None if options.agree else intake.question()
        if question:
            told = f"{question} Nếu đúng là như vậy, chạy lại lệnh với --agree."
            issues.append(Issue(", ".join(intake.reading.files), "", None, "", "error", told))
            stopped = not options.dry_run
        if not options.dry_run and intake.reading.files and not question:
            batches.append(intake.record(title_of(intake.reading, intake.as_of), getpass.getuser(), agreed=True))
    if written := [b for b in batches if b is not None]:
        _note("ghi", quyen="record", dot=", ".join(map(str, written)))
    if options.issues is not None:
        _write(options.issues, returned(away, issues))
    if options.json:
        print(json.dumps(counts | {"issues": [vars(i) for i in issues]}, ensure_ascii=False, indent=1))
    else:
        _say(issues)
        done = "Chưa ghi nhận danh sách" if stopped else "Chạy thử, không ghi gì" if options.dry_run else ""
        print(_summary(counts, [b for b in batches if b is not None], done, lost))
    if stopped:
        return 1
    if not counts["files"]:
        return 2
    return 1 if counts["read"] and not counts["accepted"] else 0


def _not_read(reading: Reading) -> Iterable[Issue]:
    """The columns of each list that nobody read, which the page shows among those it did."""
    for layout in reading.layouts:
        why = {None: "vì chưa hiểu tiêu đề", IGNORED: "vì không dùng đến"}
        named = {field: [f"“{shortened(c.heading)}”" for c in layout.columns if c.field == field] for field in why}
        if said := [f"{', '.join(dict.fromkeys(named[field]))} {why[field]}" for field in why if named[field]]:
            where = f"Trang tính “{layout.sheet}”, dòng" if layout.sheet else "Dòng"
            message = (
                f"{where} {layout.header_row}: không đọc cột {'; '.join(said)}; nếu cần thì sửa tiêu đề trong tệp rồi "
                "nạp lại, hoặc chọn nghĩa của cột ở mục “Nạp danh sách” trên trang."
            )
            yield Issue(layout.file, layout.sheet, layout.header_row, "", "info", message)


_COUNTED = ("files", "read", "accepted", "rejected", "new", "changed", "unchanged", "missing")


def _summary(counts: dict[str, int], batches: Sequence[int], done: str, lost: int) -> str:
    people = (
        f"{counts['new']} người mới, {counts['changed']} người thay đổi, {counts['unchanged']} người như cũ, "
        f"{counts['missing']} người không có tên trong danh sách"
    )
    rows = f"đọc {counts['read']} dòng, nhận {counts['accepted']}, trả lại {counts['rejected']}"
    if lost:
        rows += f", {lost} dòng không thuộc bảng nào nên chưa được đọc"
    if batches:
        recorded = f"Đã ghi nhận đợt {', '.join(map(str, batches))}"
        done = f"{recorded}. {done}" if done else recorded
    return f"{done or 'Không có gì mới, không ghi gì'}: {rows}; {people}."


def _undo(options: argparse.Namespace) -> int:
    undo(_reader(), options.batch, getpass.getuser())
    _note("hoan_tac", quyen="undo", dot=options.batch)
    print(f"Đã hoàn tác đợt {options.batch}. Các đợt khác còn nguyên.")
    return 0


def _template(options: argparse.Namespace) -> int:
    reader = _readable()
    as_of = options.as_of or reader.query("about", Filters(SAMPLE_DAY)).data_as_of[0].date()
    unit = None
    if options.commune:
        (code,) = _communes(reader, as_of, [options.commune])
        units = reader.query("units", Filters(as_of))
        unit = str(units.unit_id[units.unit_code == code].iloc[0])
    _note("xuat", tep=str(options.out))
    _write(options.out, template(reader, as_of, unit))
    return 0


def _query(options: argparse.Namespace) -> int:
    reader = _readable()
    load_query(options.name)
    if options.name not in _plain_queries():
        raise UsageError(
            f"Câu truy vấn “{options.name}” chỉ dùng trong ứng dụng. Các tên hợp lệ: {', '.join(_plain_queries())}."
        )
    as_of = options.as_of or reader.query("about", Filters(SAMPLE_DAY)).data_as_of[0].date()
    _note("xem_nhay_cam" if options.sensitive else "xuat", cau_hoi=options.name, tep=str(options.out or ""))
    groups = tuple(options.group)
    unknown = [g for g in groups if g not in ("can_bo", "cong_chuc", "khong_chuyen_trach")]
    if unknown:
        raise UsageError(f"Không có nhóm “{unknown[0]}”. Nhóm là can_bo, cong_chuc hoặc khong_chuyen_trach.")
    filters = Filters(as_of, communes=_communes(reader, as_of, options.commune), groups=groups)
    title = TITLES.get(options.name, load_query(options.name).comment.split(".")[0].split(":")[0])
    between: dict[str, Any] = {}
    if "from_on" in load_query(options.name).parameters:
        # How the workforce is made up, and how many meet the standard, can also be told of one day.
        first = options.from_on or (as_of if options.name in _OF_ONE_DAY_TOO else None)
        if first is None or first > as_of:
            raise UsageError(f"Câu truy vấn “{options.name}” cần --from là một ngày không sau ngày cuối.")
        between = {
            "from_on": first,
            "step": options.step or "month",
            "units": options.units,
            "sensitive": options.sensitive,
        }
    words = Words.of(reader)
    if options.name.startswith("what_if"):
        if options.standard is None:
            raise UsageError(f"Câu truy vấn “{options.name}” cần --standard, ví dụ --standard ND33.")
        law = law_by_name(reader.store, options.standard, options.province, grace=not options.no_grace)
        with under(reader, law, filters) as supposed:
            frames = {name: supposed.query(name, filters) for name in what_if.TITLES}
        texts = reader.query("documents", filters).set_index("document").legal_ref
        law_name = str(texts.get(options.standard.upper(), f"d{law.draft[1:]}"))
        title = f"{what_if.TITLES[options.name]} {what_if.supposed(law_name, law)}"
        supposition = what_if.supposition(frames, law_name, law)
        rows = Listing(reader, words, title, options.name, filters, frames[options.name], supposition)
    elif options.name.startswith("forecast"):
        if options.until is None or options.until <= as_of:
            raise UsageError(f"Câu truy vấn “{options.name}” cần --until là một ngày sau ngày đang xem.")
        until: dict[str, Any] = {"until": options.until, "step": options.step or "quarter"}
        with ahead(reader, filters, options.until) as supposed:
            frame = supposed.query(options.name, filters, **until)
        title = f"{title}, đến {vietnamese.date_short(options.until)}"
        supposed_of = foreseen(reader.store, options.until)
        rows = Listing(reader, words, title, options.name, filters, frame, supposed_of)
    else:
        rows = listing(reader, words, title, options.name, filters, **between)
    if options.format == "xlsx":
        if options.out is None:
            raise UsageError("Dạng xlsx cần tên tệp: thêm --out TỆP.xlsx.")
        _write(options.out, rows.excel())
        return 0
    _deliver(options.out, _formatted(rows.frame, rows.shown, options.format))
    # Beside the rows, so that a script still reads rows alone.
    for note in rows.notes:
        print(note, file=sys.stderr)
    return 0


def _assess(options: argparse.Namespace) -> int:
    assessed = assess(options.file, options.as_of, options.area)
    _say([*assessed.reading.unreadable, *assessed.reading.issues])
    if assessed.reading.unreadable:
        return 2
    _deliver(options.out, _csv(assessed.verdicts))
    if not assessed.reading.people:
        print(
            f"{options.file.name}: không có ai để xét. Cần danh sách có cột Họ và tên và cột Chức vụ.", file=sys.stderr
        )
        return 1
    return 0


def _benefit(options: argparse.Namespace) -> int:
    # The law comes with the program: nobody needs a store to work out a benefit.
    answers = answer(Law.of(Store(":memory:", create=True)), options.file)
    for problem in answers.problems:
        print(problem, file=sys.stderr)
    _write(options.out, written(answers).encode("utf-8"))
    if not answers.rows:
        print(f"{options.file.name}: không có trường hợp nào để tính.", file=sys.stderr)
    return 0 if answers.understood else 1


def _doctor(options: argparse.Namespace) -> int:
    reader = _reader()
    wrong = problems(reader.store)
    for problem in wrong:
        print(f"[lỗi] {problem}")
    about = reader.query("about", Filters(SAMPLE_DAY)).iloc[0]
    total = reader.query("total", Filters(about.data_as_of.date())).iloc[0]
    print(
        f"Kho {reader.store.target}: số liệu đến {vietnamese.date_short(about.data_as_of)}, "
        f"{int(total.total)} người có tiêu chuẩn đang áp dụng, {int(total.below)} người chưa đạt, "
        f"{int(total.unknown)} người thiếu dữ liệu."
    )
    print("Kho số liệu có lỗi như trên." if wrong else "Kho số liệu tốt.")
    return 1 if _doctor_of_log() or wrong else 0


def _doctor_of_log() -> bool:
    """Say whether the log of who did what is whole, where there is one; returns whether it is broken."""
    if not book.place().exists():
        return False
    with book.read() as connection:
        (rows, seal), broken = log.seal(connection), log.broken(connection)
    if broken:
        print(f"[lỗi] {broken}")
    else:
        # Written down elsewhere, it shows later whether all of these rows are still the same.
        print(f"Nhật ký truy cập nguyên vẹn: {vietnamese.number(rows)} dòng, dấu của dòng cuối {seal or '—'}.")
    return broken is not None


def _account_add(options: argparse.Namespace) -> int:
    commune = _code_of(options.commune)
    first = _first_password(options)
    told = accounts.add(_by(), options.name, options.full_name, options.role, commune, options.approved_by, first)
    print(f"Đã thêm tài khoản {options.name} ({ROLES[options.role].title.lower()}).{_to_tell(first, told)}")
    return 0


def _account_list(_options: argparse.Namespace) -> int:
    rows = [
        {
            "Tên đăng nhập": a.name,
            "Họ và tên": a.full_name,
            "Vai trò": ROLES[a.role].title,
            "Xã": a.commune or "",
            "Trạng thái": a.state,
            "Đăng nhập cuối": accounts.moment(a.last_sign_in),
            "Thêm ngày": accounts.moment(a.made_at),
            "Người duyệt": a.approved_by,
        }
        for a in (accounts.all_accounts() if accounts.any_accounts() else [])
    ]
    print(pd.DataFrame(rows).to_string(index=False) if rows else "Chưa có tài khoản nào.")
    return 0


def _account_role(options: argparse.Namespace) -> int:
    accounts.set_role(_by(), options.name, options.role, _code_of(options.commune))
    print(f"Tài khoản {options.name} từ nay là {ROLES[options.role].title.lower()}.")
    return 0


def _account_reset(options: argparse.Namespace) -> int:
    first = _first_password(options)
    told = accounts.reset(_by(), options.name, first)
    print(f"Đã đặt lại mật khẩu của {options.name}, các phiên đang mở đã hết.{_to_tell(first, told)}")
    return 0


def _account_disable(options: argparse.Namespace) -> int:
    accounts.set_disabled(_by(), options.name, True)
    print(f"Đã khóa tài khoản {options.name}, các phiên đang mở đã hết.")
    return 0


def _account_enable(options: argparse.Namespace) -> int:
    accounts.set_disabled(_by(), options.name, False)
    print(f"Đã mở lại tài khoản {options.name}.")
    return 0


def _account_signout(options: argparse.Namespace) -> int:
    accounts.sign_out_everywhere(_by(), options.name)
    print(f"Tài khoản {options.name} đã đăng xuất khỏi mọi máy.")
    return 0


def _by() -> str:
    """Who uses the command line, as the log names them: no account, but whoever the machine knows."""
    return f"{getpass.getuser()} (dòng lệnh)"


def _note(action: str, **told: object) -> None:
    """Write down what the command line does, where there are accounts and so a log."""
    if accounts.any_accounts():
        log.note(_by(), action, **told)


def _first_password(options: argparse.Namespace) -> str | None:
    """The password that is asked for twice, or None where one is to be made up."""
    if options.generate:
        return None
    if not sys.stdin.isatty():
        raise UsageError("Không hỏi được mật khẩu vì lệnh không chạy trong cửa sổ dòng lệnh. Thêm --generate.")
    once = getpass.getpass(f"Mật khẩu ban đầu (ít nhất {passwords.SHORTEST} ký tự, không hiện khi gõ): ")
    if getpass.getpass("Gõ lại mật khẩu: ") != once:
        raise UsageError("Hai lần gõ mật khẩu không giống nhau nên chưa ghi gì. Chạy lại lệnh.")
    return once


def _to_tell(asked: str | None, told: str) -> str:
    first = f" Mật khẩu ban đầu: {told}" if asked is None else ""
    return f"{first}\nPhải đổi mật khẩu này ở lần đăng nhập đầu tiên."


def _code_of(commune: str | None) -> str | None:
    """The five digits of a commune, which need no store: that one is locked while the app runs."""
    if commune is None or re.fullmatch("[0-9]{5}", commune):
        return commune
    with (QUERIES / "reference" / "unit.csv").open(encoding="utf-8", newline="") as lines:
        named = {
            (r["code"], vietnamese.key(f"{r['kind']} {r['short_name']}"), vietnamese.key(r["short_name"]))
            for r in csv.DictReader(lines)
        }
    found = {code for code, *names in named if vietnamese.key(commune) in names}
    if len(found) != 1:
        raise UsageError(f"Không rõ “{commune}” là xã, thị trấn nào. Ghi mã đơn vị hành chính năm chữ số.")
    return found.pop()


def _backup(options: argparse.Namespace) -> int:
    if options.file is None:
        made = backups.make()
        _note("sao_luu", tep=str(made.folder))
        print(f"Đã sao lưu vào {made.store}: {backups.held(made)}. Đã đọc lại và so từng bảng, giống kho.")
        for gone in backups.prune():
            print(f"Đã bỏ bản cũ {gone.name}.")
        return 0
    copied = backup(options.file)
    _note("sao_luu", tep=str(copied.path))
    print(f"Đã sao lưu vào {copied.path}: {_held(copied)}. Đã đọc lại và so từng bảng, giống kho.")
    for problem in copied.problems:
        print(f"[lỗi] Kho được sao lưu: {problem}", file=sys.stderr)
    return 1 if copied.problems else 0


def _backups(options: argparse.Namespace) -> int:
    found, now = backups.all_backups(), datetime.now()  # noqa: DTZ005 - the clock on the wall
    if not found:
        print(f"Chưa có bản sao lưu nào trong {backups.place()}. Sao lưu bằng lệnh: manage.py backup.")
    damaged = 0
    for each in found:
        intact = each.intact()
        damaged += not intact
        told = (
            f"{backups.held(each)}, {backups.megabytes(each.size)}" if intact else "[lỗi] thiếu tệp hoặc tệp đã bị sửa"
        )
        print(f"{backups.moment(each.at)} ({backups.ago(each.at, now)}): {told}; {each.store}")
    return 1 if damaged else 0


def _restore(options: argparse.Namespace) -> int:
    copied, kept = restore(options.file)
    _note("ghi", quyen="store", tep=str(options.file))
    print(f"Đã khôi phục {copied.path} từ {options.file}: {_held(copied)}.")
    if kept:
        print(f"Kho dùng trước đó được giữ ở {kept}.")
    return 0


def _held(copied: Copied) -> str:
    people, batches, rows = (vietnamese.number(n) for n in (copied.people, copied.batches, copied.rows))
    return f"{people} người, {batches} đợt, {rows} dòng trong mọi bảng"


def _plain_queries() -> list[str]:
    """Queries of the district that need the shared filters and at most a first day, not those of one person or post."""
    shared = Filters(SAMPLE_DAY).parameters().keys() | {"scope", "from_on", "step", "units", "until", "sensitive"}
    asked = {name: load_query(name).parameters for name in query_names()}
    return [n for n, of in asked.items() if of <= shared and of & {"scope", "until"}]


def _reader() -> Reader:
    """The store as whoever sits at this machine sees it: all of it."""
    return open_store().seen_by(WHOLE_COUNTRY)


def _readable() -> Reader:
    """As `_reader`, for a command that changes nothing: while the app has the store open, its state at this moment."""
    try:
        return _reader()
    except StoreInUse:
        look_at(_copies.enter_context(moment()))
        reader = _reader()
        now = f"{datetime.now():%H:%M}"  # noqa: DTZ005 - the wall's
        print(f"Ứng dụng đang mở kho: đọc bản chép của kho lúc {now}.", file=sys.stderr)
        return reader


def _communes(reader: Reader, as_of: date, names: Sequence[str]) -> tuple[str, ...]:
    units = reader.query("units", Filters(as_of))
    known = {vietnamese.key(name): code for name, code in zip(units.commune, units.unit_code, strict=True)}
    for name in names:
        if vietnamese.key(name) not in known:
            kinds = mergers.called(reader, as_of)
            raise UsageError(
                f"Không có {kinds} “{name}” vào ngày {vietnamese.date_short(as_of)}. "
                f"Các {kinds}: {', '.join(units.commune)}."
            )
    return tuple(known[vietnamese.key(name)] for name in names)


def _formatted(frame: pd.DataFrame, shown: pd.DataFrame, form: str) -> str:
    if form == "csv":
        return _csv(frame)
    if form == "json":
        # json writes a share with all its digits, pandas would round it.
        plain = _iso(frame).astype(object)
        rows = [{c: None if pd.isna(v) else v for c, v in row.items()} for row in plain.to_dict("records")]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if shown.empty:
        return "Không có dòng nào.\n"
    text = shown.copy()
    for column in text:
        write = vietnamese.percent if is_of(column, "share") else _cell
        text[column] = ["—" if pd.isna(v) else write(v) for v in shown[column]]
    return text.to_string(index=False) + "\n"


def _cell(value: object) -> str:
    return vietnamese.number(value) if isinstance(value, int) and not isinstance(value, bool) else as_text(value)


def _csv(frame: pd.DataFrame) -> str:
    plain = _iso(frame)
    texts = plain.select_dtypes(["object", "string"]).columns
    return plain.assign(**{c: plain[c].map(guarded) for c in texts}).to_csv(index=False, lineterminator="\n")


def _iso(frame: pd.DataFrame) -> pd.DataFrame:
    dates = frame.select_dtypes("datetime").columns
    return frame.assign(**{c: frame[c].dt.strftime("%Y-%m-%d") for c in dates})


def _deliver(out: Path | None, text: str) -> None:
    if out is None:
        sys.stdout.write(text)
    else:
        _write(out, text.encode("utf-8"))


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UsageError(f"Không ghi được tệp {out}: kiểm tra thư mục, quyền ghi và tệp có đang mở không.") from error


def _say(issues: Iterable[Issue]) -> None:
    for issue in issues:
        print(f"{issue.file}: {issue.message}", file=sys.stderr)


def _path(text: str) -> Path:
    # Of no name Path makes the folder the command was given in.
    if not text.strip():
        raise ValueError(text)
    return Path(text)


def _whole(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    found = vietnamese.parse_date(text)
    if found is None or found.precision != "ngay":
        raise ValueError(text)
    return found.on


if __name__ == "__main__":
    sys.exit(main())
