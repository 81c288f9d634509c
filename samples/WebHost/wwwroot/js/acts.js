import { change } from "./server.js";
import { say } from "./words.js";

/** What can be done with one message. Reply and react come to the one that is pointed at or has the focus; what failed has its buttons at once. */
export function createActs(log, acts, { composer, outbox, put, explain }) {
  function show(item) {
    const canAnswer = item?.dataset.answerable === "true" && composer.isOpen();
    if (acts.parentElement === item && acts.hidden !== canAnswer) return;
    acts.hidden = !canAnswer;
    acts.querySelector(".emojis").hidden = true;
    if (canAnswer) item.querySelector(".text").after(acts);
  }

  const does = {
    reply: item => composer.quote({ id: Number(item.dataset.id), who: item.dataset.who, line: item.dataset.line }),
    react() {
      acts.querySelector(".emojis").hidden = false;
      acts.querySelector(".emojis button").focus();
    },
    async again(item) {
      if (item.dataset.id === "0") return outbox.again(item.dataset.key);
      tell(await change(`/api/chat/messages/${item.dataset.id}/again`));
    },
    drop: item => composer.take(outbox.drop(item.dataset.key)?.text ?? ""),
    async emoji(item, button) {
      acts.querySelector(".emojis").hidden = true;
      const isOwn = item.querySelector(".sign.own")?.textContent.trim() === button.textContent;
      tell(await change(`/api/chat/messages/${item.dataset.id}/reaction?${new URLSearchParams({ emoji: isOwn ? "" : button.textContent })}`));
    },
  };

  function tell({ ok, body }) {
    if (ok) put(body);
    else explain(body?.message);
  }

  for (const event of ["pointerover", "focusin", "click"]) log.addEventListener(event, ({ target }) => {
    const item = target.closest(".bubble");
    if (item) show(item);
  });
  log.addEventListener("click", event => {
    const button = event.target.closest("button[data-act]");
    const item = button?.closest(".bubble");
    if (item) Promise.resolve(does[button.dataset.act](item, button)).catch(() => explain(say("noConnection")));
  });
  // Without a pointer one goes from message to message by the arrows.
  log.addEventListener("keydown", event => {
    if ((event.key !== "ArrowUp" && event.key !== "ArrowDown") || event.target.closest("button, audio, video")) return;
    const all = [...log.querySelectorAll(".bubble")];
    const at = all.indexOf(document.activeElement.closest(".bubble"));
    const next = at < 0 ? all.at(-1) : all[at + (event.key === "ArrowUp" ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}
