// Streamlit has no translations (#1353): this puts our words (vi.json) over its own English labels. It matches whole
// labels only, and only where Streamlit writes its own: somebody may be called "Open".
"use strict";

(() => {
  let labels = new Map();
  // What is read out may be the name of a person: of it only the spoken ones are Streamlit's.
  let spoken = [];
  let patterns = [];
  const learn = (words) => {
    const rules = (pairs) => pairs.map(([english, vietnamese]) => [new RegExp(english), vietnamese]);
    labels = new Map(Object.entries(words.labels));
    spoken = rules(words.spoken);
    patterns = [
      ...spoken,
      ...rules(words.patterns),
      [/^Selected Date: (.+)$/, (_, day) => `Ngày đã chọn: ${new Date(day).toLocaleDateString("vi-VN")}`],
      // A table's tools carry its name: "Search: Danh sách".
      [
        /^([A-Z][^:]*): (.+)$/,
        (whole, name, table) => (labels.has(name) ? `${labels.get(name)}: ${table}` : whole),
      ],
    ];
  };

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

  // What was drawn before the words had come is gone through once more.
  fetch("./vi.json")
    .then((answer) => answer.json())
    .then(learn)
    .then(() => translate(document));
})();
