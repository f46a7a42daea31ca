// Somebody else's card or code comes while a form is half filled: ask, and put the form aside before leaving it.
import { ask, forgetDraft } from "./forms.js";

let touched = null;
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => (touched = event.target.closest?.("form[data-draft]") ?? touched));
}

// Answers whether the page may be left now; a half-done intake has been put aside by then.
export async function leaveSafely(what) {
  if (!touched?.isConnected || touched.dataset.sent) return true;
  const park = touched.querySelector("[name=act][value=park]");
  const question = park ? `${what}手上这一件还没办完，先挂起吗？` : `${what}这一页还没提交，要离开吗？填过的内容回来时还在。`;
  if (!(await ask(question, park ? "挂起，接着办这一位" : "离开"))) return false;
  return park ? putAside(touched, park) : true;
}

async function putAside(form, park) {
  const told = new FormData(form);
  told.set(park.name, park.value);
  try {
    const answer = await fetch(location.href, { method: "POST", body: told, credentials: "same-origin" });
    const there = new URL(answer.url).pathname;
    if (answer.ok && there !== location.pathname && !there.startsWith("/sign-in")) {
      forgetDraft(form);
      return true;
    }
  } catch {
    // Told below.
  }
  // The page itself knows how to say why: too many, signed out, no network.
  park.click();
  return false;
}
