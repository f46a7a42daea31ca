// Passkeys (通行密钥): asks the server what the device is to sign, hands it to the device, and sends the answer with the
// form. Without scripts, or in a browser that knows no passkeys, the forms for it stay hidden or say so.

const UNKNOWN = "没有成功。请再试一次，或改用口令和动态口令。";
const WORDS = {
  NotAllowedError: "没有完成：可能是取消了，或等得太久。",
  InvalidStateError: "这台设备已经添加过了。",
  SecurityError: "这个网址不能用通行密钥：要用域名和 https 打开。",
  NotSupportedError: "这台设备不支持。",
};

// A passkey belongs to a name; the browser makes none for an address of numbers.
const NAMED = !/^[\d.]+$|^\[/.test(location.hostname);

export function readyPasskeys(root) {
  root.querySelectorAll?.("form[data-passkey]").forEach((form) => {
    if (form.dataset.passkeyReady) return;
    form.dataset.passkeyReady = "yes";
    if (!window.PublicKeyCredential || !window.isSecureContext || !NAMED) {
      say(form, form.dataset.passkey === "create" ? "这个浏览器或网址不能用通行密钥：要用域名和 https 打开，浏览器不能太旧。" : "");
      form.querySelector("[type=submit]").disabled = true;
      return;
    }
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      // Other parts of the page must not take it for a sending that is under way.
      event.stopImmediatePropagation();
      work(form);
    }, { capture: true });
  });
}

async function work(form) {
  const button = form.querySelector("[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  say(form, "");
  try {
    const asked = await fetch(form.dataset.ask, {
      method: "POST", body: new FormData(form), credentials: "same-origin", headers: { Accept: "application/json" },
    });
    const told = await asked.json();
    if (!asked.ok) return say(form, told.detail ?? UNKNOWN);
    const question = { publicKey: readable(told.publicKey) };
    const made = form.dataset.passkey === "create" ? await navigator.credentials.create(question) : await navigator.credentials.get(question);
    form.elements.answer.value = JSON.stringify(sendable(made));
    form.submit();
  } catch (fault) {
    say(form, WORDS[fault.name] ?? UNKNOWN);
  } finally {
    button.disabled = false;
  }
}

function say(form, words) {
  const place = form.querySelector("[data-passkey-said]");
  place.textContent = words;
  place.hidden = !words;
}

function readable(asked) {
  const ids = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }));
  const ready = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) ready.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.excludeCredentials) ready.excludeCredentials = ids(asked.excludeCredentials);
  if (asked.allowCredentials) ready.allowCredentials = ids(asked.allowCredentials);
  return ready;
}

function sendable(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} };
}

function bytes(words) {
  const plain = atob(words.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
