// Streamlit has no translations: its own labels are English and its calendars and numbers follow the browser.
// This script runs before Streamlit's, says that the reader is Vietnamese, and puts our words over its labels.
// It matches whole labels only, and only where Streamlit writes its own: somebody may be called "Open".
"use strict";

(() => {
  Object.defineProperty(Navigator.prototype, "language", { get: () => "vi-VN" });
  Object.defineProperty(Navigator.prototype, "languages", { get: () => ["vi-VN", "vi"] });

  // Otherwise a link to a page makes Streamlit look for its server below that page first, and get a 404.
  window.__streamlit = { BACKEND_BASE_URL: new URL("./", window.location.href).href };

  // st.switch_page(page, query_params=...) writes the new query on the old page's address before it opens the new
  // page, and the way back would lead to the old page with filters nobody chose there. Unless the reader did
  // something in between, the two are one step.
  const push = history.pushState;
  let halfway = false;
  for (const deed of ["pointerdown", "keydown", "popstate"])
    window.addEventListener(deed, () => (halfway = false), true);
  history.pushState = function (state, title, url) {
    const samePage = new URL(url, location.href).pathname === location.pathname;
    if (halfway && !samePage) history.replaceState(state, title, url);
    else push.call(history, state, title, url);
    halfway = samePage;
  };

  // Of all the keys that end the typing of a day Streamlit takes it over with Escape only, which closes its calendar.
  window.addEventListener(
    "keydown",
    (event) => {
      const { key, shiftKey, target } = event;
      const field = target.closest?.('[data-testid="stDateInputField"]');
      const parts = [...(field?.querySelectorAll('[role="spinbutton"]') ?? [])];
      const ends = key === "Enter" ? parts.includes(target) : key === "Tab" && !shiftKey && target === parts.at(-1);
      // Without a calendar Escape would close what the field stands in.
      if (!ends || !document.querySelector('[data-testid="stDateInputCalendar"]')) return;
      target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
      if (key === "Tab") return;
      // What is typed without a calendar is never taken over: who types again has to come back into the field.
      field.querySelector('[data-testid="stDateInputCalendarButton"]').focus();
      event.preventDefault();
    },
    true,
  );

  const labels = new Map([
    // Frame of the page
    ["Skip to main content", "Đến nội dung chính"],
    ["Sidebar", "Thanh bên"],
    ["Collapse sidebar", "Thu gọn thanh bên"],
    ["Expand sidebar", "Mở thanh bên"],
    ["Main menu", "Trình đơn"],
    ["Settings", "Thiết lập"],
    ["Theme", "Màu giao diện"],
    ["System", "Theo máy"],
    ["Light", "Sáng"],
    ["Dark", "Tối"],
    ["Print", "In"],
    ["Record screen", "Quay màn hình"],
    ["Link to heading", "Liên kết đến mục này"],
    ["Scroll tabs left", "Cuộn sang trái"],
    ["Scroll tabs right", "Cuộn sang phải"],
    ["Navigate to home page", "Về trang đầu"],
    ["Pagination", "Phân trang"],
    ["Previous page", "Trang trước"],
    ["Next page", "Trang sau"],
    ["Close", "Đóng"],
    ["Dismiss", "Đóng"],
    ["Copied", "Đã chép"],
    ["Copy to clipboard", "Chép vào bộ nhớ tạm"],
    ["Fullscreen", "Phóng to"],
    ["Close fullscreen", "Thu nhỏ"],
    ["Notifications", "Thông báo"],
    // State of the run and of the connection
    ["Running...", "Đang tải…"],
    ["Stopping...", "Đang dừng…"],
    ["Please wait...", "Xin chờ…"],
    ["Stop", "Dừng"],
    ["Retry", "Thử lại"],
    ["Try again", "Thử lại"],
    ["Connecting", "Đang kết nối"],
    ["Connection error", "Mất kết nối với máy chủ"],
    ["Reconnected to server.", "Đã kết nối lại."],
    ["Connection timed out.", "Máy chủ chưa trả lời."],
    [
      "Connection lost. Please wait for the app to reconnect, then try again.",
      "Mất kết nối. Chờ nối lại rồi thử lần nữa.",
    ],
    [
      "Streamlit server is not responding. Are you connected to the internet?",
      "Máy chủ chưa trả lời. Kiểm tra mạng rồi tải lại trang.",
    ],
    ["Unable to connect to Streamlit server", "Chưa nối được với máy chủ"],
    [
      "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:",
      "Chương trình trên máy chủ có thể đã dừng. Khởi động lại bằng lệnh:",
    ],
    ["Page not found", "Không có trang này"],
    [
      "The page that you have requested does not seem to exist. Running the app's main page.",
      "Địa chỉ vừa mở không có; đang hiện trang đầu.",
    ],
    ["Download failed", "Chưa tải được tệp"],
    ["Network error", "Lỗi mạng"],
    // Choosing and typing
    ["Open", "Mở danh sách"],
    ["close icon", "bỏ"],
    ["Clear all", "Bỏ tất cả"],
    ["Clear value", "Xóa giá trị"],
    ["Clear entry", "Xóa"],
    ["No results", "Không có kết quả"],
    ["No options", "Không có lựa chọn"],
    ["No options to select", "Không có lựa chọn"],
    ["Choose an option", "Chọn một mục"],
    ["Choose options", "Chọn"],
    ["Selected values", "Đã chọn"],
    ["Suggestions", "Gợi ý"],
    ["Show suggestions", "Xem gợi ý"],
    ["Show password", "Hiện mật khẩu"],
    ["Hide password", "Ẩn mật khẩu"],
    ["Increment", "Tăng"],
    ["Decrement", "Giảm"],
    ["Press Enter to apply", "Nhấn Enter để áp dụng"],
    ["Press Enter to submit form", "Nhấn Enter để gửi"],
    ["Press Ctrl+Enter to apply", "Nhấn Ctrl+Enter để áp dụng"],
    ["Press ⌘+Enter to apply", "Nhấn ⌘+Enter để áp dụng"],
    // Dates
    ["Calendar", "Lịch"],
    ["Choose date", "Chọn ngày"],
    ["Choose date range", "Chọn khoảng ngày"],
    ["Clear date", "Xóa ngày"],
    ["Clear dates", "Xóa các ngày"],
    ["Empty", "Trống"],
    ["Previous", "Trước"],
    ["Next", "Sau"],
    ["Previous month", "Tháng trước"],
    ["Next month", "Tháng sau"],
    ["Selected date unavailable.", "Không chọn được ngày này."],
    [
      "Use arrow keys to navigate dates. Enter to select. Escape to close.",
      "Dùng phím mũi tên để đổi ngày, Enter để chọn, Esc để đóng.",
    ],
    // Files
    ["Upload", "Chọn tệp"],
    ["Add files", "Thêm tệp"],
    ["file upload", "chọn tệp"],
    ["Drag and drop a file here", "Kéo và thả một tệp vào đây"],
    ["Drag and drop files here", "Kéo và thả các tệp vào đây"],
    ["Only one file is allowed.", "Chỉ nhận một tệp."],
    ["Upload failed", "Chưa nạp được tệp"],
    ["Click to retry upload", "Nhấn để nạp lại"],
    ["Unexpected error. Please try again.", "Có lỗi. Hãy thử lại."],
    ["Error:", "Lỗi:"],
    // Tables
    ["Search", "Tìm trong bảng"],
    ["Close Search", "Đóng tìm kiếm"],
    ["Type to search", "Gõ để tìm"],
    ["Previous Result", "Kết quả trước"],
    ["Next Result", "Kết quả sau"],
    ["Show/hide columns", "Ẩn, hiện cột"],
    ["Clear selection", "Bỏ chọn"],
    ["Dataframe column menu", "Trình đơn của cột"],
    ["Sort ascending", "Xếp tăng dần"],
    ["Sort descending", "Xếp giảm dần"],
    ["Format", "Định dạng"],
    ["Autosize", "Vừa nội dung"],
    ["Pin column", "Ghim cột"],
    ["Unpin column", "Bỏ ghim cột"],
    ["Hide column", "Ẩn cột"],
    ["Automatic", "Tự động"],
    ["Localized", "Theo vùng"],
    ["Plain", "Số trơn"],
    ["Compact", "Rút gọn"],
    ["Percent", "Phần trăm"],
    ["Scientific", "Khoa học"],
    ["Accounting", "Kế toán"],
    ["Duration", "Khoảng thời gian"],
    ["Distance", "Cách nay"],
    ["Statistics", "Thống kê"],
    ["Based on sample", "Theo một phần số liệu"],
    ["Values", "Số giá trị"],
    ["Distinct", "Số giá trị khác nhau"],
    ["Average", "Trung bình"],
    ["Standard deviation", "Độ lệch chuẩn"],
    ["Minimum", "Nhỏ nhất"],
    ["25th percentile", "Tứ phân vị thứ nhất"],
    ["Median", "Trung vị"],
    ["75th percentile", "Tứ phân vị thứ ba"],
    ["Maximum", "Lớn nhất"],
    ["Sum", "Tổng"],
    ["Range", "Khoảng"],
    ["Minimum length", "Độ dài nhỏ nhất"],
    ["Maximum length", "Độ dài lớn nhất"],
    ["Average length", "Độ dài trung bình"],
    ["Distribution histogram", "Biểu đồ phân bố"],
    ["Top values frequency chart", "Biểu đồ các giá trị thường gặp"],
    ["Copy column name", "Chép tên cột"],
    ["Scrollable table", "Bảng cuộn được"],
    ["Add row", "Thêm dòng"],
    ["Delete row(s)", "Xóa dòng"],
    ["No data", "Không có số liệu"],
  ]);

  // What is read out may be the name of a person: of it only these are Streamlit's.
  const spoken = [
    [/^(.+?),? selected$/, "$1, đang chọn"],
    [/^([\d.,]+) options? available\.$/, "Có $1 lựa chọn."],
  ];
  const patterns = [
    ...spoken,
    [/^(\d+)MB per file(.*)$/, "Tối đa $1 MB mỗi tệp$2"],
    [/^Remove (.+)$/, "Bỏ $1"],
    [/^(\d+) results?$/, "$1 kết quả"],
    [/^(\d+) of (\d+) results?$/, "$1 trong $2 kết quả"],
    [/^[a-z0-9_ ]+ icon$/, "biểu tượng"],
    [/^Page (\d+)$/, "Trang $1"],
    [/^Selected Date: (.+)$/, (_, day) => `Ngày đã chọn: ${new Date(day).toLocaleDateString("vi-VN")}`],
    [/^Choose date, (.+)$/, "Chọn ngày, $1"],
    [/^day, (.+)$/, "ngày, $1"],
    [/^month, (.+)$/, "tháng, $1"],
    [/^year, (.+)$/, "năm, $1"],
    // A table's tools carry its name: "Search: Danh sách".
    [
      /^([A-Z][^:]*): (.+)$/,
      (whole, name, table) => (labels.has(name) ? `${labels.get(name)}: ${table}` : whole),
    ],
    [
      /^You can only select up to (\d+) options?\. Remove an option first\.$/,
      "Chỉ chọn được $1 mục. Bỏ bớt một mục trước.",
    ],
    [/^(.*) files are not allowed\.$/, "Không nhận tệp $1."],
    [/^File must be (\S+) or smaller\.$/, "Tệp phải nhỏ hơn $1."],
  ];

  // Where Streamlit's own words stand as text, and what in those places is not its own.
  const chrome = [
    "stSkipToContent", "stHeader", "stStatusWidget", "stMainMenuPopover", "stDialog", "stTooltipContent",
    "InputInstructions", "stFileUploaderDropzone", "stDownloadButton", "stDateInputCalendar", "stPagination",
    "stDataFrameColumnMenu", "stDataFrameColumnFormattingMenu", "stDataFrameColumnVisibilityMenu",
    "stDataFrameStatisticsMenu",
  ];
  const named = (ids) => ids.map((id) => `[data-testid="${id}"]`).join();
  const own = `${named(chrome)}, .gdg-search-status, [role="listbox"], [id^="react-aria-description"]`;
  const office =
    `${named(["stVerticalBlock", "stFileChipName", "stDataFrameStatisticsChart"])}, code, pre, textarea, ` +
    '[role="dialog"] h2 [data-testid="stMarkdownContainer"], [role="listbox"]:not([data-empty]) [role="option"]';
  // The same of attributes. A box to tick, a field and a tag are called what the office calls them.
  const attributes = {
    "aria-label":
      'button, nav, a[href^="#"], input[type="file"], [role="spinbutton"], [role="menu"], span[role="img"], ' +
      `[data-tag] [aria-label], ${named(["stSidebar", "stToastContainer", "stStatusWidgetRunningIcon"])}, ` +
      '[data-testid="stMultiSelectTagsContainer"] > [role="group"], [data-testid="stTable"] [aria-label], ' +
      '[data-testid="stDateInputCalendar"], [data-testid="stDateInputCalendar"] [aria-label], ' +
      '[data-testid="stDataFrameStatisticsChart"], [data-testid="stThemeSwitcher"]',
    title: `button, ${named(["stFileChip"])}`,
    placeholder: "input, textarea",
  };

  const put = (text, dictionary, rules) => {
    const label = text.trim();
    const pattern = rules.find(([english]) => english.test(label));
    const word = dictionary.get(label) ?? (pattern ? label.replace(...pattern) : label);
    return text.replace(label, () => word);
  };
  const vietnamese = (text) => put(text, labels, patterns);
  const readOut = (text) => put(text, new Map(), spoken);

  const translateText = (node) => {
    const [announced, frame, content] = ["[data-live-announcer]", own, office].map((places) =>
      node.parentElement?.closest(places),
    );
    // Of frame and content the inner one decides.
    if (!announced && (!frame || frame.contains(content))) return;
    const text = announced ? readOut(node.data) : vietnamese(node.data);
    if (text !== node.data) node.data = text;
  };

  const translateAttributes = (element) => {
    for (const [name, places] of Object.entries(attributes)) {
      const label = element.getAttribute(name);
      if (!label || !element.matches(places)) continue;
      const text = vietnamese(label);
      if (text !== label) element.setAttribute(name, text);
    }
  };

  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else if (node.nodeType === Node.ELEMENT_NODE) translateAttributes(node);
    }
  };

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "characterData") translateText(change.target);
      else translateAttributes(change.target);
    }
  }).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: Object.keys(attributes),
  });
})();
