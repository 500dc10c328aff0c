// What the installed Streamlit does wrong in a browser, mended before its own script runs. Each says for which version
// it was written and which of Streamlit's issues (github.com/streamlit/streamlit) tells of it: look there at an upgrade.
"use strict";

(() => {
  // Streamlit 1.67, #1353: calendars and numbers follow the browser, and nothing else says in which language.
  Object.defineProperty(Navigator.prototype, "language", { get: () => "vi-VN" });
  Object.defineProperty(Navigator.prototype, "languages", { get: () => ["vi-VN", "vi"] });

  // Streamlit 1.67, #7074: otherwise a link to a page makes it look for its server below that page first, and get a 404.
  window.__streamlit = { BACKEND_BASE_URL: new URL("./", window.location.href).href };

  // Streamlit 1.67, #8102 and #9049: st.switch_page(page, query_params=...) writes the new query on the old page's
  // address before it opens the new page, and the way back would lead to the old page with filters nobody chose there.
  // Unless the reader did something in between, the two are one step.
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

  // Streamlit 1.67: a table that gets the focus chooses its first cell, and so a tap on its head, which is to sort, opened
  // a row. The head is as high as a row, 2.1875rem. No issue tells of it yet.
  let onHead = false;
  window.addEventListener(
    "pointerdown",
    ({ target, clientY }) => {
      const table = target.closest?.('[data-testid="stDataFrame"]');
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      onHead = !!table && clientY - table.getBoundingClientRect().top < 2.1875 * rem;
    },
    true,
  );
  window.addEventListener(
    "focusin",
    (event) => {
      if (onHead && event.target.closest('[data-testid="stDataFrame"]')) event.stopImmediatePropagation();
      onHead = false;
    },
    true,
  );

  // Streamlit 1.67, #16426: of all the keys that end the typing of a day only Escape, which closes the calendar, has
  // it taken over.
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
})();
