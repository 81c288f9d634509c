import { connectLive } from "./live.js";
import { createActs } from "./acts.js";
import { createConversations } from "./conversations.js";
import { createComposer } from "./composer.js";
import { createDrafts } from "./drafts.js";
import { createLog } from "./log.js";
import { createNumbers } from "./numbers.js";
import { createOutbox } from "./outbox.js";
import { ask, change, leave } from "./server.js";
import { say } from "./words.js";

const root = document.getElementById("chat");
if (root) start(root);

function start(root) {
  const part = id => document.getElementById(id);
  const isPhone = matchMedia("(max-width: 47rem)");
  const { dataset } = root;
  const log = createLog({ log: part("log"), template: part("message-template"), earlier: part("earlier"), below: part("below") });
  const drafts = createDrafts(dataset.account);
  let open = dataset.contact ? { number: dataset.number, contact: dataset.contact, until: dataset.until || null, canReply: dataset.canReply === "true" } : null;
  // What the page came with is not asked for again.
  let told = 0;
  let tags = { list: dataset.listTag, thread: dataset.threadTag };

  const numbers = createNumbers(part("numbers-status"), { openThread: () => open && { number: open.number, contact: open.contact }, around: stand, onSignedOut: leave });
  const outbox = createOutbox(dataset.account, {
    show: message => isOpen(message) && log.putPending(message),
    drop: key => log.remove(key),
    shown: message => arrived(message),
  });
  const composer = createComposer(part("compose"), {
    drafts, outbox, thread: () => open && { number: open.number, contact: open.contact }, canBegin: number => numbers.beginnable().has(number), onStanding: () => log.follow(() => {}),
  });
  const conversations = createConversations({
    list: part("conversations"), template: part("conversation-template"), none: part("no-conversations"), more: part("more-list"), search: part("search"),
    unread: dataset.unread, next: dataset.next, nameOf: numbers.nameOf, load: loadList,
  });
  const explain = words => {
    part("compose-problem").textContent = words ?? say("notTaken");
    part("compose-problem").hidden = false;
  };
  createActs(part("log"), part("acts"), { composer, outbox, put: arrived, explain });

  const same = (one, other) => one?.number === other?.number && one?.contact === other?.contact;
  function isOpen(message) { return open && same(open, message); }
  /** On a phone the open conversation may be behind the list. */
  const isSeen = () => !document.hidden && (!isPhone.matches || dataset.screen === "talk");

  /** Makes a conversation the open one, in place. */
  function enter(thread, { push = false } = {}) {
    log.leave(open);
    open = { number: thread.number, contact: thread.contact, until: thread.until ?? null, canReply: thread.canReply !== false };
    tags.thread = null;
    // How far one has read is of one conversation, whatever was read in another.
    told = 0;
    log.enter(open);
    call(thread);
    const ready = numbers.sendable().has(open.number) && open.canReply;
    part("read-only").hidden = ready;
    // The words for why not, or not surely, are this number's own.
    part("send-doubt").hidden = true;
    composer.enter(open, ready);
    outbox.showAll(open, log.has);
    refresh();
    conversations.mark(open, isSeen());
    const address = conversations.hrefOf(open);
    if (push) history.pushState(null, "", address);
    else if (!isPhone.matches || dataset.screen === "talk") history.replaceState(null, "", address);
  }

  /** Somebody chose it: on a phone it takes the list's place. */
  function choose(thread, push) {
    dataset.screen = "talk";
    if (!same(thread, open)) enter(thread, { push });
    else if (push) history.pushState(null, "", conversations.hrefOf(open));
    loadThread().catch(() => {});
    markRead();
    if (isPhone.matches) part("talk-title").focus();
    else composer.focus();
  }

  function showList() {
    dataset.screen = "list";
    conversations.focus(open);
  }

  function call(thread) {
    part("talk-title").querySelector("bdi").textContent = thread.name ?? thread.contactText;
    const through = numbers.nameOf(thread.number);
    part("talk-detail").textContent = [thread.name && thread.contactText, through && say("through", through)].filter(Boolean).join(" · ");
  }

  /** Shows how the numbers stand, and what of the conversation depends on it. */
  function stand(show) {
    log.follow(() => {
      show();
      if (open) composer.allow(part("read-only").hidden);
    });
    part("new-conversation").hidden = numbers.beginnable().size === 0;
  }

  function refresh() {
    numbers.refresh().catch(() => {});
  }

  /** What is in sight of the open conversation is read. */
  function markRead() {
    conversations.mark(open, isSeen());
    const place = log.last();
    if (!open || !isSeen() || place <= told) return;
    told = place;
    change(`/api/chat/read?${new URLSearchParams({ number: open.number, contact: open.contact, place })}`).catch(() => { told = 0; });
  }

  /** The first part of the list, or the one after. */
  async function loadList({ after = null, fresh = false } = {}) {
    const query = new URLSearchParams({ ...conversations.search() && { search: conversations.search() }, ...after && { after } });
    const looked = conversations.search();
    const page = await ask(`/api/chat/conversations?${query}`, { tag: after || fresh ? null : tags.list }).catch(() => null);
    if (!page || page === "same" || looked !== conversations.search()) return null;
    if (!after) {
      tags.list = page.tag;
      conversations.replace(page, open);
    }
    return page;
  }

  async function loadThread() {
    if (!open) {
      const first = conversations.first();
      if (first && !conversations.search()) enter(first);
      if (!open) return;
    }
    const wanted = open;
    const thread = await ask(`/api/chat/thread?${new URLSearchParams({ number: wanted.number, contact: wanted.contact })}`, { orNull: true, tag: tags.thread });
    if (wanted !== open) return;
    // A customer who turned out to be another one has no thread of their own any more.
    if (!thread && conversations.first()) {
      enter(conversations.first());
      return loadThread();
    }
    if (thread && thread !== "same") {
      tags.thread = thread.tag;
      call(thread);
      log.putAll(thread.messages);
      composer.answerable(thread.until);
      if (!log.hasEarlierPages()) log.setEarlier(thread.hasEarlier);
    }
    outbox.showAll(open, log.has);
    markRead();
  }

  async function load() {
    await loadList();
    await loadThread();
  }

  async function earlier() {
    const thread = await ask(`/api/chat/thread?${new URLSearchParams({ number: open.number, contact: open.contact, before: log.firstId() })}`);
    log.putEarlier(thread.messages);
    log.setEarlier(thread.hasEarlier);
  }

  function arrived(message) {
    // Somebody who has only just come here sees the first customer's message at once.
    if (!open && message.incoming) enter(message);
    const here = isOpen(message);
    if (here) {
      call(message);
      log.put(message);
      composer.answerable(message.until);
    }
    const isNews = conversations.put(message, { unread: message.incoming && !message.isLine && !(here && isSeen()), current: here });
    if (isNews && message.incoming && !(here && isSeen())) part("chat-status").textContent = say("newFrom", message.name ?? message.contactText);
    if (here && message.incoming) markRead();
  }

  document.addEventListener("visibilitychange", () => isSeen() && markRead());
  part("conversations").addEventListener("click", event => follow(event, link => choose(conversations.threadOf(link), true)));
  part("to-list").addEventListener("click", event => follow(event, () => {
    history.pushState(null, "", "/dashboard");
    showList();
  }));
  addEventListener("popstate", () => {
    const { number, contact } = Object.fromEntries(new URLSearchParams(location.search));
    if (contact) choose(conversations.find({ number, contact }) ?? { number, contact, contactText: "" }, false);
    else showList();
  });
  part("earlier").addEventListener("click", () => earlier().catch(() => {}));
  if (open) composer.enter(open, part("read-only").hidden);
  if (open) outbox.showAll(open, log.has);
  connectLive("/api/chat/events", part("live"), {
    onReady: () => {
      refresh();
      load().catch(() => {});
    },
    onMessage: arrived,
    onThreads: () => load().catch(() => {}),
    onNumbers: refresh,
    onSignedOut: leave,
  });
}

/** A click that is for this page; one for a new window is the browser's. */
function follow(event, act) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  act(link);
}
