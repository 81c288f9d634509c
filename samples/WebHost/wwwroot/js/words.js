const words = JSON.parse(document.getElementById("chat-words")?.textContent ?? "{}");

/** The page's own words, with what is filled in. */
export const say = (name, ...values) => (words[name] ?? name).replace(/\{(\d)\}/g, (_, at) => values[at]);
