"""Accounts and sessions: who may come in, and who has come in.

A session is an opaque random token that only the browser has; the file keeps its hash. Wrong passwords make everybody
wait longer and longer, by account and by address.
"""

import hashlib
import re
import secrets
import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from access import book, log, passwords
from access.book import AccessError
from access.rights import ROLES, SAID, Right
from core.store import WHOLE_COUNTRY

# The cookie under which a page is told the token of its session.
COOKIE = "phien"
# Seconds: a session ends after so long without a sign of life, and after so long in any case.
IDLE, LONGEST = 2 * 3600, 12 * 3600
# A sign of life is written down this seldom.
SEEN_EVERY = 60
MOST_SESSIONS = 10
UNUSED = 90 * 86_400
# So many wrong passwords are free; from then on each makes the wait twice as long, up to the longest.
FREE_OF_ACCOUNT, FREE_OF_ADDRESS = 5, 20
FIRST_WAIT, LONGEST_WAIT = 30, 900
FORGOTTEN_AFTER = 86_400
# The files of accounts that this process has found.
_seen: set[Path] = set()
NAMES = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}")


class NotLetIn(AccessError):
    """A sign-in that was refused; the text is for whoever tried."""


class NoRight(AccessError):
    """Somebody asked for what the role may not do."""


@dataclass(frozen=True)
class Account:
    """Who somebody is here: sign-in name, name as written, role (`rights.ROLES`), five-digit unit code of a commune.

    Times are seconds since 1970.
    """

    name: str
    full_name: str
    role: str
    commune: str | None
    must_change: bool = False
    disabled: bool = False
    made_at: float = 0.0
    made_by: str = ""
    approved_by: str = ""
    last_sign_in: float | None = None

    @property
    def scope(self) -> tuple[str, ...]:
        """What of the store is seen, as `Store.seen_by` takes it."""
        return WHOLE_COUNTRY if self.commune is None else (self.commune,)

    @property
    def unused(self) -> bool:
        """Whether nobody has come in with it for 90 days, since it was made."""
        return not self.disabled and now() - (self.last_sign_in or self.made_at) > UNUSED

    @property
    def state(self) -> str:
        """Whether it can be used, in words."""
        if self.disabled:
            return "đã khóa"
        if self.unused:
            return "không dùng quá 90 ngày"
        return "chờ đổi mật khẩu" if self.must_change else "đang dùng"

    def may(self, right: Right) -> bool:
        """Whether the role has a right."""
        return right in ROLES[self.role].rights

    def ask(self, right: Right) -> None:
        """Raise NoRight unless the role has a right."""
        if not self.may(right):
            raise NoRight(f"Tài khoản của bạn không có quyền {SAID[right]}. Hỏi người quản trị nếu cần.")


def now() -> float:
    """The seconds since 1970."""
    return time.time()


def moment(seconds: float | None) -> str:
    """A moment by the clock on the wall in words, to the minute."""
    return "chưa" if seconds is None else f"{datetime.fromtimestamp(seconds).astimezone():%d/%m/%Y %H:%M}"


def any_accounts() -> bool:
    """Whether there are accounts: without any, whoever sits at this machine is let in. Raises AccessError.

    Once this process has seen some, a file of them that is gone opens nothing.
    """
    path = book.place()
    if not path.exists():
        if path in _seen:
            raise AccessError(f"Tệp tài khoản {path} không còn ở chỗ cũ nên không ai vào được. Đặt lại tệp ấy.")
        return False
    with book.read() as connection:
        found = bool(connection.execute("select exists (select 1 from account)").fetchone()[0])
    if found:
        _seen.add(path)
    return found


def all_accounts() -> list[Account]:
    """All accounts by name. Raises AccessError."""
    with book.read() as connection:
        return [_account(r) for r in connection.execute("select * from account order by name")]


# Accounts


def add(
    by: str, name: str, full_name: str, role: str, commune: str | None, approved_by: str, password: str | None = None
) -> str:
    """Make an account; returns its first password, which has to be changed at the first sign-in.

    Without `password` one is made up. Raises AccessError for a name that is taken or unfit, a role without its commune,
    a password too easy to guess, and when the very first account is not an administrator's.
    """
    full_name = " ".join(full_name.split())
    if not NAMES.fullmatch(name):
        raise AccessError(
            f"Tên đăng nhập “{name[:40]}” chưa đúng: từ 3 đến 32 chữ thường không dấu, chữ số, dấu chấm, gạch ngang."
        )
    if not 2 <= len(full_name) <= 80:
        raise AccessError("Cần họ và tên của người dùng tài khoản, từ 2 đến 80 ký tự.")
    if not 2 <= len(approved_by.strip()) <= 80:
        raise AccessError("Cần ghi ai đã duyệt tài khoản này, từ 2 đến 80 ký tự.")
    _check_role(role, commune)
    kept, told = _chosen(password, name, full_name)
    with book.opened(create=True) as connection:
        if not connection.execute("select 1 from account").fetchone() and role != "quan_tri":
            raise AccessError("Tài khoản đầu tiên phải có vai trò quan_tri, để còn người quản lý các tài khoản khác.")
        if connection.execute("select 1 from account where name = ?", (name,)).fetchone():
            raise AccessError(f"Đã có tài khoản “{name}”. Chọn tên khác, hoặc đổi vai trò của tài khoản ấy.")
        connection.execute(
            "insert into account (name, full_name, role, commune, password, must_change, made_at, made_by, approved_by)"
            " values (?, ?, ?, ?, ?, 1, ?, ?, ?)",
            (name, full_name, role, commune, kept, now(), by, approved_by.strip()),
        )
        log.add(connection, by, "tai_khoan", viec="them", tai_khoan=name, vai_tro=role, xa=commune, duyet=approved_by)
    return told


def set_role(by: str, name: str, role: str, commune: str | None) -> None:
    """Give an account another role; it acts at the next run of an open page. Raises AccessError."""
    _check_role(role, commune)
    with book.opened() as connection:
        before = _named(connection, name)
        connection.execute("update account set role = ?, commune = ? where name = ?", (role, commune, name))
        _refuse_without_administrator(connection)
        log.add(
            connection,
            by,
            "tai_khoan",
            viec="vai_tro",
            tai_khoan=name,
            truoc=before.role,
            xa_truoc=before.commune,
            vai_tro=role,
            xa=commune,
        )


def reset(by: str, name: str, password: str | None = None) -> str:
    """Give an account a new first password, which is returned, and end its sessions. Raises AccessError."""
    kept, told = _chosen(password, name, _find(name).full_name)
    with book.opened() as connection:
        _named(connection, name)
        connection.execute("update account set password = ?, must_change = 1 where name = ?", (kept, name))
        connection.execute("delete from attempt where who = ?", (_of_account(name),))
        _end_sessions(connection, name)
        log.add(connection, by, "tai_khoan", viec="dat_lai", tai_khoan=name)
    return told


def set_disabled(by: str, name: str, disabled: bool) -> None:
    """Shut an account, which ends its sessions, or open it again; what it did stays. Raises AccessError."""
    with book.opened() as connection:
        _named(connection, name)
        connection.execute("update account set disabled = ? where name = ?", (int(disabled), name))
        _refuse_without_administrator(connection)
        if disabled:
            _end_sessions(connection, name)
        log.add(connection, by, "tai_khoan", viec="khoa" if disabled else "mo", tai_khoan=name)


def sign_out_everywhere(by: str, name: str) -> None:
    """End all sessions of an account. Raises AccessError."""
    with book.opened() as connection:
        _named(connection, name)
        _end_sessions(connection, name)
        log.add(connection, by, "ra", tai_khoan=name, moi_noi=True)


# Sessions


def sign_in(name: str, password: str, address: str) -> str:
    """The token of a new session. Raises NotLetIn, with the same words whether the name or the password is wrong."""
    known = _proven(name.strip().lower(), password, address)
    with book.opened() as connection:
        _still(connection, known)
        connection.execute("update account set last_sign_in = ? where name = ?", (now(), known["name"]))
        log.add(connection, known["name"], "vao", dia_chi=address)
        return _begin(connection, known["account_id"])


def _proven(name: str, password: str, address: str) -> sqlite3.Row:
    """The row of the account whose name and password these are. Raises NotLetIn, and counts how often it did."""
    keys = {_of_account(name): FREE_OF_ACCOUNT, _of_address(address): FREE_OF_ADDRESS}
    with book.opened() as connection:
        connection.execute("delete from attempt where last_at < ?", (now() - FORGOTTEN_AFTER,))
        known = connection.execute("select * from account where name = ?", (name,)).fetchone()
        wait = max(_wait(connection, key, free) for key, free in keys.items())
        if wait <= 0:
            # Counted before it is looked at: many at once are as many.
            for key in keys:
                connection.execute(
                    "insert into attempt values (?, 1, ?) on conflict (who) do update set times = times + 1,"
                    " last_at = excluded.last_at",
                    (key, now()),
                )
    if wait > 0:
        told = f"{int(wait // 60) + 1} phút" if wait > 60 else f"{int(wait) + 1} giây"
        raise NotLetIn(f"Đã sai nhiều lần. Đợi {told} rồi thử lại, hoặc nhờ người quản trị đặt lại mật khẩu.")
    right = passwords.matches(known["password"] if known else passwords.of_nobody(), password)
    if known is None or not right or known["disabled"]:
        with book.opened() as connection:
            # A name that is no account's may be a password typed into the wrong field: it is not written down.
            shut = True if known and known["disabled"] else None
            log.add(connection, name if known else "", "vao_hong", dia_chi=address, khoa=shut)
        raise NotLetIn("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ rồi thử lại.")
    with book.opened() as connection:
        connection.execute("delete from attempt where who = ?", (_of_account(name),))
        connection.execute("update attempt set times = times - 1 where who = ?", (_of_address(address),))
    return known


def _still(connection: sqlite3.Connection, known: sqlite3.Row) -> None:
    """Raise NotLetIn when the account was shut or given another password since its password was looked at."""
    again = connection.execute("select * from account where name = ?", (known["name"],)).fetchone()
    if again["disabled"] or again["password"] != known["password"]:
        raise NotLetIn("Tài khoản vừa được người khác thay đổi. Đăng nhập lại.")


def of_token(token: str | None) -> Account | None:
    """Whose session a token is of, if it has not ended: an account that is open. Raises AccessError."""
    if not token or not any_accounts():
        return None
    with book.read() as connection:
        found = connection.execute(
            "select * from session inner join account using (account_id) where token = ? and disabled = 0"
            " and seen_at > ? and begun_at > ?",
            (_hash(token), now() - IDLE, now() - LONGEST),
        ).fetchone()
    if found is None:
        return None
    if now() - found["seen_at"] > SEEN_EVERY:
        with book.opened() as connection:
            connection.execute("update session set seen_at = ? where token = ?", (now(), _hash(token)))
    return _account(found)


def change_password(token: str, old: str, new: str, address: str) -> str:
    """Change one's own password; all sessions end, and the token of a new one is returned. Raises AccessError."""
    account = of_token(token)
    if account is None:
        raise NotLetIn("Phiên làm việc đã hết. Đăng nhập lại.")
    if why := passwords.refusal(new, account.name, account.full_name):
        raise AccessError(why)
    # As at the door: who found a page left open may not try passwords without end.
    known = _proven(account.name, old, address)
    if passwords.same(old, new):
        raise AccessError("Mật khẩu mới phải khác mật khẩu đang dùng.")
    kept = passwords.hashed(new)
    with book.opened() as connection:
        _still(connection, known)
        connection.execute("update account set password = ?, must_change = 0 where name = ?", (kept, account.name))
        _end_sessions(connection, account.name)
        log.add(connection, account.name, "doi_mat_khau", dia_chi=address)
        return _begin(connection, known["account_id"])


def sign_out(token: str) -> None:
    """End a session. Raises AccessError."""
    account = of_token(token)
    with book.opened() as connection:
        connection.execute("delete from session where token = ?", (_hash(token),))
        if account:
            log.add(connection, account.name, "ra", tai_khoan=account.name)


def _begin(connection: sqlite3.Connection, account_id: int) -> str:
    token = secrets.token_urlsafe(32)
    connection.execute(
        "delete from session where seen_at <= ? or begun_at <= ? or token in (select token from session"
        " where account_id = ? order by begun_at desc limit -1 offset ?)",
        (now() - IDLE, now() - LONGEST, account_id, MOST_SESSIONS - 1),
    )
    connection.execute("insert into session values (?, ?, ?, ?)", (_hash(token), account_id, now(), now()))
    return token


def _end_sessions(connection: sqlite3.Connection, name: str) -> None:
    connection.execute(
        "delete from session where account_id = (select account_id from account where name = ?)", (name,)
    )


def _wait(connection: sqlite3.Connection, who: str, free: int) -> float:
    row = connection.execute("select times, last_at from attempt where who = ?", (who,)).fetchone()
    if row is None or row["times"] < free:
        return 0
    wait = min(FIRST_WAIT * 2 ** min(row["times"] - free, 10), LONGEST_WAIT)
    return float(row["last_at"] + wait - now())


def _of_account(name: str) -> str:
    return f"account {hashlib.sha256(name.encode()).hexdigest()}"


def _of_address(address: str) -> str:
    return f"address {address}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _check_role(role: str, commune: str | None) -> None:
    if role not in ROLES:
        raise AccessError(f"Không có vai trò “{role}”. Vai trò là {', '.join(ROLES)}.")
    if (role == "xa") != (commune is not None):
        raise AccessError("Vai trò xa cần nêu một xã, thị trấn; các vai trò khác thì không nêu xã nào.")
    if commune is not None and not re.fullmatch("[0-9]{5}", commune):
        raise AccessError("Xã, thị trấn của tài khoản là mã đơn vị hành chính năm chữ số.")


def _chosen(password: str | None, name: str, full_name: str) -> tuple[str, str]:
    told = passwords.first() if password is None else password
    if password is not None and (why := passwords.refusal(password, name, full_name)):
        raise AccessError(why)
    return passwords.hashed(told), told


def _refuse_without_administrator(connection: sqlite3.Connection) -> None:
    if not connection.execute("select 1 from account where role = 'quan_tri' and disabled = 0").fetchone():
        raise AccessError(
            "Phải còn ít nhất một tài khoản quan_tri dùng được. Thêm hoặc mở một tài khoản như thế trước."
        )


def _find(name: str) -> Account:
    with book.opened() as connection:
        return _named(connection, name)


def _named(connection: sqlite3.Connection, name: str) -> Account:
    row = connection.execute("select * from account where name = ?", (name,)).fetchone()
    if row is None:
        raise AccessError(f"Không có tài khoản “{name[:40]}”. Xem các tài khoản bằng lệnh: manage.py account list.")
    return _account(row)


def _account(row: sqlite3.Row) -> Account:
    return Account(
        row["name"],
        row["full_name"],
        row["role"],
        row["commune"],
        bool(row["must_change"]),
        bool(row["disabled"]),
        row["made_at"],
        row["made_by"],
        row["approved_by"],
        row["last_sign_in"],
    )
