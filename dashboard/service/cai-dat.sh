#!/bin/sh
# Cài hoặc nâng cấp chương trình từ gói này, không cần mạng: sh cai-dat.sh [THƯ-MỤC] [--khong-chay].
here="$(cd "$(dirname "$0")" && pwd)" || exit 1
for python in python3.11 python3 python; do
	if "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
		exec "$python" -B "$here/chuong-trinh/dashboard/service/install.py" "$@"
	fi
done
echo "Cần Python 3.11 (Debian 12 có sẵn: apt-get install python3). Cài rồi chạy lại." >&2
exit 1
