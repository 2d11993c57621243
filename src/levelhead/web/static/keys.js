// Single keys. They rest while a field has the focus, and can be turned off in the dialog.
(() => {
  "use strict";
  const KEPT = "levelhead.keys";
  const isOn = () => localStorage.getItem(KEPT) !== "off";
  const inField = (target) => target instanceof Element && target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

  const step = (by) => {
    const items = [...document.querySelectorAll("[data-item], .turn")].filter((item) => item.offsetParent);
    if (!items.length) return;
    const here = items.indexOf(document.activeElement.closest("[data-item], .turn"));
    const from = here < 0 ? (by > 0 ? -1 : items.length) : here;
    items[Math.min(Math.max(from + by, 0), items.length - 1)].focus();
  };
  const opens = (key) => {
    const panel = [...document.querySelectorAll("[data-panel-key]")].find((one) => one.dataset.panelKey === key);
    return panel && (() => {
      panel.open = !panel.open;
      panel.querySelector(panel.open ? "summary ~ div :is(button, input:not([type=hidden]), select, textarea, a)" : "summary")?.focus();
    });
  };
  // In a line of promises its own button; anywhere else on the page of a conversation the first that waits there.
  const promised = (what) => {
    const line = document.activeElement.closest("li:has(.promise)");
    (line ?? document.querySelector("[data-promises]"))?.querySelector(`[data-${what}]`)?.click();
  };
  const actions = {
    "?": () => document.getElementById("how").showModal(),
    "/": () => document.querySelector("[data-search]")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    // The one that was heard last and waits for a word: it is confirmed, or gets the first of the times offered.
    c: () => [...document.querySelectorAll("[data-promises] :is(form[action$='/confirm'] button, .times [data-yes])")].at(-1)?.click(),
    m: () => document.querySelector('[data-key="m"]')?.click(),
    y: () => promised("yes"),
    u: () => promised("undo"),
    1: () => document.querySelector('[data-key="1"]')?.click(),
    2: () => document.querySelector('[data-key="2"]')?.click(),
    3: () => document.querySelector('[data-key="3"]')?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape" && inField(event.target)) { event.target.blur(); return; }
    if (!isOn() || inField(event.target) || document.querySelector("dialog[open]")) return;
    const action = actions[event.key] ?? opens(event.key);
    if (action) { event.preventDefault(); action(); }
  });
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("keys-on");
    box.checked = isOn();
    box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
  });
})();
