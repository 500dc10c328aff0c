@echo off
chcp 65001 >nul
rem Mở chương trình đã cài, tại http://127.0.0.1:8501; lần đầu, chưa có kho số liệu, nạp dữ liệu minh hoạ.
cd /d "%~dp0..\.."
if not defined DASHBOARD_STORE if not exist .data\can-bo.duckdb .venv\Scripts\python dashboard\manage.py init --sample
.venv\Scripts\python -m streamlit run dashboard\app.py %*
