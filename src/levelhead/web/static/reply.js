// The reply box: put a rewrite in, copy, and whose turn it is on a conversation of one's own.
(() => {
  "use strict";
  const COPIED_MS = 2000;
  const draft = () => document.getElementById("draft");

  // insertText keeps the browser's own undo: Ctrl+Z brings the old words back.
  const replaceWords = (box, words) => {
    box.focus();
    box.select();
    if (!document.execCommand("insertText", false, words)) {
      box.value = words;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  // What only the agent can know stands in brackets: the first one is selected, ready to be typed over.
  const selectGap = (box) => {
    const gap = /\[[^\]]+\]/.exec(box.value);
    if (gap) box.setSelectionRange(gap.index, gap.index + gap[0].length);
  };
  const copy = async (button) => {
    const said = button.textContent;
    try { await navigator.clipboard.writeText(draft().value); }
    catch { draft().select(); document.execCommand("copy"); }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = said; }, COPIED_MS);
  };
  const nextSpeaker = (speaker) => {
    const choice = document.querySelector(`input[name="speaker"][value="${speaker}"]`);
    if (choice) choice.checked = true;
    const box = draft();
    box.placeholder = speaker === "agent" ? box.dataset.asAgent : box.dataset.asCustomer;
  };

  document.addEventListener("click", (event) => {
    const use = event.target.closest("[data-use]");
    const into = use && (use.dataset.useIn ? document.getElementById(use.dataset.useIn) : draft());
    if (into) {
      replaceWords(into, use.dataset.use);
      selectGap(into);
    }
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
    const example = event.target.closest("[data-example]");
    if (example) {
      const box = document.getElementById("text");
      replaceWords(box, example.dataset.example);
      box.setSelectionRange(0, 0);
      box.scrollTop = 0;
      document.querySelector('select[name="channel"]').value = example.dataset.channel;
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "speaker") return;
    nextSpeaker(event.target.value);
    draft().dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form.reply[method], form.ask");
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.addEventListener("htmx:after:swap", () => {
    const checks = document.getElementById("checks");
    if (checks?.hasChildNodes() && document.activeElement === draft()) checks.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("htmx:after:request", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("form.reply") || !event.detail.ctx.response?.raw?.ok) return;
    const spoke = new FormData(form).get("speaker");
    draft().value = "";
    document.getElementById("checks").replaceChildren();
    nextSpeaker(spoke === "agent" ? "customer" : "agent");
    draft().focus();
  });
})();
