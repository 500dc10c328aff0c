# Cho chương trình tự mở khi Windows khởi động, kể cả khi chưa ai đăng nhập, bằng Task Scheduler có sẵn của Windows.
#
# Chạy trong PowerShell mở bằng "Run as administrator", dưới chính tài khoản Windows đã cài chương trình:
#   powershell -ExecutionPolicy Bypass -File dashboard\service\dich-vu-windows.ps1
# Cho máy khác mở (phải có tài khoản trước, và https): thêm -Hosts https://can-bo.tinh.vn
# Dừng, mở: Stop-ScheduledTask chuan-can-bo, Start-ScheduledTask chuan-can-bo. Thôi tự mở: Unregister-ScheduledTask chuan-can-bo
# Không kèm NSSM; ai quen dùng thì cho nó chạy đúng lệnh ở -Execute, -Argument dưới đây.
param([string]$Hosts = "")
$ErrorActionPreference = "Stop"

$folder = (Resolve-Path "$PSScriptRoot\..\..").Path
if ($Hosts) {
    [Environment]::SetEnvironmentVariable("DASHBOARD_HOSTS", $Hosts, "User")
}
$action = New-ScheduledTaskAction -Execute "$folder\.venv\Scripts\python.exe" `
    -Argument "-m streamlit run dashboard\app.py --server.port 8501" -WorkingDirectory $folder
# Không giữ mật khẩu, không có quyền quản trị.
$principal = New-ScheduledTaskPrincipal -UserId "$env:USERDOMAIN\$env:USERNAME" -LogonType S4U -RunLevel Limited
# Mặc định của Windows là tắt sau ba ngày và khi máy chạy pin.
$settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 99 `
    -RestartInterval (New-TimeSpan -Minutes 1) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -MultipleInstances IgnoreNew
Register-ScheduledTask -TaskName "chuan-can-bo" -Action $action -Principal $principal -Settings $settings `
    -Trigger (New-ScheduledTaskTrigger -AtStartup) -Force | Out-Null
Start-ScheduledTask -TaskName "chuan-can-bo"
Write-Host "Đã đặt tự mở khi Windows khởi động. Mở http://127.0.0.1:8501 trong trình duyệt."
