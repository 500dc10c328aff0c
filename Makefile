PYTHON ?= $(shell for p in python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# $(call install,packages): from Debian when we are root there, otherwise say in one line what to install.
define install
{ if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(1) >/dev/null; \
else \
	echo "Thiếu phần mềm, hãy cài: sudo apt-get install --no-install-recommends" $(1) >&2; exit 1; \
fi; }
endef

.PHONY: help run test lint fuzz bench office bundle tools clean

help:
	@echo "make run    mở chương trình tại http://127.0.0.1:8501 (lần đầu tạo số liệu minh họa)"
	@echo "make test   kiểm tra mã nguồn và chạy mọi bài kiểm thử"
	@echo "make lint   chỉ kiểm tra mã nguồn"
	@echo "make fuzz   đọc hàng nghìn tệp bị làm hỏng ngẫu nhiên (FUZZ_RUNS=5000), tắt ngang khi đang ghi (KILLS=25 mỗi việc)"
	@echo "make bench  đo tốc độ"
	@echo "make office thử chương trình sau một nginx thật, xem lại dịch vụ của systemd"
	@echo "make bundle gom chương trình và thư viện vào .bundle/ cho máy không có mạng, rồi cài thử khi đã cắt mạng"
	@echo "make clean  xóa môi trường và tệp tạm, giữ nguyên số liệu"

run: $(VENV)/.app
	@VENV=$(VENV) sh dashboard/service/chay.sh

test: lint tools
	$(BIN)/pytest -n 2

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --nocolor --disable-progress-bar --processes 2 queries
	$(BIN)/mypy dashboard

fuzz: $(VENV)/.dev tools
	FUZZ_RUNS=$${FUZZ_RUNS:-5000} KILLS=$${KILLS:-25} $(BIN)/pytest -n 2 -rP tests/intake/test_fuzz_lists.py tests/attack/test_kills.py

bench: $(VENV)/.dev
	$(BIN)/python tests/benchmarks/run.py

office: $(VENV)/.dev
	@missing=""; \
	command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing="$$missing nginx-light"; \
	command -v openssl >/dev/null || missing="$$missing openssl"; \
	command -v systemd-analyze >/dev/null || missing="$$missing systemd"; \
	[ -z "$$missing" ] || $(call install,$$missing)
	PATH="$$PATH:/usr/sbin" $(BIN)/pytest tests/attack/behind_nginx.py tests/service/unit_verified.py

# Asks the registry for the wheels of both systems, so it is no part of `make test`.
bundle: $(VENV)/.dev
	$(BIN)/python dashboard/service/bundle.py $${BUNDLE:-.bundle}
	BUNDLE=$${BUNDLE:-.bundle} $(BIN)/pytest tests/service/bundle_proven.py

# The browser tests drive Debian's Chromium; the Excel tests print through LibreOffice, whose Times New Roman
# is Liberation Serif (version 2: the first had no Vietnamese letters), and look at the page with pdftoppm.
tools:
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-calc"; \
	fc-list :lang=vi family 2>/dev/null | grep -q "Liberation Serif" || missing="$$missing fontconfig fonts-liberation2"; \
	command -v pdftoppm >/dev/null || missing="$$missing poppler-utils"; \
	[ -z "$$missing" ] || $(call install,$$missing)

clean:
	rm -rf $(VENV) .pytest_cache .hypothesis .ruff_cache .mypy_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Cần Python 3.11 trở lên, hãy cài: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(call install,python3-venv)
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.app: requirements.txt | $(BIN)/python
	@echo "Đang cài các thư viện…"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Đang cài các thư viện và công cụ kiểm thử…"
	@$(PIP) -r requirements-dev.txt
	@touch $@
