import { showTime } from "./times.js";
import { say } from "./words.js";

const key = thread => `${thread.number} ${thread.contact}`;
const hrefOf = thread => `/dashboard?${new URLSearchParams({ number: thread.number, contact: thread.contact })}`;

/** The list of customers, newest first. What is read is kept by the server; between two answers of it the page counts on. */
export function createConversations({ list, template, none, more, search, unread, next, load, nameOf }) {
  const find = thread => [...list.children].find(item => item.dataset.key === key(thread));
  const title = document.title.replace(/^\(\d+\) /, "");
  let [total, after, looked, isPaged] = [Number(unread), next, search.value.trim(), false];

  function fill(thread, current) {
    const item = find(thread) ?? template.content.firstElementChild.cloneNode(true);
    item.dataset.key = key(thread);
    item.dataset.last = thread.lastId;
    item.dataset.canReply = thread.canReply;
    item.dataset.contactText = thread.contactText;
    item.dataset.until = thread.until ?? "";
    item.querySelector("a").href = hrefOf(thread);
    item.querySelector(".name").textContent = thread.name ?? thread.contactText;
    item.querySelector(".text").textContent = thread.text;
    item.querySelector(".own").hidden = !thread.isOwn;
    item.querySelector(".failed").hidden = !thread.isFailed;
    const through = item.querySelector(".through");
    through.textContent = nameOf(thread.number) ?? "";
    through.hidden = !through.textContent;
    showTime(item.querySelector("time"), thread.at);
    setCurrent(item, current);
    setUnread(item, thread.unread);
    return item;
  }

  function setUnread(item, count) {
    item.dataset.unread = count;
    const badge = item.querySelector(".unread");
    badge.hidden = count === 0;
    badge.firstElementChild.textContent = count;
    badge.lastElementChild.textContent = say("unread", count);
  }

  function setCurrent(item, current) {
    if (current) item.querySelector("a").setAttribute("aria-current", "true");
    else item.querySelector("a").removeAttribute("aria-current");
  }

  function showTotal(count) {
    total = Math.max(0, count);
    document.title = total > 0 ? `(${total}) ${title}` : title;
  }

  /** What the list knows of a conversation. */
  function read(item) {
    const [number, contact] = item.dataset.key.split(" ");
    const { contactText, until } = item.dataset;
    const name = item.querySelector(".name").textContent;
    return { number, contact, contactText, name: name === contactText ? null : name, canReply: item.dataset.canReply === "true", until: until || null };
  }

  function replace(page, open) {
    const isOpen = thread => open?.number === thread.number && open?.contact === thread.contact;
    const focused = document.activeElement?.closest("#conversations li")?.dataset.key;
    const named = new Set(page.items.map(key));
    const newest = Math.max(0, ...page.items.map(thread => thread.lastId));
    const rest = [...list.children].filter(item => !named.has(item.dataset.key));
    // What came while this was on its way stays on top; what was shown beyond it stays below.
    const fresh = rest.filter(item => Number(item.dataset.last) > newest);
    const beyond = isPaged && !looked ? rest.filter(item => !fresh.includes(item)) : [];
    list.replaceChildren(...fresh, ...page.items.map(thread => isOlder(thread) ? find(thread) : fill(thread, isOpen(thread))), ...beyond);
    if (focused) [...list.children].find(item => item.dataset.key === focused)?.querySelector("a").focus();
    none.hidden = list.childElementCount > 0;
    none.textContent = looked ? say("nothingFound", looked) : say("noneYet");
    if (beyond.length === 0) setNext(page.next);
    showTotal(page.unread + fresh.filter(item => Number(item.dataset.unread) > 0).length);
  }

  const isOlder = thread => Number(find(thread)?.dataset.last ?? 0) > thread.lastId;

  function setNext(value) {
    after = value || null;
    more.hidden = !after;
  }

  let asked = null;
  search.addEventListener("input", () => {
    clearTimeout(asked);
    asked = setTimeout(() => {
      if (search.value.trim() === looked) return;
      looked = search.value.trim();
      isPaged = false;
      list.replaceChildren();
      load({ fresh: true });
    }, 250);
  });
  search.form.addEventListener("submit", event => event.preventDefault());
  more.querySelector("button").addEventListener("click", async () => {
    const page = await load({ after });
    const first = page?.items[0];
    isPaged = true;
    for (const thread of page?.items ?? []) if (!find(thread)) list.append(fill(thread, false));
    setNext(page?.next);
    if (first) find(first)?.querySelector("a").focus();
  });
  showTotal(total);

  return {
    hrefOf, replace,
    search: () => looked,
    threadOf: link => read(link.closest("li")),
    find: thread => find(thread) ? read(find(thread)) : null,
    first: () => list.firstElementChild ? read(list.firstElementChild) : null,
    size: () => list.children.length,
    focus: thread => (thread && find(thread) || list.firstElementChild)?.querySelector("a").focus(),
    /** Shows a message's conversation on top; true when the message is newer than what was shown. */
    put(message, { unread: isUnread, current }) {
      const there = find(message);
      const last = Number(there?.dataset.last ?? 0);
      // While somebody searches, the list is what was found.
      if (looked && !there) return message.id > last;
      const thread = {
        ...message, lastId: message.id, text: message.line, isOwn: !message.incoming, isFailed: message.state === "failed" || message.state === "unknown",
        unread: Number(there?.dataset.unread ?? 0),
      };
      if (there && last === message.id) fill(thread, current);
      if (there && last >= message.id) return false;
      if (isUnread) {
        if (thread.unread === 0) showTotal(total + 1);
        thread.unread++;
      }
      const item = fill(thread, current);
      if (!looked) list.prepend(item);
      none.hidden = true;
      return true;
    },
    mark(thread, isRead) {
      const open = thread && key(thread);
      for (const item of list.children) {
        setCurrent(item, item.dataset.key === open);
        if (item.dataset.key !== open || !isRead || Number(item.dataset.unread) === 0) continue;
        setUnread(item, 0);
        showTotal(total - 1);
      }
    },
  };
}
