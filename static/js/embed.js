// For the websites of others: puts a consent form where a link to it stands. Without it, or when anything fails: the link.
// <a href="…/p/shop/consent/newsletter/" data-dertig-form>Newsletter</a> and this file, as a script with `async`.
(() => {
  function addressOf(link) {
    const address = new URL("fragment/", link.href);
    address.search = new URL(link.href).search;
    const language = document.documentElement.lang.slice(0, 2);
    if (language && !address.searchParams.has("language")) address.searchParams.set("language", language);
    return address;
  }

  async function fetched(address) {
    const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // A heading and a landmark of its own among those of the page around it.
  function partOf(form) {
    const part = document.createElement("section");
    const heading = document.createElement("h2");
    const title = form.querySelector("h1");
    heading.append(...title.childNodes);
    title.replaceWith(heading);
    part.className = form.body.className;
    part.dataset.bsTheme = "light";
    part.lang = form.documentElement.lang;
    part.setAttribute("aria-label", heading.textContent);
    part.append(...form.querySelector("main").childNodes);
    return part;
  }

  function sheetOf(original, address) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL(original.getAttribute("href"), address);
    return [sheet, new Promise((ready) => { sheet.onload = sheet.onerror = ready; })];
  }

  async function show(link) {
    const address = addressOf(link);
    const form = await fetched(address);
    const place = document.createElement("div"); // with a shadow: its looks and those of the page leave each other alone
    place.hidden = true;
    const sheets = [...form.querySelectorAll("link[rel=stylesheet]")].map((sheet) => sheetOf(sheet, address));
    place.attachShadow({ mode: "open" }).append(...sheets.map(([sheet]) => sheet), partOf(form));
    link.after(place);
    await Promise.all(sheets.map(([, ready]) => ready));
    place.hidden = false;
    link.remove();
  }

  function showAll() {
    for (const link of document.querySelectorAll("a[data-dertig-form]")) show(link).catch(() => {});
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", showAll);
  else showAll();
})();
