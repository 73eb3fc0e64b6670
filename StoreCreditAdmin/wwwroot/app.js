// Small things of the page's frame that must work before and without a circuit.
(() => {
  "use strict";

  // The old sheets go only once the new ones are there, so the page is never bare.
  async function setTheme(theme) {
    const sheets = [...document.querySelectorAll("link[data-theme-sheet]")];
    await Promise.all(sheets.filter(s => s.dataset.themeSheet === theme).map(enable));
    for (const sheet of sheets) {
      sheet.disabled = sheet.dataset.themeSheet !== theme;
    }
    document.documentElement.dataset.theme = theme;
    document.querySelector("meta[name=color-scheme]").content = theme === "standard-dark" ? "dark" : "light";
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
  }

  function enable(sheet) {
    sheet.disabled = false;
    if (sheet.sheet) return;
    return new Promise(done => {
      sheet.addEventListener("load", done, { once: true });
      sheet.addEventListener("error", done, { once: true });
    });
  }

  document.addEventListener("click", async event => {
    const target = event.target.closest("[data-theme-toggle], [data-skip], [data-reconnect], [data-reload]");
    if (!target) return;
    if ("themeToggle" in target.dataset) {
      await setTheme(document.documentElement.dataset.theme === "standard-dark" ? "standard" : "standard-dark");
    } else if ("skip" in target.dataset) {
      document.getElementById("content").focus();
    } else if ("reload" in target.dataset || !(await Blazor.reconnect().catch(() => true))) {
      // reconnect() answers false when the server is back but no longer knows this circuit.
      location.reload();
    }
  });

  // An element with data-hotkey is clicked, or focused if one types into it, by that key alone, where nothing else is being typed.
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.closest("input, textarea, select, [contenteditable], [role=dialog]") || document.querySelector(".rz-dialog")) return;
    const target = [...document.querySelectorAll("[data-hotkey]")]
      .find(one => one.dataset.hotkey === event.key && one.getClientRects().length > 0 && !one.disabled);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, textarea, select")) {
      target.focus();
      target.select?.();
    } else {
      // A dialog that it opens gives the focus back to it.
      target.focus();
      target.click();
    }
  });

  // A press counts for the button it began on, also where the page grew or shrank meanwhile and moved it from under a pointer that kept still.
  let press;
  document.addEventListener("pointerdown", event => {
    press = event.button === 0 ? { on: event.target.closest("button, a[href]"), x: event.clientX, y: event.clientY } : null;
  }, true);
  document.addEventListener("pointerup", event => {
    if (!press?.on || press.on.contains(event.target)) return;
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < 4) press.on.click();
  }, true);

  // Menus made of <details data-menu> close by Escape and by a click beside them.
  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (menu !== except) menu.open = false;
    }
  }

  document.addEventListener("click", event => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", event => {
    const menu = event.key === "Escape" && event.target.closest("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // A click anywhere in a row opens what the row's link leads to, unless it is on something else that one clicks, or ends a selection of text.
  document.addEventListener("click", event => {
    const row = event.target.closest("tr.row-open");
    const link = row?.querySelector("a.row-link");
    if (!link || event.target.closest("a, button, input, label, select") || String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) open(link.href, "_blank", "noopener");
    else link.click();
  });

  // Up and down go from row to row, and keep the caret of a search field in its place.
  document.addEventListener("keydown", event => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step) return;
    if (event.target.matches("[role=combobox]")) {
      event.preventDefault();
    } else if (event.target.matches("a.row-link")) {
      const links = [...event.target.closest("table").querySelectorAll("a.row-link")];
      const next = links[links.indexOf(event.target) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
  });

  document.addEventListener("click", async event => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await copy(button.dataset.copy);
    const icon = button.querySelector(".rzi");
    icon.textContent = "check";
    setTimeout(() => icon.textContent = "content_copy", 1500);
  });

  // What is typed into a field with data-live is told after a short rest, not letter by letter.
  const resting = new WeakMap();
  document.addEventListener("input", event => {
    const field = event.target.closest("[data-live]");
    if (!field) return;
    clearTimeout(resting.get(field));
    resting.set(field, setTimeout(() => field.dispatchEvent(new Event("change", { bubbles: true })), 350));
  });

  // A button with data-insert puts its text in at the caret of the field that took text last.
  let taking;
  document.addEventListener("focusin", event => {
    if (event.target.matches("[data-takes-fields]")) taking = event.target;
  });
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    const field = taking?.isConnected ? taking : document.querySelector("[data-takes-fields=first]");
    field.focus();
    // This way the browser's own undo takes it out again.
    if (!document.execCommand("insertText", false, button.dataset.insert)) {
      field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  async function copy(text) {
    // The clipboard's own interface is there only over a secure connection.
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  // Where one was when one went to what has the focus.
  let cameAt;
  document.addEventListener("focusin", () => { cameAt = location.href; });

  // What pages ask of the browser.
  window.storeCredit = {
    // A slow line brings the heading late: who is in a field of the new page by then stays there.
    focusHeading(heading) {
      const stays = cameAt === location.href && document.activeElement?.matches("input, select, textarea");
      if (!stays) heading?.focus();
    },

    focus(id) {
      const target = document.getElementById(id);
      target?.focus();
      return target !== null;
    },

    focusFirstField(formId) {
      document.getElementById(formId)?.querySelector("input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled)")?.focus();
    }
  };
})();
