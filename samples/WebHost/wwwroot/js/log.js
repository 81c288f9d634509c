import { showTime } from "./times.js";

// What is told by several ways may arrive in any order, and a message does not become less delivered.
const order = ["sending", "unknown", "accepted", "sent", "failed", "delivered", "read"];
const rank = state => order.indexOf(state);

/** The list of messages. Each message is there once, however often it is told. */
export function createLog(list, template, earlier, empty) {
  const find = id => list.querySelector(`[data-id="${Number(id)}"]`);
  const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const toEnd = () => { list.scrollTop = list.scrollHeight; };

  function fill(item, message) {
    item.className = `bubble ${message.incoming ? "in" : "out"}`;
    item.dataset.id = message.id;
    item.dataset.state = message.state;
    item.querySelector(".author").textContent = message.incoming ? "Customer:" : "You:";
    item.querySelector(".text").textContent = message.text;
    item.querySelector(".state").textContent = message.stateText;
    showTime(item.querySelector("time"), message.at);
    const problem = item.querySelector(".problem");
    problem.textContent = message.problem ?? "";
    problem.hidden = !message.problem;
    return item;
  }

  const create = message => fill(template.content.firstElementChild.cloneNode(true), message);

  function put(message) {
    const there = find(message.id);
    const follow = atEnd() || !message.incoming;
    if (there) {
      if (rank(message.state) >= rank(there.dataset.state)) fill(there, message);
    } else {
      const next = [...list.querySelectorAll("[data-id]")].find(item => Number(item.dataset.id) > message.id);
      list.insertBefore(create(message), next ?? null);
    }
    empty.hidden = true;
    if (follow) toEnd();
  }

  toEnd();
  return {
    put,
    putEarlier(messages) {
      const height = list.scrollHeight;
      // Not news: a screen reader should not read a page of history aloud.
      list.setAttribute("aria-live", "off");
      for (const message of messages) if (!find(message.id)) earlier.parentNode.insertBefore(create(message), list.querySelectorAll("[data-id]")[0] ?? null);
      list.scrollTop += list.scrollHeight - height;
      setTimeout(() => list.removeAttribute("aria-live"), 500);
    },
    setEarlier: more => { earlier.hidden = !more; },
    firstId: () => list.querySelector("[data-id]")?.dataset.id ?? 0,
    clear: () => { for (const item of list.querySelectorAll("[data-id]")) item.remove(); },
  };
}
