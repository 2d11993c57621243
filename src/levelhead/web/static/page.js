// What the page does by itself: keeps the newest turn in sight, filters the list, switches tabs, opens the dialog.
(() => {
  "use strict";
  const NEAR_PX = 120;
  const narrow = window.matchMedia("(max-width: 900px)");
  let atEnd = true;

  const flow = () => document.querySelector("[data-flow]");
  const toEnd = () => {
    const box = flow();
    if (!box || location.hash.startsWith("#turn-")) return;
    if (!narrow.matches) box.scrollTo({ top: box.scrollHeight, behavior: "instant" });
    else if (!document.activeElement?.closest(".reply")) document.querySelector(".turn:last-child")?.scrollIntoView({ block: "end", behavior: "instant" });
  };
  // On a narrow screen the page itself scrolls, and its newest turn ends above the pinned card.
  const isAtEnd = () => {
    const box = flow();
    if (!narrow.matches) return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    return document.querySelector(".turn:last-child").getBoundingClientRect().top < innerHeight;
  };

  const filter = () => {
    const field = document.querySelector("[data-filter]");
    if (!field) return;
    const wanted = field.value.trim().toLowerCase();
    const items = [...document.querySelectorAll("#list li")];
    for (const item of items) item.hidden = Boolean(wanted) && !item.textContent.toLowerCase().includes(wanted);
    document.getElementById("none-found").hidden = !wanted || items.some((item) => !item.hidden);
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (flow()) document.addEventListener("scroll", () => { atEnd = isAtEnd(); }, { passive: true, capture: true });
    toEnd();
    // The curve, the reply and its checks change height: the newest turn stays where it can be read.
    if (flow()) new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(flow());
  });
  document.addEventListener("htmx:after:swap", () => { if (atEnd) toEnd(); filter(); });
  // Help lines come before everything else, once; whoever closes them again has them out of the way.
  const opened = new WeakSet();
  const openAtOnce = () => {
    for (const urgent of document.querySelectorAll(".panel [data-opens]")) {
      if (!opened.has(urgent)) {
        urgent.closest("details").open = true;
        // On a narrow screen it is behind a tab; nobody is taken away from what they are typing.
        if (narrow.matches && !document.activeElement?.closest(".reply")) document.querySelector('[data-tab="do"]')?.click();
      }
      opened.add(urgent);
    }
  };
  document.addEventListener("DOMContentLoaded", openAtOnce);
  document.addEventListener("htmx:after:swap", openAtOnce);
  // A form in a dialog that was taken closes it; the page shows the change by itself.
  document.addEventListener("htmx:after:request", (event) => {
    const dialog = event.target.closest?.("dialog");
    const isTaken = event.target instanceof HTMLFormElement && event.detail.ctx.response?.raw?.ok;
    if (dialog && isTaken) dialog.close();
    if (isTaken && event.target.matches("[data-clears]")) event.target.reset();
  });
  document.addEventListener("input", (event) => { if (event.target.matches?.("[data-filter]")) filter(); });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open).showModal();
    if (event.target instanceof HTMLDialogElement) event.target.close();
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    const tab = event.target.closest("[data-tab]");
    if (tab) {
      tab.closest("[data-show]").dataset.show = tab.dataset.tab;
      for (const other of tab.parentElement.children) other.setAttribute("aria-pressed", String(other === tab));
      if (tab.dataset.tab === "turns") toEnd();
      else window.scrollTo({ top: 0, behavior: "instant" });
    }
    // A link to a turn from the other tab shows that turn.
    const link = event.target.closest('a[href^="#turn-"]');
    if (link && narrow.matches) document.querySelector('[data-tab="turns"]')?.click();
  });
})();
