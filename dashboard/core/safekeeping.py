"""A store is looked over, copied to a safe place and brought back; none of the three can harm the one in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from core import store_file
from core.store import QUERIES, Contents, Store, copy_store, default_target, is_file
from core.store_file import FINISHED, MAKING, StoreError, StoreInUse


@dataclass(frozen=True)
class Copied:
    """A copy of a store: where it is, how many people, batches and rows in all it holds, and what is wrong with it."""

    path: Path
    people: int
    batches: int
    rows: int
    problems: list[str]


def problems(store: Store) -> list[str]:
    """What is wrong with a store, a Vietnamese sentence each: every block read, every check of `queries/doctor`, and
    every verdict worked out anew. Raises StoreError when a block cannot be read."""
    store.contents()
    found = []
    for check in sorted((QUERIES / "doctor").glob("*.sql")):
        sql = check.read_text(encoding="utf-8")
        bad = store.fetch(sql)
        if len(bad):
            message = " ".join(line[2:].strip() for line in sql.splitlines() if line.startswith("--"))
            found.append(f"{message} ({len(bad)} dòng, đầu tiên: {', '.join(map(str, bad.iloc[0]))})")
    for table, rows in store.misjudged().items():
        found.append(
            f"Kết luận đang giữ khác với kết luận xét lại từ đầu ({rows} dòng của bảng {table}); "
            "khôi phục bản sao lưu gần nhất."
        )
    return found


def backup(out: Path) -> Copied:
    """Write the store in use, whether or not the app has it open, to a file of its own; returns what it holds.

    `out` is a file that does not exist yet, or a folder, in which the file is named after the store and the minute.
    Every block is read and the copy is read back and compared. Raises StoreError; then there is no file.
    """
    source = _store_in_use()
    try:
        if not source.exists():
            raise StoreError(f"Chưa có kho số liệu {source} để sao lưu.")
        if out.is_dir():
            named = f"{source.stem}-{datetime.now():%Y-%m-%d-%H%M}.duckdb"  # noqa: DTZ005 - the wall's
            out = store_file.free(out / named)
        if out.exists():
            raise StoreError(f"Đã có tệp {out}. Ghi bản sao lưu vào tên khác, để bản cũ còn nguyên.")
        store_file.refuse_stray_log(out)
        making = Path(f"{out}{MAKING}")
        try:
            # Opening brings a store up to this program, so what is looked over is the copy that is thrown away.
            with _copied(source, making) as (copy, contents), Store(str(copy)) as looked_over:
                wrong = problems(looked_over)
            making.replace(out)
        finally:
            store_file.remove(making)
    except OSError as error:
        raise store_file.refused(error, str(error.filename or out)) from error
    return _counted(out, contents, wrong)


def restore(file: Path) -> tuple[Copied, Path | None]:
    """Put a backup in the place of the store in use; returns what it holds and where the present store is kept.

    Raises StoreError, and all is as before, when the backup is no whole store or the present one is open somewhere.
    A present store that is damaged, or has the log of another beside it, is kept as it is, log included.
    """
    target = _store_in_use()
    try:
        if not file.is_file():
            raise StoreError(f"Không có tệp sao lưu {file}. Kiểm tra lại tên tệp.")
        if target.exists() and file.samefile(target):
            raise StoreError(f"{file} là chính kho đang dùng. Chọn tệp sao lưu.")
        made, finished = Path(f"{target}{MAKING}"), Path(f"{target}{FINISHED}")
        if not target.exists():
            store_file.refuse_stray_log(target)
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _copied(file, made) as (_, contents):
                pass
            with Store(str(made)) as store:
                wrong = problems(store)
            if wrong:
                raise StoreError(f"Bản sao lưu {file} có lỗi nên không khôi phục: {wrong[0]}")
            kept = None
            if target.exists():
                try:
                    Store(str(target)).close()  # nobody has it open, and nothing of it is left in its log
                except StoreInUse:
                    raise
                except StoreError:
                    pass  # what cannot be opened is kept as it is
                today = date.today().isoformat()
                kept = store_file.free(target.with_stem(f"{target.stem}.truoc-khoi-phuc-{today}"))
            made.replace(finished)
            store_file.put_in_place(finished, target, kept)
        finally:
            store_file.remove(made)
    except OSError as error:
        raise store_file.refused(error, str(error.filename or target)) from error
    return _counted(target, contents, []), kept


@contextmanager
def moment() -> Iterator[Path]:
    """The store in use as it is now, in a file of its own that may be read while the app has the store open.

    The file is gone when the block ends. Raises StoreError.
    """
    source = _store_in_use()
    with store_file.workshop(source) as folder:
        copy = folder / source.name
        store_file.snapshot(source, copy)
        yield copy


@contextmanager
def _copied(source: Path, making: Path) -> Iterator[tuple[Path, Contents]]:
    """A store as it is at one moment, written anew as `making`: the copy it was made from, and what it holds.

    The copy is gone when the block ends.
    """
    # Beside the store in use, where the next run looks for what a killed one left.
    with store_file.workshop(_store_in_use()) as folder:
        copy = folder / source.name
        try:
            store_file.snapshot(source, copy)
            store_file.make_ready(copy, create=False)
            store_file.remove(making)
            contents = copy_store(copy, making)
        except StoreError as error:
            # The fault lies in the file that was copied, and the reader knows that file only: name it in the message.
            raise StoreError(str(error).replace(str(copy), str(source))) from error
        yield copy, contents


def _counted(path: Path, contents: Contents, wrong: list[str]) -> Copied:
    rows = sum(count for count, _ in contents.values())
    return Copied(path, contents["person"][0], contents["batch"][0], rows, wrong)


def _store_in_use() -> Path:
    target = default_target()
    if not is_file(target):
        raise StoreError("Lệnh này dùng cho kho là một tệp; kho dùng chung được sao lưu ở máy chủ của nó.")
    store_file.refuse_no_file(Path(target))
    return Path(target)
