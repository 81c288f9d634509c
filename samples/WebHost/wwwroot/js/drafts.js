/**
 * What was typed and not sent, for each conversation: kept for this window, so that another page, a reload or a new sign-in brings it back, and gone with
 * signing out. Under the account, for somebody else may sign in in the same window.
 */
export function createDrafts(account) {
  const prefix = `draft ${account} `;
  const name = thread => prefix + (thread ? `${thread.number} ${thread.contact}` : "new");
  return {
    read: thread => sessionStorage.getItem(name(thread)) ?? "",
    keep(thread, text) {
      if (text.trim()) sessionStorage.setItem(name(thread), text);
      else sessionStorage.removeItem(name(thread));
    },
  };
}

export function forgetDrafts() {
  for (const name of Object.keys(sessionStorage)) if (/^(draft|outbox) /.test(name)) sessionStorage.removeItem(name);
}
