"""Bắt đầu với số liệu thật: an office that has looked at the sample opens a store of its own, kept apart from it."""

from app_pages.start import form
from screen import access, filters, parts

reader = access.reader()
parts.sentence("Mở kho số liệu của cơ quan, chưa có ai; dữ liệu minh hoạ được giữ riêng, không lẫn vào.")
form.draw(reader, filters.words(), filters.about().data_as_of.date())
