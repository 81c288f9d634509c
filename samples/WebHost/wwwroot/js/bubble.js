import { bodyOf } from "./body.js";
import { showTime } from "./times.js";
import { say } from "./words.js";

// What is told by several ways may arrive in any order, and a message does not become less delivered.
const order = ["sending", "unknown", "accepted", "phone", "sent", "failed", "delivered", "read"];
const rank = state => order.indexOf(state);

/** Shows a message in an item of the list. All of it is text of others: nothing here is markup. */
export function fill(item, message) {
  item.className = message.isLine ? "line" : `bubble ${message.incoming ? "in" : "out"}`;
  item.classList.toggle("deleted", message.isDeleted);
  item.id = `m${message.id}`;
  Object.assign(item.dataset, {
    id: message.id, place: message.place, state: message.state, kind: message.kind, key: message.key ?? "", line: message.line,
    who: message.incoming ? message.author ?? message.name ?? message.contactText : "",
  });
  if (message.isAnswerable) item.dataset.answerable = "true";
  else delete item.dataset.answerable;
  const author = item.querySelector(".author");
  author.textContent = message.isLine ? "" : message.author ?? say(message.incoming ? "customer" : "you");
  author.classList.toggle("sr", !message.author);
  const quote = item.querySelector(".quote");
  quote.hidden = !message.quote;
  quote.href = `#m${message.quote?.id ?? ""}`;
  quote.querySelector(".quote-who").textContent = message.quote?.who ?? "";
  quote.querySelector(".quote-line").textContent = message.quote?.line ?? "";
  fillBody(item.querySelector(".body"), message);
  item.querySelector(".text").replaceChildren(...message.runs?.length ? message.runs.map(runOf) : [message.text]);
  item.querySelector(".edited").hidden = !message.isEdited;
  item.querySelector(".state").textContent = message.stateText;
  showTime(item.querySelector("time"), message.at);
  const problem = item.querySelector(".problem");
  problem.textContent = message.problem ?? "";
  problem.hidden = !message.problem;
  offerAgain(item);
  const signs = item.querySelector(".signs");
  signs.hidden = !message.reactions?.length;
  signs.replaceChildren(...(message.reactions ?? []).map(signOf));
  return item;
}

/** What did not arrive, or may not have, can be sent again; what never left can also be changed. */
export function offerAgain(item) {
  item.querySelector(".retry").hidden = item.dataset.state !== "failed" && item.dataset.state !== "unknown";
  item.querySelector("[data-act=drop]").hidden = item.dataset.id !== "0";
}

/** Shows what is newer of a message that is there. */
export function update(item, message) {
  // Sent once more, it begins anew.
  const again = message.place > Number(item.dataset.place);
  if (again || rank(message.state) >= rank(item.dataset.state)) fill(item, message);
}

/** A file that plays goes on playing while only the ticks change. */
function fillBody(body, message) {
  const name = `${message.file ?? ""} ${message.isDeleted} ${JSON.stringify(message.details ?? null)}`;
  if (body.dataset.of === name || (body.dataset.of === undefined && body.childElementCount > 0 && !message.isDeleted && !message.isEdited)) return;
  body.dataset.of = name;
  body.replaceChildren(...bodyOf(message));
}

function runOf(run) {
  const element = document.createElement(run.href ? "a" : run.code ? "code" : "span");
  element.textContent = run.text;
  element.className = [run.bold && "b", run.italic && "i", run.strike && "s"].filter(Boolean).join(" ");
  if (run.href && /^https?:\/\//i.test(run.href)) {
    element.href = run.href;
    element.target = "_blank";
    element.rel = "noopener noreferrer nofollow";
  }
  return element;
}

function signOf(reaction) {
  const sign = document.createElement("span");
  sign.className = reaction.isOwn ? "sign own" : "sign";
  sign.textContent = reaction.emoji;
  sign.title = say(reaction.isOwn ? "reactedYou" : "reacted", reaction.emoji);
  return sign;
}
