import { language } from "./times.js";
import { say } from "./words.js";

const price = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: false });

/** What of a message is no text: files, places, cards, orders. The page makes the same of what it begins with (_Body.cshtml). */
export function bodyOf(message) {
  if (message.isDeleted) return [];
  return [...fileOf(message), ...detailsOf(message.details ?? {})];
}

function fileOf({ file, kind, fileName }) {
  if (!file) return [];
  if (kind === "image" || kind === "sticker") {
    const link = make("a", { href: file, target: "_blank", rel: "noopener" });
    link.append(make("img", { src: file, alt: say(kind), loading: "lazy" }));
    return [link];
  }
  if (kind === "video") return [make("video", { src: file, controls: true, preload: "none", ariaLabel: say("video") })];
  if (kind === "audio" || kind === "voice") return [make("audio", { src: file, controls: true, preload: "none", ariaLabel: say(kind) })];
  const link = make("a", { className: "file", href: file, download: fileName ?? "" });
  link.append(make("bdi", { textContent: fileName ?? say("document") }));
  return [link];
}

function detailsOf({ place: at, cards, items }) {
  const parts = [];
  if (at) {
    const line = make("p", { className: "place" });
    const name = make("strong");
    name.append(make("bdi", { textContent: at.name ?? say("place") }));
    line.append(name, " ", make("bdi", { textContent: at.address ?? "" }));
    const href = `https://www.openstreetmap.org/?mlat=${at.latitude}&mlon=${at.longitude}#map=16/${at.latitude}/${at.longitude}`;
    parts.push(line, make("a", { href, target: "_blank", rel: "noopener noreferrer", textContent: say("openMap") }));
  }
  for (const card of cards ?? []) {
    const line = make("p", { className: "card-line" });
    const name = make("strong");
    name.append(make("bdi", { textContent: card.name }));
    line.append(name);
    for (const way of [...card.phones, ...card.emails]) line.append(" ", make("bdi", { textContent: way }));
    parts.push(line);
  }
  if (items) parts.push(orderOf(items));
  return parts;
}

function orderOf(items) {
  const table = make("table", { className: "order" });
  table.createCaption().textContent = say("order");
  const rows = table.createTBody();
  const add = (name, value) => {
    const row = rows.insertRow();
    const head = make("th", { scope: "row" });
    head.append(make("bdi", { textContent: name }));
    row.append(head);
    row.insertCell().textContent = value;
  };
  for (const item of items) add(item.product, `${item.quantity} × ${price.format(item.price)} ${item.currency}`);
  add(say("total"), `${price.format(items.reduce((sum, item) => sum + item.quantity * item.price, 0))} ${items[0].currency}`);
  return table;
}

/** A file that Meta does not give any more says so in its place. */
export function watchFiles(root) {
  root.addEventListener("error", event => {
    if (!["IMG", "VIDEO", "AUDIO"].includes(event.target.tagName)) return;
    const place = event.target.closest("a") ?? event.target;
    place.replaceWith(make("p", { className: "hint", textContent: say("gone") }));
  }, true);
}

function make(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
