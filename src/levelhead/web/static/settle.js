// Twenty seconds before a hard conversation. Nothing of it leaves this page: no request, no note, nothing kept.
(() => {
  "use strict";
  const SECONDS = 20;
  const moment = document.querySelector("[data-settle]");
  const rest = document.querySelector("[data-after-settling]");
  if (!moment || !rest) return;
  const over = () => {
    clearTimeout(timer);
    document.removeEventListener("keydown", leave);
    moment.hidden = true;
    rest.hidden = false;
    rest.querySelector(".primary")?.focus();
  };
  const leave = (event) => { if (event.key === "Escape") over(); };
  moment.hidden = false;
  rest.hidden = true;
  const timer = setTimeout(over, SECONDS * 1000);
  document.addEventListener("keydown", leave);
  const skip = moment.querySelector("[data-settled]");
  skip.addEventListener("click", over);
  skip.focus();
})();
