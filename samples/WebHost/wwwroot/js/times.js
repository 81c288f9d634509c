const formats = {
  time: new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }),
  day: new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" }),
  moment: new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }),
  date: new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" }),
};

/** Shows one time in the person's own zone and manner; until then the page shows UTC. */
export function showTime(element, value) {
  const at = new Date(value ?? element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  element.dateTime = at.toISOString();
  element.title = at.toLocaleString();
  const today = new Date().toDateString() === at.toDateString();
  const style = element.dataset.format;
  element.textContent =
    style === "date" || style === "moment" ? formats[style].format(at)
    : style === "short" ? (today ? formats.time : formats.day).format(at)
    : (today ? "" : formats.day.format(at) + ", ") + formats.time.format(at);
}

export function showTimes(root) {
  for (const element of root.querySelectorAll("time[data-format]")) showTime(element);
}
