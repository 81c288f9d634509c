import { say } from "./words.js";

/** Hears of messages, and of numbers that stand otherwise, as it happens. The browser reconnects by itself; what it gives up on is tried again here. */
export function connectLive(url, indicator, { onReady, onMessage, onThreads, onNumbers, onSignedOut }) {
  const words = indicator.querySelector("span");
  let source;
  let again;

  function show(live) {
    indicator.hidden = false;
    indicator.classList.toggle("off", !live);
    words.textContent = say(live ? "live" : "reconnecting");
  }

  function open() {
    source = new EventSource(url);
    source.addEventListener("ready", () => {
      show(true);
      onReady();
    });
    source.addEventListener("message", event => onMessage(JSON.parse(event.data)));
    source.addEventListener("threads", onThreads);
    source.addEventListener("numbers", onNumbers);
    source.addEventListener("error", () => {
      show(false);
      // Closed means refused, which may be because the sign-in has ended.
      if (source.readyState === EventSource.CLOSED) refused();
    });
  }

  async function refused() {
    const status = await fetch("/api/chat/conversations").then(answer => answer.status, () => 0);
    if (status === 401) return onSignedOut();
    clearTimeout(again);
    again = setTimeout(open, 10_000);
  }

  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", event => {
    if (event.persisted) open();
  });
  open();
}
