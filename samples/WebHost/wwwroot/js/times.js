// The page's language, in the manner of the person's own country where they have it.
export const language = navigator.languages.find(tag => tag.split("-")[0] === document.documentElement.lang) ?? document.documentElement.lang;

const formats = {
  time: new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }),
  day: new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }),
  moment: new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }),
  date: new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" }),
  whole: new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
};

const isSameDay = (one, other) => one.toDateString() === other.toDateString();

/** Shows one time in the person's own zone and manner; until then the page shows UTC. */
export function showTime(element, value) {
  const at = new Date(value ?? element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  element.dateTime = at.toISOString();
  element.title = at.toLocaleString(language);
  const now = new Date();
  const today = isSameDay(now, at);
  const style = element.dataset.format;
  element.textContent =
    style === "date" || style === "moment" ? formats[style].format(at)
    : style === "hour" ? formats.time.format(at)
    : style === "short" ? (today ? formats.time : at.getFullYear() === now.getFullYear() ? formats.day : formats.date).format(at)
    : (today ? "" : formats.day.format(at) + ", ") + formats.time.format(at);
}

export function showTimes(root) {
  for (const element of root.querySelectorAll("time[data-format]")) showTime(element);
}

/** A day as people call it, with the year. */
export function dayOf(at, { today, yesterday }) {
  const now = new Date();
  if (isSameDay(now, at)) return today;
  now.setDate(now.getDate() - 1);
  return isSameDay(now, at) ? yesterday : formats.whole.format(at);
}
