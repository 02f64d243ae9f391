// Before the first paint: light or dark. The server says light, dark or auto; a visitor's choice is in a cookie.
(() => {
  const page = document.documentElement;
  const device = window.matchMedia("(prefers-color-scheme: dark)");
  const cookie = document.cookie.match(/(?:^|; )theme=(light|dark|auto)/);
  page.dataset.theme = page.dataset.bsTheme === "auto" && cookie ? cookie[1] : page.dataset.bsTheme;
  page.dataset.js = "";

  const apply = () => {
    const wanted = page.dataset.theme;
    page.dataset.bsTheme = wanted === "auto" ? (device.matches ? "dark" : "light") : wanted;
  };
  apply();
  device.addEventListener("change", apply);
  window.dertigTheme = (wanted) => {
    page.dataset.theme = wanted;
    document.cookie = `theme=${wanted}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    apply();
  };
})();
