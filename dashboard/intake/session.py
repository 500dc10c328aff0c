"""One intake from files to batch, the same for the page and the command line: read, check, compare, ask, record."""

import getpass
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from core.columns import HEADINGS
from core.mergers import called
from core.store import OFFICE_TABLES, WHOLE_COUNTRY, Filters, Reader, Store, insert
from core.vietnamese import date_short, inside, number
from core.words import Words, partial
from intake import commit, mass_changes, sandbox
from intake.lists import read_lists
from intake.plausible import OLDEST_IN_POST, is_younger
from intake.reading import Certificate, Issue, ListedPerson, PastPosting, Reading, RejectedRow
from intake.tables import not_read
from intake.vocabulary import Period, Vocabulary

# How many posts a message names: enough to see what it is about; of people nearly all.
_NAMED, _MOST_PEOPLE = 4, 50
# How a list says less than the store, by the kind of the difference.
_LESS = {"lower": "thấp hơn", "later": "muộn hơn", "older": "số của giấy tờ cũ"}

_Row = ListedPerson | PastPosting | Certificate

# Beside what the list does not say, but the store; and the field of the other of two dates that cannot both be true.
_BY_STORE = " (theo kho)"
_OTHER = {"young": "birth_date", "late": "from_on"}
_IN_DOUBT = (
    "Dòng vẫn được nhận như đã ghi; xem lại, danh sách sai thì sửa rồi nạp lại, kho sai thì sửa ở hồ sơ người ấy."
)

# Among the facts of one person the post and its days have plainer names than as columns of a list.
_OF_A_POST = {"position": "Chức vụ", "from_on": "Ngày nhận chức vụ", "to_on": "Ngày thôi"}


@dataclass
class Intake:
    """Files that were read and how they differ from the store; `answers` are filled in as the officer decides."""

    reader: Reader
    as_of: date
    reading: Reading
    facts: commit.Facts
    comparison: commit.Comparison
    answers: commit.Answers = field(default_factory=commit.Answers)

    def compare(self) -> None:
        """Compare again, after answers were given or the store changed."""
        self.comparison = commit.compare(self.reader.store, self.facts, self.as_of, self.answers)

    def compare_anew(self) -> None:
        """Compare with a store that others have changed; an answer holds only where it still answers the same.

        Who was said to be nobody the store knew may be known by now.
        """
        asked = self.comparison
        self.answers.people = {who: person for who, person in self.answers.people.items() if person is not None}
        self.answers.same = {}
        self.compare()
        open_ = set(self.comparison.questions[["who", "person_id"]].itertuples(index=False, name=None))
        self.answers.people = {who: person for who, person in self.answers.people.items() if (who, person) in open_}
        still = asked.decisions() & self.comparison.decisions()
        self.answers.accepted &= {(person, field) for person, field, _, _ in still}
        missing = set(self.comparison.missing.posting_id)
        self.answers.left = {posting: said for posting, said in self.answers.left.items() if posting in missing}
        self.compare()

    def name(self, who: int) -> str:
        """Full name as the list writes it."""
        return str(self.facts.people.full_name[who])

    def turned_away(self) -> list[RejectedRow]:
        """Rows that will not be recorded: those with errors and those about which a question is open."""
        rows = list(self.reading.rejected)
        for who in sorted(self.comparison.waiting):
            for place in self.facts.rows[who]:
                rows.append(RejectedRow(*place, *self.reading.written[place], self._question(who)))
        return rows

    def issues(self) -> list[Issue]:
        """All that is wrong, with the questions that are still open."""
        asked = [
            Issue(*place, "Họ và tên", "error", f"Dòng {place[2]}, cột Họ và tên: {self._question(who)}")
            for who in sorted(self.comparison.waiting)
            for place in self.facts.rows[who][:1]
        ]
        other = [
            Issue(
                name,
                "",
                None,
                "",
                "warning",
                f"Tệp {name} ghi tính đến ngày {date_short(day)} nhưng đang nạp cho ngày {date_short(self.as_of)}. "
                "Nếu không phải là chủ ý, chọn lại ngày hoặc nạp riêng tệp này.",
            )
            for name, day in self.reading.stated.items()
            if day != self.as_of
        ]
        return [
            *other,
            *self.reading.problems(),
            *self._part_time(),
            *self._impossible(),
            *self._not_taken(),
            *self._still_held(),
            *asked,
        ]

    def _part_time(self) -> Iterator[Issue]:
        """Of each file whose posts make them part-time workers, not officials: deputies of organisations, …

        Only those whom the store does not know in that post already.
        """
        posts = self.reader.store.fetch("select post, label from post where group_code = 'khong_chuyen_trach'")
        held = self.facts.postings.merge(posts, on="post").merge(self.comparison.people, on="who")
        changed = self.comparison.differences
        takes_up = set(changed[changed.field == "position"][["person_id", "new"]].itertuples(index=False, name=None))
        rows = zip(held.is_new, held.person_id, held.post, strict=True)
        newly = [new or (person, post) in takes_up for new, person, post in rows]
        held = held[pd.Series(newly, held.index, dtype=bool)]
        files = held.who.map(lambda who: self.facts.rows[who][0][0])
        for file, there in held.groupby(files, sort=False):
            named = [inside(label) for label in there.label.unique()]
            some = ", ".join(named[:_NAMED]) + (", …" if len(named) > _NAMED else "")
            what = f"{number(there.who.nunique())} người giữ chức danh không chuyên trách ({some})"
            message = f"{what} được ghi là người hoạt động không chuyên trách, không phải cán bộ, công chức."
            yield Issue(str(file), "", None, "", "info", message)

    def _impossible(self) -> Iterator[Issue]:
        """What a row says that cannot be true with what the store knows, or another row.

        What cannot be true within one row was told when it was read.
        """
        found = self.comparison.impossible
        if found.empty:
            return
        words = Words.of(self.reader)
        names = names_of_facts(words)
        read: list[_Row] = [*self.reading.people, *self.reading.history, *self.reading.certificates]
        rows = {(row.file, row.sheet, row.row): row for row in read}
        whose: dict[int, list[tuple[str, str, int]]] = {}
        for who, person in self.comparison.people[["who", "person_id"]].itertuples(index=False):
            whose.setdefault(int(person), []).extend(self.facts.rows.get(who, []))
        for one in found.to_dict("records"):
            places = whose[int(one["person_id"])]
            on = one["on_date"] if one["is_said"] else one["other_on"]
            there = (p for p in places if not pd.isna(on) and on.date() in (m.on for m in rows[p].moments()))
            place = next(there, places[0])
            if one["why"] == "young" and any(_is_told(rows[p], one["on_date"].date(), one["age"]) for p in places):
                continue
            field = one["field"] if one["is_said"] or not one["other_said"] else _OTHER[one["why"]]
            column, row = names[field], rows[place]
            message = f"Dòng {row.row}, cột {column}: {row.full_name} {self._why_impossible(one, words)}. {_IN_DOUBT}"
            yield Issue(row.file, row.sheet, row.row, column, "warning", message)

    def _why_impossible(self, one: Mapping[Hashable, Any], words: Words) -> str:
        """'giữ chức vụ từ năm 1975, khi người sinh ngày 03/02/1970 (theo kho) chưa đủ 18 tuổi'."""
        moment = f"{one['moment']}{'' if one['is_said'] else _BY_STORE}"
        other = f"{one['other']}{'' if one['other_said'] else _BY_STORE}"
        match one["why"]:
            case "old":
                day = date_short(self.as_of)
                return f"sinh {moment} thì đến ngày {day} đã quá {OLDEST_IN_POST} tuổi mà còn giữ chức vụ"
            case "late":
                post = inside(words.label("post", one["what"]))
                return f"giữ chức vụ {post} lần đầu {moment} là sau khi nhận chính chức vụ ấy {other}"
        what = f"đạt “{words.label(one['field'], one['what'])}”"
        if one["field"] in ("from_on", "first_held_on"):
            what = f"giữ chức vụ {inside(words.label('post', one['what']))} từ"
        return f"{what} {moment}, khi người sinh {other} chưa đủ {int(one['age'])} tuổi"

    def _not_taken(self) -> Iterator[Issue]:
        """Of each file where it says less than the store, which stays as it is: a sentence a kind, with the people."""
        words = Words.of(self.reader)
        names = names_of_facts(words)
        waiting = differing(self, words)
        waiting = waiting[waiting.needs]
        for (file, kind, name), rows in waiting.groupby([waiting.person_id.map(self._files()), "kind", "field"]):
            people = zip(rows.full_name, rows.new, rows.old, strict=True)
            said = _some([f"{who} (danh sách {inside(new)}, kho {inside(old)})" for who, new, old in people])
            what = f"Kho giữ nguyên {inside(names[str(name)])} vì danh sách ghi {_LESS[str(kind)]}: {said}."
            if name == "to_on":
                said = _some([f"{who} (thôi từ {old})" for who, old in zip(rows.full_name, rows.old, strict=True)])
                what = f"Kho giữ nguyên ngày thôi của người mà danh sách vẫn nêu là đang giữ chức vụ: {said}."
            then = "Nếu danh sách đúng thì chọn điều ấy ở trang Nhập và cập nhật trước khi ghi nhận."
            yield Issue(str(file), "", None, "", "warning", f"{what} {then}")

    def _still_held(self) -> Iterator[Issue]:
        """Of each file those whom it names in a post of another group than one that they hold: it may be both."""
        rows = unnamed(self)
        rows = rows[rows.person_id.isin(self.comparison.people.person_id) & ~rows.posting_id.isin(self.answers.left)]
        words = Words.of(self.reader)
        for file, there in rows.groupby(rows.person_id.map(self._files()), sort=False):
            held = zip(there.full_name, there.post, strict=True)
            said = _some([f"{who} ({inside(words.label('post', post))})" for who, post in held])
            what = f"Danh sách nêu ở chức vụ khác, kho vẫn giữ cả chức vụ đang có: {said}."
            yield Issue(
                str(file),
                "",
                None,
                "",
                "warning",
                f"{what} Nếu đã thôi chức vụ ấy thì ghi lý do, ngày thôi ở trang Nhập và cập nhật.",
            )

    def _files(self) -> dict[int, str]:
        """In which file each person stands first."""
        files: dict[int, str] = {}
        for who, person in self.comparison.people[["who", "person_id"]].itertuples(index=False):
            files.setdefault(int(person), self.facts.rows[who][0][0])
        return files

    def question(self) -> str | None:
        """What is asked once before anything is recorded: whether so many people are to be changed in the same way."""
        known = pd.concat([self.comparison.people[~self.comparison.people.is_new], self.comparison.nearly_known])
        known = known.merge(self.facts.people[["who", "unit_id"]])
        of = known.drop_duplicates("person_id").unit_id.value_counts()
        if not (
            found := mass_changes.mass_changes(self.comparison.moved, {str(unit): int(n) for unit, n in of.items()})
        ):
            return None
        communes = {unit: str(name) for name, unit in unit_ids(self.reader, self.as_of).items()}
        words = Words.of(self.reader)
        return mass_changes.told(found, words, names_of_facts(words), communes, self.reading.kinds)

    def counts(self) -> dict[str, int]:
        """How many files and rows were read, accepted, turned away; how many people are new, changed, and so on."""
        kept = len(self.reading.people) + len(self.reading.history) + len(self.reading.certificates)
        away = self.turned_away()
        return {
            "files": len(self.reading.files),
            "read": kept + len(self.reading.rejected),
            "accepted": kept + len(self.reading.rejected) - len(away),
            "rejected": len(away),
            "new": self.comparison.new,
            "changed": self.comparison.changed,
            "unchanged": self.comparison.unchanged,
            "missing": int(self.comparison.unlisted.person_id.nunique()),
        }

    def record(self, title: str, made_by: str, *, agreed: bool = False) -> int | None:
        """Keep what was agreed to as one batch; None if the store knows all of it. See `commit.record`.

        Raises NotAccepted while the `question` has not been agreed to.
        """
        if not agreed and (question := self.question()):
            raise commit.NotAccepted(question)
        rejected = [
            (r.file, r.sheet, r.row, list(r.headings), ["" if c is None else str(c) for c in r.cells], r.message)
            for r in [*self.turned_away(), *(row for left in self.reading.left_out for row in left.rejected())]
        ]
        return commit.record(
            self.reader.store,
            self.facts,
            kind="list",
            title=title,
            as_of=self.as_of,
            made_by=made_by,
            files=self.reading.files,
            answers=self.answers,
            seen=self.comparison,
            rejected=pd.DataFrame(rejected, columns=commit.REJECTED, dtype=object),
        )

    def alike(self, who: int) -> list[tuple[str, int | None, int | None]]:
        """Whom a row may be: a sentence part for each, with the person of the store or the earlier row of the batch."""
        asked = self.comparison.questions[self.comparison.questions.who == who]
        people = [int(p) for p in asked.person_id.dropna()]
        known = self.reader.query("people_by_number", Filters(self.as_of), people=people)
        said: list[tuple[str, int | None, int | None]] = [
            (f"{p['full_name']}{_born(p['birth'])}{_of(p['communes'])}", int(p["person_id"]), None)
            for p in known.to_dict("records")
        ]
        for other in asked.same_as.dropna().astype(int):
            file, _, row = self.facts.rows[other][0]
            said.append((f"{self.name(other)}, dòng {row} của tệp {file}", None, int(other)))
        return said

    def answer_nearly_known(self) -> None:
        """Say of all rows that may be one person of the store, and no other, that they are."""
        nearly = self.comparison.nearly_known.astype(int)
        self.answers.people |= dict(nearly.itertuples(index=False, name=None))
        self.compare()

    def _question(self, who: int) -> str:
        alike = "; ".join(text for text, _, _ in self.alike(who))
        return (
            f"“{self.name(who)}” gần giống người đã có ({alike}), chưa rõ có phải là một người. "
            "Trả lời ở trang Nhập và cập nhật, hoặc sửa cho khớp rồi nạp lại."
        )


def _is_told(row: _Row, day: date, age: int) -> bool:
    """Whether a row by itself says that somebody was younger than an age on a day, of which reading it told."""
    return any(m.on == day and row.birth and is_younger(row.birth, m, age) for m in row.moments())


# A hundred thousand people in good order need a quarter of the time and less than the memory. What takes more is not a
# list: every second row a heading, every cell of its own kind.
_LIMITS = sandbox.Limits(seconds=30, most_seconds=120, memory=600 * 1024**2)


def _read(
    paths: Sequence[Path],
    vocabulary: Vocabulary,
    progress: Callable[[float, str], None] = lambda share, doing: None,
    **options: object,
) -> Reading:
    """The lists read, as `read_lists` does, where it costs the server no more than waiting.

    A file that takes too much is refused in a sentence, and the others are read again without it.
    """
    refused: dict[int, str] = {}
    # Another process stands in another folder.
    paths = [path.absolute() for path in paths]
    while True:
        at = 0

        def heard(step: int) -> None:
            nonlocal at
            at = step % len(paths)
            progress(step / (2 * len(paths)), f"Đang đọc {paths[at].name}")

        try:
            return sandbox.run(read_lists, paths, vocabulary, refused=refused, limits=_LIMITS, heard=heard, **options)
        except sandbox.Ended as ended:
            if at in refused:
                raise
            refused[at] = not_read(paths[at].name, ended)


def take_in(
    reader: Reader,
    paths: Sequence[Path],
    as_of: date | None = None,
    *,
    commune: str | None = None,
    communes: Mapping[str, str] | None = None,
    include_hidden: bool = False,
    progress: Callable[[float, str], None] = lambda share, doing: None,
) -> Intake:
    """Read lists that speak for a day and compare them with the store. Writes nothing.

    Without a day it is the latest that a title states, else that of the newest list in the store. `communes` says
    whose list a file is, by its name, where nothing in it does. `progress` is told the share done, 0 to 1, and what
    is being done.
    """

    def read(day: date) -> Reading:
        return _read(
            paths,
            vocabulary(reader, day),
            lambda share, doing: progress(0.8 * share, doing),
            default_commune=commune,
            remembered=remembered(reader),
            communes=communes,
            include_hidden=include_hidden,
            as_of=as_of,
            newest=day,
        )

    day = as_of or reader.query("about", Filters(date.today())).data_as_of[0].date()
    reading = read(day)
    stated = max(reading.stated.values(), default=day)
    if as_of is None and stated != day:
        if unit_ids(reader, stated) != unit_ids(reader, day):
            # Other communes existed then.
            reading = read(stated)
        day = stated
    progress(0.8, "Đang so sánh với kho")
    with sandbox.uncollected():
        facts = commit.facts_of(reading, unit_ids(reader, day), day)
    return Intake(reader, day, reading, facts, commit.compare(reader.store, facts, day))


@dataclass(frozen=True)
class Assessed:
    """A list judged without keeping it: what was read, the verdicts row by row, and the store made for that alone.

    `verdicts` has columns row, full_name, position, criterion, verdict, held, required, legal_ref, deadline, reason.
    """

    reading: Reading
    verdicts: pd.DataFrame
    reader: Reader


ASSESSED = [
    "row",
    "full_name",
    "position",
    "criterion",
    "verdict",
    "held",
    "required",
    "legal_ref",
    "deadline",
    "reason",
]


def assess(path: Path, as_of: date, area: str, office: Reader | None = None) -> Assessed:
    """Judge everybody in a list by the law of a day, and keep nothing.

    `area` ('mien_nui', 'dong_bang') is that of rows whose commune nobody knows. With an `office` its own
    words, fields of study and decisions of the province count, and a row that names a commune is judged there;
    without, all rows are judged in one place of that area.
    """
    store = Store(":memory:", create=True)
    reader = store.seen_by(WHOLE_COUNTRY)
    if office:
        _as_in(office.store, store)
    reading = _read([path], vocabulary(reader, as_of), require_commune=False, each_row=True, newest=as_of)
    # Only now: no list is to be taken for one of this place.
    somewhere = ["kiem-tra", "00000", "xã", "Kiểm tra", "00", area.replace("_", " "), area]
    columns = ["unit_id", "code", "kind", "short_name", "province_code", "province", "area"]
    with store.write() as cursor:
        insert(cursor, "unit", pd.DataFrame([somewhere], columns=columns))
    # Registers that lie in the same file say who was where, not who is to be judged.
    judged = replace(reading, history=[], certificates=[])
    units: dict[str | None, str] = {p.commune: "kiem-tra" for p in reading.people}
    if office:
        units |= unit_ids(reader, as_of) | {None: "kiem-tra"}
    facts = commit.facts_of(judged, units, as_of, each_row=True)
    commit.record(
        store, facts, kind="assess", title="Kiểm tra nhanh", as_of=as_of, made_by=getpass.getuser(), strangers=True
    )
    return Assessed(reading, _by_row(judged, reader.query("verdicts", Filters(as_of)), as_of), reader)


def _as_in(office: Store, store: Store) -> None:
    """Give a new store the name of the office and the rows of its own."""
    with store.write() as cursor:
        for table in OFFICE_TABLES:
            insert(cursor, table, office.fetch(f"select * from {table} where origin <> 'goc'"))  # noqa: S608
        insert(cursor, "meta", office.fetch("select name, value from meta where name like 'office_%'"))


def _by_row(reading: Reading, found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Verdicts in the order of the list; a post without a national standard on that day says so."""
    # In a fresh store people are numbered in the order of their rows.
    rows = pd.DataFrame(
        [[i + 1, p.row, p.full_name, post] for i, p in enumerate(reading.people) for post in p.posts],
        columns=["person_id", "row", "full_name", "position"],
    )
    judged = rows.merge(found.drop(columns="full_name"), on=["person_id", "position"], how="left")
    none = judged.verdict.isna()
    judged.loc[none, "verdict"] = "exempt"
    day = date_short(as_of)
    judged.loc[none, "reason"] = f"Không có tiêu chuẩn toàn quốc nào cho chức danh này vào ngày {day}."
    later = [i + 1 for i, p in enumerate(reading.people) if p.started and p.started.on > as_of]
    judged.loc[none & judged.person_id.isin(later), "reason"] = f"Chưa giữ chức vụ này vào ngày {day}."
    return judged[ASSESSED]


def vocabulary(reader: Reader, as_of: date) -> Vocabulary:
    """The words a reader of lists knows, and the communes that exist on the day.

    A word of two posts is that of the one which exists on the day.
    """
    words = reader.store.fetch(
        """
        select w.domain, w.code, w.word, w.origin = 'co_quan' as is_learned
        from word as w
        left join post_period as p on w.domain = 'post' and w.code = p.post
        order by is_there(p.from_on, p.ended_on, $day) desc, w.rowid
        """,
        {"day": as_of},
    )
    periods = reader.store.fetch("select post, from_on, ended_on from post_period")
    fields = reader.store.fetch("select word from field_word order by rowid").word
    units = reader.query("units", Filters(as_of))
    said = words[["domain", "code", "word"]]
    return Vocabulary(
        said[~words.is_learned].itertuples(index=False, name=None),
        dict(zip(units.commune, units.unit_code, strict=True)),
        {str(post): Period(*(_day(on) for on in days)) for post, *days in periods.itertuples(index=False)},
        learned=said[words.is_learned].itertuples(index=False, name=None),
        fields=fields,
        kinds=called(reader, as_of),
    )


def _day(moment: pd.Timestamp) -> date | None:
    return None if pd.isna(moment) else moment.date()


def unit_ids(reader: Reader, as_of: date) -> dict[str | None, str]:
    """The unit version of each commune on the day, by short official name."""
    units = reader.query("units", Filters(as_of))
    return dict(zip(units.commune, units.unit_id, strict=True))


def remembered(reader: Reader) -> Mapping[tuple[str, str], str]:
    """What the officer said of columns: the field by layout and heading."""
    rows = reader.store.fetch("select layout, heading, field from layout_column order by layout, heading")
    return {(layout, heading): field for layout, heading, field in rows.to_numpy().tolist()}


def arrivals(intake: Intake, words: Words) -> pd.DataFrame:
    """People the store does not know as they would be recorded, a row each, under codes that `HEADINGS` names."""
    facts, compared = intake.facts, intake.comparison.people
    new = compared.loc[compared.is_new, ["who", "person_id"]]
    units = {unit: name for name, unit in unit_ids(intake.reader, intake.as_of).items()}
    rows: dict[int, dict[str, str | None]] = {}
    for one in new.merge(facts.people, on="who").to_dict("records"):
        first = {"full_name": one["full_name"], "commune": units.get(one["unit_id"], "")}
        rows.setdefault(one["person_id"], first | {"birth_date": _moment(one["birth_on"], one["birth_precision"])})
    # By person and whether the post is held on the day; registers also name people who have left.
    posts: dict[tuple[int, bool], dict[str, None]] = {}
    for person, post, end in facts.postings.merge(new, on="who")[["person_id", "post", "to_on"]].to_numpy():
        posts.setdefault((person, end is None or end > intake.as_of), {})[words.label("post", post)] = None
    for person, row in rows.items():
        now, before = posts.get((person, True)), posts.get((person, False))
        row["position"] = "; ".join(now) if now else f"Đã thôi: {'; '.join(before)}" if before else None
    rank = dict(zip(zip(words.rows.domain, words.rows.code, strict=True), words.rows["sort"], strict=True))
    levels = facts.qualifications.merge(new, on="who").to_dict("records")
    # The highest of each criterion last, so that it is the one that stays; what is studied for comes after it.
    for q in sorted(levels, key=lambda q: (q["status"] == "dang_hoc", rank.get((q["criterion"], q["level"]), 0))):
        row, level = rows[q["person_id"]], words.label(q["criterion"], q["level"]) if q["level"] else None
        if q["status"] == "dang_hoc":
            known = f"{row[q['criterion']]}; đang học" if row.get(q["criterion"]) else "Đang học"
            row[q["criterion"]] = f"{known} {inside(level)}" if level else known
        elif level:
            row[q["criterion"]] = level
        if q["field"]:
            row["nganh"] = q["field"]
    shown = ["full_name", "birth_date", "commune", "position", *words.options("criterion")]
    return pd.DataFrame(list(rows.values()), columns=shown, dtype=object).dropna(axis="columns", how="all")


def unnamed(intake: Intake) -> pd.DataFrame:
    """Posts of people whom the lists do not name: posting_id, person_id, full_name, commune, post; by commune."""
    missing = intake.comparison.missing.posting_id.tolist()
    return intake.reader.query("unlisted_postings", Filters(intake.as_of), postings=missing)


def differing(intake: Intake, words: Words) -> pd.DataFrame:
    """How known people differ, in words, a row a field: person_id, full_name, commune, kind, field, old, new, needs."""
    people = intake.comparison.people.merge(intake.facts.people, on="who").drop_duplicates("person_id")
    units = {unit: name for name, unit in unit_ids(intake.reader, intake.as_of).items()}
    known = intake.comparison.differences[intake.comparison.differences.kind != "new"]
    rows = known.merge(people[["person_id", "full_name", "unit_id"]], on="person_id", how="left")
    return pd.DataFrame(
        {
            "person_id": rows.person_id,
            "full_name": rows.full_name,
            "commune": [units.get(u, "") for u in rows.unit_id],
            "kind": rows.kind,
            "field": rows.field,
            "old": [_value(words, f, v) for f, v in zip(rows.field, rows.old, strict=True)],
            "new": [_value(words, f, v) for f, v in zip(rows.field, rows.new, strict=True)],
            "needs": rows.needs,
        }
    )


def names_of_facts(words: Words) -> dict[str, str]:
    """What every fact of a person is called, the criteria by their short names, by the fields of `differing`."""
    return {**HEADINGS, **{c: words.short("criterion", c) for c in words.options("criterion")}, **_OF_A_POST}


def _some(said: Sequence[str]) -> str:
    more = len(said) - _MOST_PEOPLE
    return "; ".join(said[:_MOST_PEOPLE]) + (f"; và {number(more)} người nữa" if more > 0 else "")


def _value(words: Words, name: str, value: object) -> str | None:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    text = str(value)
    if text == "dang_hoc":
        return "Đang học"
    if text == "dang_giu":
        return "Đang giữ"
    if name in ("birth_date", "from_on", "to_on", "first_held_on", "obtained_on"):
        moment = partial(text)
        return date_short(moment) if isinstance(moment, date) else moment
    domains = {"position": "post", "gender": "gender", "end_reason": "end_reason"}
    return words.label(domains.get(name, name), text)


def _moment(on: date | None, precision: str | None) -> str | None:
    """A date no more exact than it is known: '20/06/1975', '06/1975', '1975'."""
    if on is None or pd.isna(on):
        return None
    return on.strftime({"nam": "%Y", "thang": "%m/%Y"}.get(str(precision), "%d/%m/%Y"))


def _born(birth: object) -> str:
    moment = partial(str(birth)) if birth is not None and not pd.isna(birth) else None  # type: ignore[call-overload]
    return f", sinh {date_short(moment) if isinstance(moment, date) else moment}" if moment else ""


def _of(communes: object) -> str:
    # Somebody whose posts were all taken back is of no commune.
    return f", {communes}" if isinstance(communes, str) else ""


def title_of(reading: Reading, as_of: date) -> str:
    """What a batch of lists is called: 'Danh sách của Khe Tre, Hương Phú đến 31/12/2018'."""
    communes: Sequence[str] = list(dict.fromkeys(p.commune for p in reading.people if p.commune))
    named = ", ".join(communes) if len(communes) <= 3 else f"{len(communes)} {reading.kinds}"
    what = f"Danh sách của {named}" if communes else "Sổ theo dõi"
    return f"{what} đến {date_short(as_of)}"
