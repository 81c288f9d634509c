import { change } from "./server.js";
import { say } from "./words.js";

/**
 * Messages between the press and the server's word: there at once, sent one after the other, kept over a reload, and never lost: what did not leave stands
 * with its reason until it is sent again or thrown away.
 */
export function createOutbox(account, { show, drop, shown }) {
  const name = `outbox ${account}`;
  const entries = new Map(JSON.parse(sessionStorage.getItem(name) ?? "[]"));
  let line = Promise.resolve();

  function save() {
    if (entries.size > 0) sessionStorage.setItem(name, JSON.stringify([...entries]));
    else sessionStorage.removeItem(name);
  }

  function fail(entry, problem) {
    entries.set(entry.key, { ...entry, problem });
    save();
    show(viewOf(entries.get(entry.key)));
  }

  async function hand(entry) {
    try {
      const { ok, body } = await change("/api/chat/messages", {
        from: entry.number, contact: entry.contact, text: entry.text, key: entry.key, answers: entry.answers, file: entry.file,
      });
      if (!ok || !body) return fail(entry, body?.message ?? say("notTaken"));
      entries.delete(entry.key);
      save();
      shown(body);
    } catch {
      fail(entry, say("noConnection"));
    }
  }

  function send(entry) {
    const fresh = { ...entry, problem: null };
    entries.set(fresh.key, fresh);
    save();
    show(viewOf(fresh));
    line = line.then(() => hand(fresh));
    return line;
  }

  // What a reload interrupted got no answer here.
  for (const [key, entry] of entries) entries.set(key, { ...entry, problem: entry.problem ?? say("noConnection") });

  return {
    send,
    /** True when it was here to be sent again. */
    again: key => entries.has(key) && !!send(entries.get(key)),
    drop(key) {
      const entry = entries.get(key);
      entries.delete(key);
      save();
      drop(key);
      return entry;
    },
    /** Shows what of a conversation is still here, and forgets what the server turned out to have. */
    showAll(thread, has) {
      for (const entry of [...entries.values()]) {
        if (entry.number !== thread.number || entry.contact !== thread.contact) continue;
        if (has(entry.key)) entries.delete(entry.key);
        else show(viewOf(entry));
      }
      save();
    },
  };
}

function viewOf(entry) {
  return {
    key: entry.key, number: entry.number, contact: entry.contact, text: entry.text, at: entry.at, kind: entry.file?.kind?.toLowerCase() ?? "text",
    fileName: entry.file?.name, quote: entry.quote, state: entry.problem ? "failed" : "sending", stateText: say(entry.problem ? "notSent" : "sending"), problem: entry.problem,
  };
}

/** As crypto.randomUUID, which browsers have on secure pages only. */
export function newKey() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return bytes.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
