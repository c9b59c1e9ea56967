// Light, dark, or like the system: changed at once, and kept by the server in a cookie.

export function keepAppearance() {
  const form = document.querySelector("[data-appearance] form");
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener("submit", (event) => {
    const chosen = event.submitter;
    if (!(chosen instanceof HTMLButtonElement)) return;
    event.preventDefault();
    show(form, chosen.value);
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(form, chosen)) {
      if (typeof value === "string") sent.append(name, value);
    }
    void fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} mode
 */
function show(form, mode) {
  document.documentElement.dataset.colorMode = mode;
  document
    .querySelector('meta[name="color-scheme"]')
    ?.setAttribute("content", mode === "auto" ? "light dark" : mode);
  for (const button of form.querySelectorAll("button[name=mode]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("value") === mode));
  }
}
