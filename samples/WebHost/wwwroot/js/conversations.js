import { showTime } from "./times.js";

const key = thread => `${thread.number} ${thread.contact}`;
const hrefOf = thread => `/dashboard?${new URLSearchParams({ number: thread.number, contact: thread.contact })}`;

/** The list of customers, newest first. */
export function createConversations(list, template, none) {
  const unread = new Map();
  const find = thread => [...list.children].find(item => item.dataset.key === key(thread));

  function fill(thread, name, current) {
    const item = find(thread) ?? template.content.firstElementChild.cloneNode(true);
    item.dataset.key = key(thread);
    item.dataset.last = thread.lastId ?? thread.id;
    item.dataset.canReply = thread.canReply;
    item.dataset.contactText = thread.contactText;
    item.querySelector("a").href = hrefOf(thread);
    item.querySelector(".name").textContent = name;
    item.querySelector(".text").textContent = thread.text;
    showTime(item.querySelector("time"), thread.at);
    setCurrent(item, current);
    const badge = item.querySelector(".unread");
    const count = unread.get(item.dataset.key) ?? 0;
    badge.hidden = count === 0;
    badge.textContent = count;
    badge.setAttribute("aria-label", `${count} unread`);
    return item;
  }

  function setCurrent(item, current) {
    if (current) item.querySelector("a").setAttribute("aria-current", "true");
    else item.querySelector("a").removeAttribute("aria-current");
  }

  /** What the list knows of a conversation. */
  function read(item) {
    const [number, contact] = item.dataset.key.split(" ");
    const { contactText } = item.dataset;
    const name = item.querySelector(".name").textContent;
    return { number, contact, contactText, name: name === contactText ? null : name, canReply: item.dataset.canReply === "true" };
  }

  return {
    hrefOf,
    threadOf: link => read(link.closest("li")),
    find: thread => find(thread) ? read(find(thread)) : null,
    focus: thread => (thread && find(thread) || list.firstElementChild)?.querySelector("a").focus(),
    /** Shows a message's conversation on top; true when the message is newer than what was shown. */
    put(message, { unread: isUnread, current }) {
      const there = find(message);
      const last = Number(there?.dataset.last ?? 0);
      // The newest one was changed or deleted.
      if (there && last === message.id) there.querySelector(".text").textContent = message.text;
      if (there && last >= message.id) return false;
      if (isUnread) unread.set(key(message), (unread.get(key(message)) ?? 0) + 1);
      list.prepend(fill(message, message.name ?? message.contactText, current));
      none.hidden = true;
      return true;
    },
    replace(threads, open) {
      const isOpen = thread => open?.number === thread.number && open?.contact === thread.contact;
      const focused = document.activeElement?.closest("#conversations li")?.dataset.key;
      list.replaceChildren(...threads.map(thread => fill(thread, thread.name ?? thread.contactText, isOpen(thread))));
      if (focused) [...list.children].find(item => item.dataset.key === focused)?.querySelector("a").focus();
      none.hidden = threads.length > 0;
    },
    mark(thread) {
      const open = thread && key(thread);
      unread.delete(open);
      for (const item of list.children) {
        setCurrent(item, item.dataset.key === open);
        if (item.dataset.key === open) item.querySelector(".unread").hidden = true;
      }
    },
  };
}
