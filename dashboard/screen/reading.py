"""What reading files found and could not take, for every page on which files are dropped."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from core.vietnamese import number
from intake.reading import Issue, Reading
from screen.markdown import escaped

# More of one kind than this nobody works through on a screen.
MOST_SHOWN = 50


def not_taken(reading: Reading, leave_out: Callable[[set[str]], None] | None = None) -> None:
    """What was not read at all, above everything else: files, and rows that belong to no table.

    `leave_out` is offered for the names of the files that cannot be read, where there are many.
    """
    _whole(reading.unreadable, leave_out)
    if not (lost := reading.lost()):
        return
    st.warning(
        f"**{number(lost)} dòng có nội dung nhưng không thuộc bảng nào nên chưa được đọc.** Sửa tiêu đề trong tệp rồi "
        "nạp lại; tiêu đề viết khác thường thì chọn lại ở mục Cột được hiểu như thế nào.",
        icon=":material/table_rows:",
    )
    shown = reading.left_out[:MOST_SHOWN]
    st.table(
        pd.DataFrame(
            {
                "Tệp": [escaped(left.file) for left in shown],
                "Ở đâu": [escaped(left.place) for left in shown],
                "Số dòng": [number(len(left.rows)) for left in shown],
                "Vì sao": [escaped(left.why) for left in shown],
                "Nội dung": [escaped(left.quoted) for left in shown],
            }
        ),
        hide_index=True,
        border="horizontal",
    )
    if len(reading.left_out) > MOST_SHOWN:
        st.caption(f"Còn {number(len(reading.left_out) - MOST_SHOWN)} chỗ nữa.")


def _whole(found: Sequence[Issue], leave_out: Callable[[set[str]], None] | None = None) -> None:
    """Files or sheets of which nothing was read: one of them in its sentence, many in one."""
    if len(found) == 1:
        st.error(escaped(found[0].message), icon=":material/error:")
    if len(found) < 2:
        return
    st.error(f"{number(len(found))} tệp không đọc được; các tệp khác không bị ảnh hưởng.", icon=":material/error:")
    with st.expander("Vì sao từng tệp không đọc được"):
        st.table(
            pd.DataFrame({"Vì sao": [escaped(issue.message) for issue in found]}), hide_index=True, border="horizontal"
        )
    if leave_out:
        names = {issue.file for issue in found}
        st.button(
            f"Bỏ {number(len(names))} tệp không đọc được",
            key="leave-unreadable",
            icon=":material/close:",
            on_click=leave_out,
            args=(names,),
        )


def issues(found: Sequence[Issue]) -> bool:
    """What is wrong in files: what cannot be read at all above, the rest as a table. Whether there is a table."""
    told = [i for i in found if i.row is not None or i.severity != "error"]
    _whole([i for i in found if i not in told])
    if not told:
        return False
    st.subheader(f"Vấn đề trong tệp ({number(len(told))})", anchor=False)
    shown = told[:MOST_SHOWN]
    st.table(
        pd.DataFrame({"Tệp": [escaped(i.file) for i in shown], "Nội dung": [escaped(i.message) for i in shown]}),
        hide_index=True,
        border="horizontal",
    )
    if len(told) > MOST_SHOWN:
        st.caption(f"Còn {number(len(told) - MOST_SHOWN)} vấn đề nữa.")
    return True
