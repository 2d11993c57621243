// A button that copies what is shown once; without script, or where the browser allows neither way, it stays hidden.
(() => {
  "use strict";
  const byHand = (shown) => {
    getSelection().selectAllChildren(shown);
    return document.execCommand("copy");
  };
  const copied = async (shown) => {
    // Over plain http, browsers have no clipboard for pages.
    if (!navigator.clipboard) return byHand(shown);
    try {
      await navigator.clipboard.writeText(shown.textContent);
      return true;
    } catch {
      return byHand(shown);
    }
  };
  for (const button of document.querySelectorAll("[data-copy-from]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (await copied(document.getElementById(button.dataset.copyFrom))) button.textContent = button.dataset.copied;
    });
  }
})();
