// Shows what happens without a reload, and does what forms say without leaving the page. Without it the page only needs a reload.
const main = document.querySelector("main[data-address]");
const shown = new Map();
let turn = 0;

if (main) {
  for (const part of document.querySelectorAll("[data-part], [data-entries] > *")) shown.set(part.id, part.innerHTML);
  toEnd();
  setInterval(() => document.hidden || look(), 1000);
  if ("live" in main.dataset) document.addEventListener("submit", submit);
}

async function look() {
  const mine = ++turn;
  try {
    const answer = await fetch(main.dataset.address);
    const html = await answer.text();
    if (answer.ok && mine === turn) show(html);
  } catch {
    // The emulator is restarting; the next round tries again.
  }
}

async function submit(event) {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  const done = event.submitter?.textContent.trim() ?? "";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter) });
    const html = await answer.text();
    complain(answer.ok ? "" : html);
    if (!answer.ok) return;
    // What was asked for before is older than this.
    turn++;
    const { pathname, search } = new URL(answer.url);
    main.dataset.address = pathname + search;
    history.replaceState(null, "", pathname + search);
    if (form.matches(".composer")) form.reset();
    show(html, true);
    document.getElementById("said").textContent = `Done: ${done}`;
  } catch {
    complain("The emulator does not answer. Start it again, then reload this page.");
  } finally {
    form.ariaBusy = null;
  }
}

function complain(text) {
  const problem = document.getElementById("problem");
  problem.textContent = text;
  problem.hidden = !text;
}

// Only what is otherwise than before is changed, so that a screen reader hears what is new, and what somebody is filling in stays.
function show(html, afterSubmit = false) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    if (part.dataset.part !== "kept" || afterSubmit) replace(part, page.getElementById(part.id));
  }

  const log = document.querySelector("[data-entries]");
  if (!log) return;
  const isAtEnd = log.parentElement.scrollHeight - log.parentElement.scrollTop - log.parentElement.clientHeight < 90;
  let isLonger = false;
  for (const entry of [...(page.getElementById(log.id)?.children ?? [])]) {
    if (document.getElementById(entry.id)) {
      replace(document.getElementById(entry.id), entry);
    } else {
      shown.set(entry.id, entry.innerHTML);
      log.append(entry);
      isLonger = true;
    }
  }
  if (isLonger && (isAtEnd || afterSubmit)) toEnd();
}

function replace(part, fresh) {
  if (!fresh || shown.get(part.id) === fresh.innerHTML) return;
  shown.set(part.id, fresh.innerHTML);
  const focused = part.contains(document.activeElement) ? document.activeElement.id || "none" : "";
  const isOpen = part.querySelector("details")?.open;
  part.innerHTML = fresh.innerHTML;
  if (isOpen && part.querySelector("details")) part.querySelector("details").open = true;
  if (!focused) return;
  const next = document.getElementById(focused) ?? part.querySelector("summary");
  (next ?? (part.hasAttribute("tabindex") ? part : document.getElementById("text")))?.focus();
}

function toEnd() {
  for (const image of document.querySelectorAll("[data-entries] img")) image.onload ??= toEnd;
  const log = document.querySelector("[data-entries]")?.parentElement;
  if (log) log.scrollTop = log.scrollHeight;
}
