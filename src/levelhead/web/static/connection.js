// Says plainly when the stream of news is broken, and when it is whole again. The stream itself reconnects and then
// brings every region as it stands, so nothing is missed.
(() => {
  "use strict";
  const RETRY_MS = 3000;
  const STAYS_MS = 4000;
  const line = () => document.getElementById("lost");
  let lost = false;
  let hiding = 0;

  const say = (text, isBack) => {
    clearTimeout(hiding);
    line().classList.toggle("back", isBack);
    line().textContent = text;
    if (isBack || !lost) hiding = setTimeout(() => { line().textContent = ""; }, STAYS_MS);
  };
  const isLive = (event) => event.target instanceof Element && event.target.matches("[data-live]");

  // A draft is checked while somebody types: they have sent nothing, and know already that the line is broken.
  const asksByItself = (event) => lost && event.target instanceof Element && event.target.matches("textarea");

  const broke = () => {
    if (lost) return;
    lost = true;
    say(line().dataset.lost, false);
  };
  const healed = () => {
    if (!lost) return;
    lost = false;
    say(line().dataset.back, true);
  };
  // The extension reconnects only a stream that once stood; a first attempt that fails is tried again here.
  const again = (element) => setTimeout(() => {
    if (!element._htmx?.sse) window.htmx.ajax("GET", element.getAttribute("hx-sse:connect"), { source: element });
  }, RETRY_MS);

  // Given to somebody else, or cleared: to try again would only fail again.
  const gone = new WeakSet();
  const isGone = (event) => {
    if (event.detail?.status !== 404) return false;
    gone.add(event.target);
    lost = true;
    say(line().dataset.gone, false);
    return true;
  };

  document.addEventListener("htmx:sse:before:connection", (event) => {
    if (gone.has(event.target)) event.preventDefault();
  });
  document.addEventListener("htmx:sse:error", (event) => { if (!isGone(event)) broke(); });
  document.addEventListener("htmx:sse:after:connection", healed);
  document.addEventListener("htmx:error", (event) => {
    if (isLive(event)) { broke(); if (!event.target._htmx?.sse) again(event.target); }
    else if (!asksByItself(event)) say(line().dataset.notSent, false);
  });
  document.addEventListener("htmx:response:error", (event) => {
    const answer = event.detail?.ctx;
    if (answer?.response?.status === 401) { lost = true; say(line().dataset.signedOut, false); return; }
    if (isLive(event)) { broke(); if (!event.target._htmx?.sse) again(event.target); return; }
    const isPlain = answer?.response?.headers?.get("content-type")?.startsWith("text/plain");
    say(isPlain && answer.text ? answer.text : line().dataset.notSent, false);
  });
})();
