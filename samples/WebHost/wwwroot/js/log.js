import { fill, offerAgain, update } from "./bubble.js";
import { watchFiles } from "./body.js";
import { dayOf } from "./times.js";
import { say } from "./words.js";

const together = 5 * 60 * 1000;
const kept = new Map();
const nameOf = thread => thread ? `${thread.number} ${thread.contact}` : "";

/** The list of messages. Each message is there once, however often it is told. */
export function createLog({ log, template, earlier, below }) {
  const list = log.querySelector("ol");
  const items = () => [...list.children].filter(item => item.dataset.place);
  const find = id => list.querySelector(`[data-id="${Number(id)}"]`);
  const pending = key => key && list.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  let [stays, top, news, paged] = [true, 0, 0, false];

  function insert(item) {
    const [place, id] = [Number(item.dataset.place), Number(item.dataset.id)];
    const next = items().find(other => Number(other.dataset.place) > place || (Number(other.dataset.place) === place && Number(other.dataset.id) > id));
    list.insertBefore(item, next ?? null);
  }

  /** Days stand between messages, and what one person says at once stands together. */
  function arrange() {
    for (const day of list.querySelectorAll(".day")) day.remove();
    let before = null;
    for (const item of items()) {
      const at = new Date(item.querySelector("time").dateTime);
      const isNewDay = before?.at.toDateString() !== at.toDateString();
      if (isNewDay) list.insertBefore(dayItem(at), item);
      const who = item.classList.contains("line") ? null : `${item.classList.contains("in")} ${item.dataset.who}`;
      item.classList.toggle("next", !isNewDay && who !== null && before.who === who && at - before.at < together);
      before = { at, who };
    }
  }

  function dayItem(at) {
    const item = document.createElement("li");
    item.className = "day";
    item.textContent = dayOf(at, { today: say("today"), yesterday: say("yesterday") });
    return item;
  }

  function showNews(count) {
    news = count;
    below.hidden = atEnd();
    below.textContent = news > 0 ? say("below", news) : "↓";
    below.setAttribute("aria-label", news > 0 ? say("below", news) : say("toEnd"));
  }

  function put(message, { quietly = false } = {}) {
    const follow = atEnd() || (!message.incoming && !quietly && !find(message.id));
    const there = find(message.id) ?? pending(message.key);
    if (there) {
      const moved = there.dataset.place !== String(message.place);
      if (there.dataset.id !== String(message.id)) fill(there, message);
      else update(there, message);
      if (moved) insert(there);
    } else {
      insert(fill(template.content.firstElementChild.cloneNode(true), message));
      if (message.incoming && !follow && !quietly) showNews(news + 1);
    }
    arrange();
    if (follow) toEnd();
  }

  // Who reads the newest goes on reading it when the room changes: a line opens above, a keyboard comes up, a phone comes back from the list.
  log.addEventListener("scroll", () => {
    if (log.clientHeight === 0) return;
    [stays, top] = [atEnd(), log.scrollTop];
    showNews(stays ? 0 : news);
  });
  const settle = () => {
    if (log.clientHeight > 0) log.scrollTop = stays ? log.scrollHeight : top;
  };
  new ResizeObserver(settle).observe(log);
  // A picture that comes late makes room for itself.
  list.addEventListener("load", settle, true);
  below.addEventListener("click", () => {
    toEnd();
    log.focus();
  });
  list.addEventListener("click", event => {
    const quoted = event.target.closest(".quote");
    if (!quoted) return;
    event.preventDefault();
    const target = list.querySelector(CSS.escape(quoted.hash) === "\\#" ? ":not(*)" : quoted.hash);
    target?.scrollIntoView({ block: "center" });
    target?.classList.add("shown");
    setTimeout(() => target?.classList.remove("shown"), 1500);
  });
  watchFiles(list);
  for (const item of items()) {
    item.id = `m${item.dataset.id}`;
    offerAgain(item);
  }
  arrange();
  toEnd();

  return {
    put,
    /** A message that is on its way, or that did not leave. */
    putPending(message) {
      put({ id: 0, place: Number.MAX_SAFE_INTEGER, incoming: false, kind: "text", line: message.text, at: new Date().toISOString(), ...message });
    },
    remove: key => {
      const item = pending(key);
      if (item?.dataset.id === "0") item.remove();
    },
    has: key => !!pending(key) && pending(key).dataset.id !== "0",
    last: () => Math.max(0, ...items().map(item => Number(item.dataset.place)).filter(place => place < Number.MAX_SAFE_INTEGER)),
    putAll: messages => { for (const message of messages) put(message, { quietly: true }); },
    putEarlier(messages) {
      const height = log.scrollHeight;
      // Not news: a screen reader should not read a page of history aloud.
      log.setAttribute("aria-live", "off");
      paged = true;
      for (const message of messages) if (!find(message.id)) insert(fill(template.content.firstElementChild.cloneNode(true), message));
      arrange();
      log.scrollTop += log.scrollHeight - height;
      setTimeout(() => log.removeAttribute("aria-live"), 500);
    },
    setEarlier: more => { earlier.hidden = !more; },
    hasEarlierPages: () => paged,
    firstId: () => items()[0]?.dataset.id ?? 0,
    /** Keeps what a conversation shows, and where in it somebody was. */
    leave(thread) {
      if (!thread) return;
      kept.delete(nameOf(thread));
      kept.set(nameOf(thread), { items: [...list.children], top: log.scrollTop, atEnd: atEnd(), hasEarlier: !earlier.hidden, paged });
      if (kept.size > 20) kept.delete(kept.keys().next().value);
    },
    /** Shows what was kept of a conversation; false when there is nothing. */
    enter(thread) {
      const was = kept.get(nameOf(thread));
      list.replaceChildren(...was?.items ?? []);
      earlier.hidden = !was?.hasEarlier;
      [paged, stays, top] = [was?.paged ?? false, was?.atEnd ?? true, was?.top ?? 0];
      settle();
      showNews(0);
      return !!was;
    },
    /** Changes what stands around the list; who was at its end stays there. */
    follow(change) {
      const follow = atEnd();
      change();
      if (follow) toEnd();
    },
  };
}
