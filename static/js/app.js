// What makes pages quicker to use. Every page works without it; each part says what stands in for it.
(() => {
  const script = document.currentScript;
  const typing = (element) => element.closest("input, textarea, select, [contenteditable], .ts-wrapper") !== null;

  // htmx requests that change something carry the token of the page.
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
  });

  // No answer, or none that can be shown: say so where a refused act is told. Without it: the browser's own page.
  function tell(event, word) {
    const place = document.getElementById("refusal");
    if (!place || event.detail.elt.closest("[data-tells-itself]")) return;
    place.replaceChildren(document.getElementById("unanswered").content.cloneNode(true));
    place.querySelector(".message-words").textContent = word;
    prepare(place);
  }
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => tell(event, script.dataset.wordUnreached));
  }
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) signedOut = true;
    else tell(event, `${script.dataset.wordFailed} ${event.detail.xhr.getResponseHeader("X-Request-ID") ?? event.detail.xhr.status}`);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { successful, requestConfig } = event.detail;
    if (successful && requestConfig.verb !== "get") document.getElementById("refusal")?.replaceChildren();
  });

  // Signing in again makes the tokens of this page void: whoever comes back from another window gets new ones.
  let signedOut = false;
  window.addEventListener("focus", async () => {
    if (!signedOut) return;
    const answer = await fetch(window.location.href).catch(() => null);
    if (!answer) return;
    const token = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("meta[name=csrf-token]")?.content;
    if (!token || new URL(answer.url).pathname !== window.location.pathname) return;
    signedOut = false;
    document.querySelector("meta[name=csrf-token]").content = token;
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
  });

  // Search within long choices. Without it: the plain select.
  let picker;
  function loadPicker() {
    picker ??= new Promise((done) => {
      const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: script.dataset.pickStyle });
      document.head.insertBefore(style, document.head.querySelector("link[href*='css/theme']"));
      const code = Object.assign(document.createElement("script"), { src: script.dataset.pickScript });
      code.addEventListener("load", done);
      document.head.append(code);
    });
    return picker;
  }
  async function pick(root) {
    const selects = [...root.querySelectorAll("select[data-pick]")].filter((select) => !select.tomselect && !select.closest("template"));
    if (selects.length === 0) return;
    await loadPicker();
    for (const select of selects) {
      const label = select.labels[0]?.firstChild?.textContent.trim() ?? select.getAttribute("aria-label") ?? "";
      const chooser = new window.TomSelect(select, {
        plugins: select.multiple ? { remove_button: { title: script.dataset.wordRemove } } : {},
        maxOptions: 500,
        hidePlaceholder: true,
        allowEmptyOption: !select.multiple,
      });
      select.setAttribute("aria-label", label);
      const described = select.getAttribute("aria-describedby");
      if (described) chooser.control_input.setAttribute("aria-describedby", described);
    }
  }

  // Shown only while another field has a certain value. Without it: always shown.
  function valueOf(form, name) {
    return [...new FormData(form).getAll(name)].map(String);
  }
  function showWhen(form) {
    form.querySelectorAll("[data-show-when]").forEach((part) => {
      const [name, wanted] = part.dataset.showWhen.split("=");
      const given = valueOf(form, name);
      part.hidden = !wanted.split("|").some((value) => (value === "" ? given.length === 0 || given.includes("") : given.includes(value)));
    });
  }

  // Unsaved changes. Without it: the browser keeps what was typed when going back.
  let unsaved = false;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (form.matches("[data-guard]")) unsaved = true;
    showWhen(form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form ?? event.target.closest("form");
    if (!form) return;
    if (form.matches("[data-guard]")) unsaved = true;
    showWhen(form);
    if (form.matches("[data-autosubmit]")) form.requestSubmit();
  });
  document.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  // Menus: one open at a time, closed by Escape or a click elsewhere. Without it: they stay until clicked again.
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("details[data-menu]") || !event.target.open) return;
    openMenus().forEach((menu) => { if (menu !== event.target) menu.open = false; });
    keepInSight(event.target);
  }, true);
  function keepInSight(menu) {
    const list = menu.querySelector(".menu-list");
    if (!list) return;
    const start = list.classList.contains("menu-start");
    const box = list.getBoundingClientRect();
    if (start && box.right > document.documentElement.clientWidth - 8) list.classList.replace("menu-start", "menu-end");
    if (!start && box.left < 8) list.classList.replace("menu-end", "menu-start");
  }
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.copy !== undefined) copy(button);
    if (button.matches("[data-dismiss]")) button.closest("[data-message]").remove();
    if (button.matches("[data-keys]")) showKeys();
  });

  async function copy(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    const word = button.querySelector("span");
    const before = word.textContent;
    word.textContent = button.dataset.copied;
    window.setTimeout(() => { word.textContent = before; }, 2000);
  }

  // Keys
  const showKeys = () => document.getElementById("keys")?.showModal();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      openMenus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const search = document.querySelector("main [data-search]") ?? document.querySelector("[data-search]");
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
    if (event.key === "?") showKeys();
  });

  // Appearance: at once, and kept by the form when somebody is signed in.
  function theme() {
    const chosen = document.documentElement.dataset.theme;
    document.querySelectorAll("[data-theme-form]").forEach((form) => {
      form.hidden = false;
      form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", button.value === chosen));
    });
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-theme-form]")) return;
    window.dertigTheme(event.submitter.value);
    theme();
    event.preventDefault();
    if (!event.target.getAttribute("action")) return;
    const form = new FormData(event.target, event.submitter);
    fetch(event.target.action, { method: "POST", body: form, redirect: "manual" });
  });

  function prepare(root) {
    pick(root);
    root.querySelectorAll("form").forEach(showWhen);
    root.querySelectorAll("[data-copy], [data-dismiss], [data-keys]").forEach((button) => { button.hidden = false; });
    const focus = root.querySelector("[data-focus]");
    focus?.focus();
    focus?.removeAttribute("data-focus"); // once: another part of the page may be swapped later
  }
  document.addEventListener("DOMContentLoaded", () => { theme(); prepare(document); });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt === document.body) return;
    prepare(event.detail.elt.parentElement ?? event.detail.elt);
  });
  document.addEventListener("dertig:added", (event) => prepare(event.detail));
})();
