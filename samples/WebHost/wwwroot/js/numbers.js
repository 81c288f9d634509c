import { showTimes } from "./times.js";

const part = id => document.getElementById(id);
const said = () => [...part("numbers").querySelectorAll("[data-spoken]")].map(item => item.dataset.spoken);

/** Shows anew how the numbers stand, in place: what is focused, scrolled or unfolded stays so, and what is new is said. */
export function createNumbers(status, { openThread, around, onSignedOut }) {
  let asking = false;
  let again = false;

  async function ask() {
    const thread = openThread();
    const isSame = () => openThread()?.contact === thread?.contact && openThread()?.number === thread?.number;
    const answer = await fetch(`/dashboard?${new URLSearchParams({ handler: "State", ...thread })}`);
    if (answer.redirected) return onSignedOut();
    if (!answer.ok) throw new Error(`${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!isSame()) again = true;
    else around(() => show(fresh));
  }

  function show(fresh) {
    const isNews = fresh.getElementById("numbers").dataset.version !== part("numbers").dataset.version;
    if (isNews) document.querySelector("whatsapp-attention")?.refresh?.();
    const [was, is] = [part("numbers-line"), fresh.getElementById("numbers-line")].map(line => line.dataset.troubled);
    // Trouble opens the line, once: whoever closes it has seen it.
    if (was !== is) part("numbers-fold").open = !!is || document.body.className !== "app";
    const before = new Set(said());
    for (const id of isNews ? ["numbers-line", "numbers", "read-only", "send-doubt", "disconnect-dialog"] : ["read-only", "send-doubt"]) put(part(id), fresh.getElementById(id));
    const news = said().filter(text => !before.has(text));
    if (news.length === 0) return;
    status.textContent = news.join(" ");
    // What came of connecting was said of how it stood then.
    part("outcome")?.remove();
  }

  return {
    sendable: () => listOf("sendable"),
    beginnable: () => listOf("beginnable"),
    /** Which of several numbers it is. */
    nameOf: id => {
      const names = JSON.parse(part("numbers").dataset.names);
      return Object.keys(names).length > 1 ? names[id] ?? id : null;
    },
    /** Asks once more when something came while it was asking. */
    async refresh() {
      again = true;
      if (asking) return;
      asking = true;
      try {
        while (again) {
          again = false;
          await ask();
        }
      } finally {
        asking = false;
      }
    },
  };
}

const listOf = name => new Set(part("numbers").dataset[name].split(" ").filter(Boolean));

function put(old, fresh) {
  // Somebody is about to decide there.
  if (!old || old.open === true && old.localName === "dialog") return;
  const focused = old.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  const select = old.querySelector("select");
  showTimes(fresh);
  for (const fold of old.querySelectorAll("details[open]")) fresh.querySelector(`details.${fold.className}`)?.setAttribute("open", "");
  const lists = [...old.querySelectorAll(".number-list")].map(list => list.scrollTop);

  old.replaceWith(fresh);
  fresh.querySelectorAll(".number-list").forEach((list, i) => { list.scrollTop = lists[i] ?? 0; });
  const kept = select && [...fresh.querySelector("select").options].find(option => option.value === select.value);
  if (kept) kept.selected = true;
  if (focused) ([...fresh.querySelectorAll("a, button, summary, select")].find(item => keyOf(item) === focused) ?? fresh.querySelector("h2") ?? fresh).focus({ preventScroll: true });
}

/** The same button, fold or field of the same number. */
function keyOf(element) {
  const name = element.localName === "summary" ? element.parentElement.className : element.id || element.textContent.trim();
  return `${element.closest("[data-number]")?.dataset.number} ${element.localName} ${name}`;
}
