import { createAttachment } from "./attachment.js";
import { newKey } from "./outbox.js";
import { showTime } from "./times.js";
import { say } from "./words.js";

/** The form at the foot of a conversation, or what stands in its place. Without script it is posted as it stands. */
export function createComposer(form, { drafts, thread, outbox, canBegin, onStanding }) {
  const part = id => document.getElementById(id);
  const { contact, number, text } = form.elements;
  const [problem, answering, closed] = [part("compose-problem"), part("answering"), part("closed")];
  const attachment = createAttachment(form, { explain, number: () => number.value, ready: file => send(file) });
  let [quoted, canSend, until, timer, told] = [null, true, null, 0, new Set()];

  function explain(message) {
    problem.textContent = message ?? "";
    problem.hidden = !message;
  }

  function quote(message) {
    quoted = message;
    answering.hidden = !message;
    if (!message) return;
    answering.querySelector("strong").textContent = message.who || say("you");
    answering.querySelector("bdi").textContent = message.line;
    text.focus();
  }

  /** With a file when it has one. */
  function send(file = null) {
    const typed = text.value.trim();
    if (!typed && !file) return;
    const takesText = file?.kind !== "Voice" && file?.kind !== "Audio";
    outbox.send({
      ...thread(), key: newKey(), text: takesText ? typed : "", at: new Date().toISOString(), answers: quoted?.id ?? null, file,
      quote: quoted && { id: quoted.id, who: quoted.who || say("you"), line: quoted.line },
    });
    if (takesText) text.value = "";
    drafts.keep(thread(), text.value);
    quote(null);
    explain(null);
    text.focus();
  }

  /** Readiness first, then the customer service window: one of the three is there, never two that say different things. */
  function stand() {
    clearTimeout(timer);
    const left = until ? Date.parse(until) - Date.now() : -1;
    const isOpen = left > 0;
    const had = form.contains(document.activeElement);
    form.hidden = !thread() || !canSend || !isOpen;
    closed.hidden = !thread() || !canSend || isOpen;
    if (!closed.hidden) {
      part("closed-never").hidden = !!until;
      part("closed-since").hidden = !until;
      if (until) showTime(part("closed-at"), new Date(Date.parse(until) - 24 * 3600 * 1000).toISOString());
      part("closed-restricted").hidden = canBegin(number.value);
      part("choose-template").hidden = !canBegin(number.value);
      part("choose-template").href = `/dashboard/template?${new URLSearchParams({ number: number.value, contact: contact.value })}`;
    }
    part("until").hidden = !isOpen;
    if (isOpen) {
      showTime(part("until").querySelector("time"), until);
      timer = setTimeout(stand, Math.min(left + 1000, 2 ** 31 - 1));
    }
    if (had && form.hidden) (canSend ? closed : part("read-only")).focus();
    onStanding();
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    if (attachment.has()) attachment.upload();
    else send();
  });
  text.addEventListener("input", () => drafts.keep(thread(), text.value));
  text.addEventListener("keydown", event => {
    if (event.key === "Escape" && quoted) return quote(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  answering.querySelector("button").addEventListener("click", () => {
    quote(null);
    text.focus();
  });
  text.required = false;

  return {
    quote,
    isOpen: () => !form.hidden,
    focus: () => [text, closed, part("read-only")].find(place => !place.closest("[hidden]"))?.focus(),
    /** Answers in a conversation, with what was typed for it before. */
    enter(thread, ready) {
      contact.value = thread?.contact ?? "";
      number.value = thread?.number ?? "";
      text.value = drafts.read(thread) || text.defaultValue;
      text.defaultValue = "";
      until = thread?.until ?? null;
      told = new Set([Date.parse(until ?? "")]);
      quote(null);
      attachment.clear();
      explain(null);
      this.allow(ready);
    },
    /** What was typed stays for when it can be sent. */
    allow(ready) {
      canSend = ready;
      stand();
    },
    /** The customer wrote, or somebody knows better until when they can be answered. */
    answerable(value) {
      // What was said before is no news, and what is older neither, but for Meta's word that it is over.
      const at = Date.parse(value ?? "");
      if (isNaN(at) || told.has(at)) return;
      told.add(at);
      if (until && at <= Date.parse(until) && at > Date.now()) return;
      until = value;
      stand();
    },
    /** Back into the field, where it can be changed. */
    take(typed) {
      text.value = [text.value, typed].filter(Boolean).join("\n");
      drafts.keep(thread(), text.value);
      text.focus();
    },
  };
}
