// Repeated lines of a formset. Without this file Django's extra lines and delete boxes do the same.
(() => {
  const total = (lines) => lines.querySelector(`input[name="${lines.dataset.lines}-TOTAL_FORMS"]`);

  function prepareLine(line) {
    const box = line.querySelector("[data-line-delete]");
    const button = line.querySelector("[data-remove-line]");
    if (box) box.hidden = true;
    if (button) button.hidden = false;
  }

  function addLine(lines) {
    const number = total(lines).value;
    const blank = lines.querySelector("template[data-lines-blank]").innerHTML.replaceAll("__prefix__", number);
    const list = lines.querySelector("[data-lines-list]");
    list.insertAdjacentHTML("beforeend", blank);
    total(lines).value = Number(number) + 1;
    const line = list.lastElementChild;
    prepareLine(line);
    document.dispatchEvent(new CustomEvent("dertig:added", { detail: line }));
    line.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  function removeLine(line) {
    const lines = line.closest("[data-lines]");
    const mark = line.querySelector("input[name$='-DELETE']");
    if (mark) mark.checked = true;
    line.hidden = true;
    line.querySelectorAll("[required]").forEach((input) => input.removeAttribute("required"));
    line.dispatchEvent(new Event("change", { bubbles: true }));
    lines.querySelector("[data-add-line]").focus();
  }

  function prepare(root) {
    root.querySelectorAll("[data-lines]").forEach((lines) => {
      if (lines.dataset.linesReady) return;
      lines.dataset.linesReady = "yes";
      const list = lines.querySelector("[data-lines-list]");
      list.querySelectorAll("[data-line]").forEach(prepareLine);
      const extras = [...list.querySelectorAll("[data-line-extra]")].filter((line) => !line.querySelector(".is-invalid"));
      const kept = list.querySelectorAll("[data-line]").length - extras.length;
      if (kept > 0) {
        extras.forEach((line) => line.remove());
        total(lines).value = kept;
      }
      lines.querySelector("[data-add-line]").hidden = false;
    });
  }

  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-line]");
    const remove = event.target.closest("[data-remove-line]");
    if (add) addLine(add.closest("[data-lines]"));
    if (remove) removeLine(remove.closest("[data-line]"));
  });
  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement ?? document));
})();
