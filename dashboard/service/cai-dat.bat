@echo off
chcp 65001 >nul
rem Cài hoặc nâng cấp chương trình từ gói này, không cần mạng: cai-dat.bat [THƯ-MỤC] [--khong-chay].
py -3.11 -c "" 2>nul
if errorlevel 1 (
  echo Cần Python 3.11 bản 64 bit. Cài từ tệp python-3.11.9-amd64.exe của python.org rồi chạy lại.
  pause
  exit /b 1
)
py -3.11 -B "%~dp0chuong-trinh\dashboard\service\install.py" %*
if errorlevel 1 pause
