// Keeps the conversations fresh; without it the page only needs a reload.
for (const log of document.querySelectorAll("[data-conversation]")) {
  log.scrollTop = log.scrollHeight;
  setInterval(async () => {
    try {
      const answer = await fetch(log.dataset.conversation);
      if (answer.ok) refresh(log, await answer.text());
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
