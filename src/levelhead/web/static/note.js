// The note: a line is kept when it is left, news does not touch the form while somebody is in it, one key seals it.
(() => {
  "use strict";
  const COPIED_MS = 2000;
  const SKIP = "hx-morph-skip";
  const form = () => document.querySelector("form[data-note]");
  const send = (into, values) => window.htmx.ajax("POST", into.getAttribute("action"), { source: into.closest(".panel"), swap: "none", values: { csrf: into.csrf.value, ...values } });

  document.addEventListener("focusin", (event) => {
    const into = event.target.closest?.("form[data-note]");
    if (into && event.target.matches("textarea, select")) into.setAttribute(SKIP, "");
  });
  document.addEventListener("focusout", (event) => {
    const into = event.target.closest?.("form[data-note]");
    if (into && !into.contains(event.relatedTarget)) into.removeAttribute(SKIP);
  });
  document.addEventListener("change", (event) => {
    const into = event.target.closest?.("form[data-note]");
    if (!into) return;
    const key = event.target.dataset.key;
    if (key) send(into, { do: "save", key, [event.target.name]: event.target.value });
    else if (event.target.name === "disposition") send(into, { do: "choose", disposition: event.target.value });
  });
  // What the form showed is what is sealed or struck; from then on the page may say how it stands.
  let struck = -1;
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.("form[data-note]")) return;
    event.target.removeAttribute(SKIP);
    if (event.submitter?.name === "strike") struck = [...event.target.querySelectorAll("[name=strike]")].indexOf(event.submitter);
  }, true);
  // Who struck a line by key goes on from where it stood.
  document.addEventListener("htmx:after:swap", () => {
    if (struck < 0 || document.activeElement !== document.body) return;
    const left = [...(form()?.querySelectorAll("[name=strike]") ?? [])];
    left[Math.min(struck, left.length - 1)]?.focus();
    struck = -1;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    const into = form();
    const open = into?.closest("details")?.open;
    const elsewhere = event.target.closest?.("form") && !event.target.closest(".panel:has(form[data-note])");
    if (!open || elsewhere) return;
    event.preventDefault();
    document.activeElement?.blur();
    into.requestSubmit(into.querySelector("[data-seal]"));
    into.closest("details").querySelector("summary").focus();
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-note]");
    if (!button) return;
    const said = button.textContent;
    const shown = document.getElementById("note-text");
    try { await navigator.clipboard.writeText(shown.textContent); }
    catch {
      shown.hidden = false;
      getSelection().selectAllChildren(shown);
      document.execCommand("copy");
      shown.hidden = true;
    }
    button.textContent = button.dataset.copyNote;
    setTimeout(() => { button.textContent = said; }, COPIED_MS);
  });
})();
