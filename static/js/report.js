// A report over a poor connection: says what was not kept, and tries again until it is. Without it: the Save button.
(() => {
  const AGAIN = 5000;
  let trouble = "";
  let sending = false;
  let unsaved = false;
  let sentFiles = 0;
  let timer;

  const form = () => document.getElementById("report");
  const ours = (event) => form()?.contains(event.detail.elt);
  const isSend = (element) => element.matches("button[value=send]");

  function say(word) {
    trouble = word;
    const line = document.getElementById("report-trouble");
    const words = word ? form().dataset[word] : "";
    if (line && line.textContent !== words) line.textContent = words;
    window.clearTimeout(timer);
    if (word) timer = window.setTimeout(again, AGAIN);
  }
  function again() {
    if (!trouble || !form()) return;
    if (sending) window.htmx.trigger(form().querySelector("button[value=send]"), "click");
    else window.htmx.trigger("#kept", "dertig:again");
  }
  function failed(event, word) {
    if (!ours(event)) return;
    if (isSend(event.detail.elt)) sending = true;
    say(sending && word === "wordOffline" ? "wordUnsent" : word);
  }

  document.addEventListener("input", (event) => { if (form()?.contains(event.target)) unsaved = true; });
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    if (event.submitter?.value === "keep") { // Enter in a field
      event.preventDefault();
      window.htmx.trigger("#kept", "dertig:again");
    } else unsaved = false;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!ours(event)) return;
    sentFiles = form().elements.files.files.length;
    if (isSend(event.detail.elt)) sending = true;
  });
  document.addEventListener("htmx:sendError", (event) => failed(event, "wordOffline"));
  document.addEventListener("htmx:timeout", (event) => failed(event, "wordOffline"));
  document.addEventListener("htmx:responseError", (event) => {
    failed(event, event.detail.xhr.status === 401 ? "wordSignedOut" : "wordBusy");
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!ours(event)) return;
    if (event.detail.xhr.status === 401) event.detail.shouldSwap = false;
    else if (isSend(event.detail.elt) && event.detail.shouldSwap) { // an answer must be mended first
      sending = false;
      say("");
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!ours(event) || event.detail.xhr.status === 0 || event.detail.xhr.status >= 500) return;
    if ([401, 403, 429].includes(event.detail.xhr.status)) return;
    const files = form().elements.files;
    if (sentFiles && files.files.length === sentFiles) files.value = ""; // they are listed below the field now
    unsaved = false;
    if (isSend(event.detail.elt) || !sending) {
      sending = false;
      say("");
    }
  });
  window.addEventListener("online", again);
  window.addEventListener("beforeunload", (event) => { if (trouble || unsaved) event.preventDefault(); });
})();
