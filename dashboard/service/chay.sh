#!/bin/sh
# Mở chương trình đã cài, tại http://127.0.0.1:8501; lần đầu, chưa có kho số liệu, nạp dữ liệu minh hoạ.
cd "$(dirname "$0")/../.." || exit 1
python="${VENV:-.venv}/bin/python"
store="${DASHBOARD_STORE:-.data/can-bo.duckdb}"
case "$store" in
*:*) ;;
*) [ -e "$store" ] || "$python" dashboard/manage.py init --sample || exit ;;
esac
exec "$python" -m streamlit run dashboard/app.py "$@"
