// The list of activities: choices of a filter come when it opens, one tick for a whole page, and the number that was
// found is told to screen readers. Without it: a link to the choices, ticks one by one, and a page that is loaded anew.
(() => {
  document.addEventListener("toggle", (event) => {
    const facet = event.target;
    if (facet.matches?.("details[data-facet]") && facet.open) window.htmx.trigger(facet.querySelector("[hx-get]"), "opened");
  }, true);

  const boxes = () => [...document.querySelectorAll('#results input[type="checkbox"][name="id"]')];
  function count() {
    const ticked = boxes().filter((box) => box.checked).length;
    const all = document.querySelector("[data-tick-all]");
    if (all) {
      all.hidden = false;
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && !all.checked;
    }
    const number = document.querySelector("[data-ticked]");
    if (number) {
      number.hidden = false;
      number.textContent = ticked;
    }
  }
  let last = null;
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!box.matches?.('#results input[type="checkbox"][name="id"]')) return;
    const all = boxes();
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
      all.slice(from, to + 1).forEach((other) => { other.checked = box.checked; });
    }
    last = box;
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.closest("#results")) count();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "results" || !document.querySelector("[data-found]")) return;
    count();
    document.querySelector("#found").textContent = document.querySelector("[data-found]").textContent;
  });
  document.addEventListener("DOMContentLoaded", count);
})();
