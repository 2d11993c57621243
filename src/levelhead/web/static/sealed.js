// What is kept sealed: one value at a time, asked for when it is wanted and taken out of the page again soon after.
(() => {
  "use strict";
  const SHOWN_MS = 20000;
  const hiding = new WeakMap();
  const told = () => document.getElementById("unsealed");

  const hide = (button) => {
    clearTimeout(hiding.get(button));
    if (!button.dataset.hint) return;
    button.querySelector("[data-value]").textContent = button.dataset.hint;
    delete button.dataset.hint;
    button.classList.remove("open");
    told().textContent = "";
  };
  const hideAll = () => { for (const button of document.querySelectorAll("[data-sealed].open")) hide(button); };

  const show = async (button) => {
    const csrf = button.closest("[data-csrf]").dataset.csrf;
    const line = document.getElementById("lost");
    let answer;
    try { answer = await fetch(button.dataset.sealed, { method: "POST", headers: { "x-csrf-token": csrf } }); }
    catch { line.textContent = line.dataset.notSent; return; }
    if (!answer.ok) { line.textContent = answer.status === 401 ? line.dataset.signedOut : line.dataset.notSent; return; }
    const { value } = await answer.json();
    hideAll();
    const place = button.querySelector("[data-value]");
    button.dataset.hint = place.textContent;
    place.textContent = value;
    button.classList.add("open");
    told().textContent = value;
    hiding.set(button, setTimeout(() => hide(button), SHOWN_MS));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sealed]");
    if (!button) return;
    if (button.classList.contains("open")) hide(button);
    else show(button);
  });
  // A page that is left keeps no value for whoever comes back to it.
  window.addEventListener("pagehide", hideAll);
})();
