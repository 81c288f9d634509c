import { showTime } from "./times.js";

// What is told by several ways may arrive in any order, and a message does not become less delivered.
const order = ["sending", "unknown", "accepted", "phone", "sent", "failed", "delivered", "read"];
const rank = state => order.indexOf(state);

/** The list of messages. Each message is there once, however often it is told. */
export function createLog(log, template, earlier, empty) {
  const list = log.querySelector("ol");
  const find = id => list.querySelector(`[data-id="${Number(id)}"]`);
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const toEnd = () => { log.scrollTop = log.scrollHeight; };

  function fill(item, message) {
    item.className = message.isLine ? "line" : `bubble ${message.incoming ? "in" : "out"}`;
    item.classList.toggle("deleted", message.isDeleted);
    item.dataset.id = message.id;
    item.dataset.state = message.state;
    const author = item.querySelector(".author");
    author.textContent = message.isLine ? "" : message.author ?? (message.incoming ? "Customer:" : "You:");
    author.classList.toggle("sr", !message.author);
    item.querySelector(".edited").hidden = !message.isEdited;
    item.querySelector(".text").textContent = message.text;
    item.querySelector(".state").textContent = message.stateText;
    showTime(item.querySelector("time"), message.at);
    const problem = item.querySelector(".problem");
    problem.textContent = message.problem ?? "";
    problem.hidden = !message.problem;
    return item;
  }

  function insert(message) {
    const next = [...list.children].find(item => Number(item.dataset.id) > message.id);
    list.insertBefore(fill(template.content.firstElementChild.cloneNode(true), message), next ?? null);
  }

  function put(message) {
    const there = find(message.id);
    const follow = atEnd() || !message.incoming;
    if (there) {
      if (rank(message.state) >= rank(there.dataset.state)) fill(there, message);
    } else {
      insert(message);
    }
    empty.hidden = true;
    if (follow) toEnd();
  }

  const kept = new Map();
  const nameOf = thread => thread ? `${thread.number} ${thread.contact}` : "";
  let paged = false;

  // Who reads the newest goes on reading it when the room changes: a line opens above, a keyboard comes up, a phone comes back from the list.
  let [stays, top] = [true, 0];
  log.addEventListener("scroll", () => {
    if (log.clientHeight > 0) [stays, top] = [atEnd(), log.scrollTop];
  });
  new ResizeObserver(() => {
    if (log.clientHeight > 0) log.scrollTop = stays ? log.scrollHeight : top;
  }).observe(log);

  toEnd();
  return {
    put,
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
      paged = was?.paged ?? false;
      if (!was || was.atEnd) toEnd();
      else log.scrollTop = was.top;
      return !!was;
    },
    hasEarlierPages: () => paged,
    putEarlier(messages) {
      const height = log.scrollHeight;
      // Not news: a screen reader should not read a page of history aloud.
      log.setAttribute("aria-live", "off");
      paged = true;
      for (const message of messages) if (!find(message.id)) insert(message);
      log.scrollTop += log.scrollHeight - height;
      setTimeout(() => log.removeAttribute("aria-live"), 500);
    },
    setEarlier: more => { earlier.hidden = !more; },
    firstId: () => list.firstElementChild?.dataset.id ?? 0,
    /** Changes what stands around the list; who was at its end stays there. */
    follow(change) {
      const follow = atEnd();
      change();
      if (follow) toEnd();
    },
  };
}
