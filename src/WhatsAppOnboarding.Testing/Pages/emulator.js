// Keeps conversations and numbers fresh; without it the page only needs a reload.
for (const log of document.querySelectorAll("[data-conversation]")) {
  log.scrollTop = log.scrollHeight;
  keepFresh(log.dataset.conversation, (html) => refresh(log, html));
}

for (const part of document.querySelectorAll("[data-fresh]")) {
  keepFresh(part.dataset.fresh, (html) => (part.innerHTML = html));
}

function keepFresh(address, show) {
  let shown = null;
  setInterval(async () => {
    try {
      const answer = await fetch(address);
      const html = answer.ok ? await answer.text() : shown;
      if (html !== shown) show((shown = html));
    } catch {
      // The emulator is restarting; the next round tries again.
    }
  }, 1000);
}

// Entries are kept where nothing changed, so that a screen reader only hears what is new.
function refresh(log, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const entry of fresh.querySelectorAll(".message")) {
    const shown = document.getElementById(entry.id);
    if (!shown) {
      log.append(entry);
      log.scrollTop = log.scrollHeight;
    } else if (shown.innerHTML !== entry.innerHTML) {
      shown.innerHTML = entry.innerHTML;
    }
  }
}
