import { connectLive } from "./live.js";
import { createConversations } from "./conversations.js";
import { createComposer } from "./composer.js";
import { createLog } from "./log.js";
import { createNumbers } from "./numbers.js";

const root = document.getElementById("chat");
if (root) start(root);

function start(root) {
  const part = id => document.getElementById(id);
  const log = createLog(part("log"), part("message-template"), part("earlier"), part("empty-talk"));
  const conversations = createConversations(part("conversations"), part("conversation-template"), part("no-conversations"));
  const composer = createComposer(part("compose"), { onSent: shown, onSigningOut: leave });
  let open = root.dataset.contact ? { number: root.dataset.number, contact: root.dataset.contact } : null;

  const numbers = createNumbers(part("numbers-status"), { openThread: () => open, around: stand, onSignedOut: leave });

  const isOpen = message => open?.number === message.number && open?.contact === message.contact;

  function shown(message) {
    const begun = !isOpen(message);
    if (begun) enter(message);
    log.put(message);
    conversations.put(message, { unread: false, current: true });
    // What Meta reported before the conversation was open here went by unseen.
    if (begun) load().catch(() => {});
  }

  /** Makes a conversation the open one, in place. */
  function enter(thread) {
    open = { number: thread.number, contact: thread.contact };
    log.clear();
    call(thread);
    const canSend = numbers.sendable().has(thread.number) && thread.canReply;
    part("read-only").hidden = canSend;
    composer.reply(open, canSend);
    // The words for why not, or not surely, are this number's own.
    part("send-doubt").hidden = true;
    refresh();
    conversations.mark(open);
    history.replaceState(null, "", conversations.hrefOf(open));
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
    log.setEarlier(thread.hasEarlier);
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
    const news = conversations.put(message, { unread: !here && message.incoming, current: here });
    if (news && message.incoming && !here) part("chat-status").textContent = `New from ${message.name ?? message.contactText}`;
    if (news && message.incoming && document.hidden) document.title = "(New) Dashboard · Frontdesk";
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.title = "Dashboard · Frontdesk";
  });
  part("earlier").addEventListener("click", () => earlier().catch(() => {}));
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

function leave() {
  location.assign(`/auth/login?returnUrl=${encodeURIComponent("/dashboard")}`);
}

async function ask(url, { orNull = false } = {}) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (answer.status === 401) leave();
  if (answer.status === 404 && orNull) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}
