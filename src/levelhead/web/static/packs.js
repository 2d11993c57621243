// In the text of a pack: go to the line that a slip is in, and select it.
(() => {
  "use strict";
  const text = document.getElementById("text");
  const goTo = (line) => {
    const rows = text.value.split("\n");
    const start = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
    text.focus();
    text.setSelectionRange(start, start + (rows[line - 1] ?? "").length);
    text.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(text).lineHeight));
    text.scrollLeft = 0;
  };
  document.querySelector("[data-go-line]")?.addEventListener("click", (event) => goTo(Number(event.target.dataset.goLine)));
  if (text?.dataset.line) goTo(Number(text.dataset.line));
})();
