"""What the page Nghĩa vụ bồi dưỡng says in words: how many have not done the training they owe, and by which rule."""

from datetime import date, timedelta

import pandas as pd

from core.columns import HEADINGS
from core.store import Filters, Reader
from core.vietnamese import date_short, number, percent
from core.words import Words, as_text
from screen import wording
from screen.markdown import escaped

NOTHING = "Mọi người phải học đều đã học."
_NO_VERDICT = "Đây là nghĩa vụ sau khi nhận chức vụ, không phải kết luận đạt hay chưa đạt chuẩn."


def sentence(total: pd.Series) -> str:
    """The page in one sentence, from the row of `training_total`: '71 trong 152 người … chưa hoàn thành (46,71%)'."""
    bound, not_done, unknown = (int(total[c]) for c in ("bound", "not_done", "unknown"))
    whose = f"{number(bound)} người phải học bồi dưỡng sau khi nhận chức vụ"
    missing = f"{number(unknown)} người chưa có dữ liệu, cần hỏi lại xã."
    if not_done:
        said = f"{number(not_done)} trong {whose} chưa hoàn thành ({percent(total.share_not_done)})"
        return f"{said}; {missing}" if unknown else f"{said}."
    return f"Chưa thấy ai chưa hoàn thành trong {whose}; {missing}" if unknown else f"Cả {whose} đều đã học."


def cited(rules: pd.DataFrame) -> str:
    """By which rules of the day, rows of `training_rules`, and how sure we are of them."""
    now = rules[rules.in_force].legal_ref
    return f"Căn cứ: {'; '.join(dict.fromkeys(now))}. {_NO_VERDICT}"


def in_words(rules: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rules of the day for a place that reads Markdown, each with how it is known, in short."""
    shown = words.present(rules.loc[rules.in_force, ["legal_ref", "posts", "training"]])
    known = [words.short("confidence", c) for c in rules.confidence[rules.in_force]]
    return shown.assign(**{HEADINGS["confidence"]: known}).map(lambda value: escaped(as_text(value)))


def nobody(reader: Reader, chosen: Filters, rules: pd.DataFrame) -> str:
    """Why nobody owes any training on this day: no rule any more, none of these people, or nobody in post."""
    day = date_short(chosen.as_of)
    if rules.empty:
        return f"Không có quy định nào đòi những người đang chọn học bồi dưỡng sau khi nhận chức vụ vào ngày {day}."
    if not rules.in_force.any():
        last = _last(rules)
        ended = date_short(last.last_on.iloc[0] + timedelta(days=1))
        return f"Từ {ended} không còn quy định nào đòi học bồi dưỡng sau khi nhận chức vụ."
    return wording.unfilled(reader, chosen) or (
        f"Không ai trong những người đang chọn giữ chức vụ mà quy định của ngày {day} đòi học bồi dưỡng."
    )


def why_ended(rules: pd.DataFrame) -> str:
    """Which text ended the last rules, and what is known of it; empty while one is in force or there was none."""
    if rules.empty or rules.in_force.any():
        return ""
    last = _last(rules)
    ended, before = ("; ".join(dict.fromkeys(of)) for of in (last.ended_by, last.legal_ref))
    return " ".join([f"{ended} chấm dứt quy định trước đó: {before}.", *dict.fromkeys(last.note.dropna())])


def last_day(rules: pd.DataFrame) -> date | None:
    """The last day on which any of the rules was in force; nothing while one is, or where there never was one."""
    return None if rules.empty or rules.in_force.any() else rules.last_on.max().date()


def _last(rules: pd.DataFrame) -> pd.DataFrame:
    return rules[rules.last_on == rules.last_on.max()]
