import { connectLive } from "./live.js";
import { createConversations } from "./conversations.js";
import { createComposer } from "./composer.js";
import { createDrafts } from "./drafts.js";
import { createLog } from "./log.js";
import { createNumbers } from "./numbers.js";

const root = document.getElementById("chat");
if (root) start(root);

function start(root) {
  const part = id => document.getElementById(id);
  const title = document.title;
  const isPhone = matchMedia("(max-width: 47rem)");
  const log = createLog(part("log"), part("message-template"), part("earlier"), part("empty-talk"));
  const conversations = createConversations(part("conversations"), part("conversation-template"), part("no-conversations"));
  const drafts = createDrafts(root.dataset.account);
  let open = root.dataset.contact ? { number: root.dataset.number, contact: root.dataset.contact } : null;
  const composer = createComposer(part("compose"), { drafts, thread: () => open, onSent: shown, onSigningOut: leave });

  const numbers = createNumbers(part("numbers-status"), { openThread: () => open, around: stand, onSignedOut: leave });

  const same = (one, other) => one?.number === other?.number && one?.contact === other?.contact;
  const isOpen = message => open && same(open, message);
  /** On a phone the open conversation may be behind the list. */
  const isSeen = () => !document.hidden && (!isPhone.matches || root.dataset.screen === "talk");

  function shown(message) {
    const begun = !isOpen(message);
    if (begun) enter(message);
    log.put(message);
    conversations.put(message, { unread: false, current: true });
    // What Meta reported before the conversation was open here went by unseen.
    if (begun) load().catch(() => {});
  }

  /** Makes a conversation the open one, in place. Null begins a new one. */
  function enter(thread, { push = false } = {}) {
    log.leave(open);
    open = thread && { number: thread.number, contact: thread.contact };
    const known = log.enter(open);
    if (thread) call(thread);
    else {
      part("talk-title").querySelector("bdi").textContent = root.dataset.begin;
      part("talk-detail").textContent = "";
    }
    const canSend = thread ? numbers.sendable().has(thread.number) && thread.canReply !== false : numbers.sendable().size > 0;
    part("read-only").hidden = canSend;
    part("empty-talk").hidden = known || !!thread;
    composer.enter(open, canSend);
    // The words for why not, or not surely, are this number's own.
    part("send-doubt").hidden = true;
    refresh();
    conversations.mark(open);
    const address = open ? conversations.hrefOf(open) : "/dashboard?new=1";
    if (push) history.pushState(null, "", address);
    else if (!isPhone.matches || root.dataset.screen === "talk") history.replaceState(null, "", address);
  }

  /** Somebody chose it: on a phone it takes the list's place. */
  function choose(thread, push) {
    root.dataset.screen = "talk";
    if (!same(thread, open) || !thread) enter(thread, { push });
    else if (push) history.pushState(null, "", conversations.hrefOf(open));
    conversations.mark(open);
    if (open) load().catch(() => {});
    if (isPhone.matches) part("talk-title").focus();
    else composer.focus();
  }

  function showList() {
    root.dataset.screen = "list";
    conversations.focus(open);
  }

  function call(thread) {
    part("talk-title").querySelector("bdi").textContent = thread.name ?? thread.contactText;
    part("talk-detail").textContent = [thread.name && thread.contactText, composer.nameOf(thread.number)].filter(Boolean).join(" · ");
  }

  /** Shows how the numbers stand, and what of the conversation depends on it. */
  function stand(show) {
    log.follow(() => {
      show();
      composer.allow(part("read-only").hidden);
    });
    part("new-conversation").hidden = numbers.sendable().size === 0;
    if (!part("read-only").hidden) part("empty-talk").hidden = true;
  }

  function refresh() {
    numbers.refresh().catch(() => {});
  }

  async function load() {
    const list = await ask("/api/chat/conversations");
    conversations.replace(list, open);
    if (!open && list.length > 0 && composer.isUntouched() && !location.search.includes("new=")) enter(list[0]);
    if (!open) return;
    const wanted = open;
    const thread = await ask(`/api/chat/thread?${new URLSearchParams(wanted)}`, { orNull: true });
    if (wanted !== open) return;
    // A customer who turned out to be another one has no thread of their own any more.
    if (!thread && list.length > 0) {
      enter(list[0]);
      return load();
    }
    if (!thread) return;
    call(thread);
    for (const message of thread.messages) log.put(message);
    if (!log.hasEarlierPages()) log.setEarlier(thread.hasEarlier);
  }

  async function earlier() {
    const thread = await ask(`/api/chat/thread?${new URLSearchParams({ ...open, before: log.firstId() })}`);
    log.putEarlier(thread.messages);
    log.setEarlier(thread.hasEarlier);
  }

  function arrived(message) {
    // Somebody who has only just come here and has begun nothing sees the first customer's message at once.
    if (!open && message.incoming && composer.isUntouched()) enter(message);
    const here = isOpen(message);
    if (here) {
      call(message);
      log.put(message);
    }
    const news = conversations.put(message, { unread: message.incoming && !(here && isSeen()), current: here });
    if (news && message.incoming && !(here && isSeen())) part("chat-status").textContent = `New from ${message.name ?? message.contactText}`;
    if (news && message.incoming && document.hidden) document.title = `(New) ${title}`;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = title;
    if (isSeen()) conversations.mark(open);
  });
  part("conversations").addEventListener("click", event => follow(event, link => choose(conversations.threadOf(link), true)));
  part("new-conversation").addEventListener("click", event => follow(event, () => choose(null, true)));
  part("to-list").addEventListener("click", event => follow(event, () => {
    history.pushState(null, "", "/dashboard");
    showList();
  }));
  addEventListener("popstate", () => {
    const { number, contact } = Object.fromEntries(new URLSearchParams(location.search));
    if (contact) choose(conversations.find({ number, contact }) ?? { number, contact }, false);
    else if (location.search.includes("new=")) choose(null, false);
    else showList();
  });
  part("earlier").addEventListener("click", () => earlier().catch(() => {}));
  composer.enter(open, part("read-only").hidden);
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

function leave() {
  location.assign(`/auth/login?${new URLSearchParams({ ended: "true", returnUrl: location.pathname + location.search })}`);
}

async function ask(url, { orNull = false } = {}) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (answer.status === 401) leave();
  if (answer.status === 404 && orNull) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}
