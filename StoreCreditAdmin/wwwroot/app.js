// Small things of the page's frame that must work before and without a circuit.
(() => {
  "use strict";

  function setTheme(theme) {
    for (const sheet of document.querySelectorAll("link[data-theme-sheet]")) {
      sheet.disabled = sheet.dataset.themeSheet !== theme;
    }
    document.documentElement.dataset.theme = theme;
    document.querySelector("meta[name=color-scheme]").content = theme === "standard-dark" ? "dark" : "light";
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
  }

  document.addEventListener("click", async event => {
    const target = event.target.closest("[data-theme-toggle], [data-skip], [data-reconnect], [data-reload]");
    if (!target) return;
    if ("themeToggle" in target.dataset) {
      setTheme(document.documentElement.dataset.theme === "standard-dark" ? "standard" : "standard-dark");
    } else if ("skip" in target.dataset) {
      document.getElementById("content").focus();
    } else if ("reload" in target.dataset || !(await Blazor.reconnect().catch(() => true))) {
      // reconnect() answers false when the server is back but no longer knows this circuit.
      location.reload();
    }
  });
})();
