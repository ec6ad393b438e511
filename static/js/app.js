// Small comforts only: every page works without this file.
(function () {
  "use strict";

  // Our content security policy forbids htmx's own <style> and eval.
  if (window.htmx) {
    window.htmx.config.includeIndicatorStyles = false;
    window.htmx.config.allowEval = false;
    document.addEventListener("htmx:afterSettle", function (event) {
      focusResult(event.detail.elt);
      prepare(event.detail.elt);
    });
  }

  // After a full load or a swap, attention goes to what has to be mended, else to the new heading.
  // Where a list on the left drives it, focus stays in the list ([data-keep-focus]).
  function focusResult(root) {
    if (root.closest && root.closest("[data-keep-focus]")) { return; }
    var target = root.querySelector("[data-focus]");
    if (!target && root !== document) { target = root.querySelector("h1, h2"); }
    if (!target) { return; }
    if (!target.hasAttribute("tabindex")) { target.setAttribute("tabindex", "-1"); }
    target.focus();
  }

  function prepare(root) {
    // On a phone the tabs of a list run sideways: the one that is open comes into sight.
    root.querySelectorAll(".views [aria-current]").forEach(function (tab) { tab.scrollIntoView({ inline: "center", block: "nearest" }); });
    root.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
    root.querySelectorAll("[data-print-hint]").forEach(function (hint) { hint.hidden = true; });
    root.querySelectorAll("[data-show-password]").forEach(function (button) { button.hidden = false; });
    root.querySelectorAll("[data-fill]").forEach(function (button) { button.hidden = false; });
    root.querySelectorAll("[data-select-all]").forEach(function (box) { box.hidden = false; });
  }

  // One submit per form; the name and value of the pressed button still travel, because nothing is disabled.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    // Not form.method: a field named "method", as a visit has, would stand in its place.
    if ((form.getAttribute("method") || "").toLowerCase() !== "post" || event.defaultPrevented) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    if (event.submitter) { event.submitter.setAttribute("aria-busy", "true"); }
  });
  document.addEventListener("htmx:afterRequest", function (event) { release(event.target); });
  // A page that comes back by the back button may be sent again; one that is still loading has not been sent.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) { return; }
    document.querySelectorAll("form[data-sent]").forEach(release);
  });
  function release(form) {
    if (!form || !form.dataset || !form.dataset.sent) { return; }
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach(function (button) { button.removeAttribute("aria-busy"); });
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing) { return; }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      var button = event.target.form.querySelector("button[type=submit]");
      if (button) { event.preventDefault(); button.click(); }
    }
    if (event.key === "Escape") { closeMenus(null); }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    closeMenus(event.target.closest("details.menu"));
    if (!button) { return; }
    if (button.hasAttribute("data-print")) { window.print(); }
    if (button.hasAttribute("data-show-password")) { togglePassword(button); }
    if (button.hasAttribute("data-fill")) { fillLogin(button); }
  });

  document.addEventListener("change", function (event) {
    if (!event.target.matches("[data-select-all] input")) { return; }
    var form = event.target.form || event.target.closest("form");
    form.querySelectorAll("input[type=checkbox][name=" + event.target.dataset.name + "]").forEach(function (box) {
      box.checked = event.target.checked;
    });
  });

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (menu !== except) { menu.open = false; }
    });
  }

  function togglePassword(button) {
    var input = document.getElementById(button.getAttribute("aria-controls"));
    var shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? "显示密码" : "隐藏密码";
  }

  function fillLogin(button) {
    var form = document.getElementById("login-form");
    form.elements.username.value = button.dataset.fill;
    form.elements.password.value = button.dataset.password;
    form.querySelector("button[type=submit]").focus();
  }

  // What a page keeps on this device ("draft:…", with the moment as `at`) ends at logout and after 24 hours.
  document.addEventListener("submit", function (event) {
    if (/\/logout\/$/.test(event.target.action)) { forgetDrafts(0); }
  });
  function forgetDrafts(age) {
    var kept;
    try { kept = window.localStorage; } catch (error) { return; }  // a browser that forbids storage keeps nothing
    Object.keys(kept).forEach(function (name) {
      if (name.indexOf("draft:") === 0 && !isYounger(kept.getItem(name), age)) { kept.removeItem(name); }
    });
  }
  function isYounger(text, age) {
    try { return Date.now() - JSON.parse(text).at < age; } catch (error) { return false; }  // broken is as good as old
  }

  document.addEventListener("DOMContentLoaded", function () {
    forgetDrafts(24 * 60 * 60 * 1000);
    prepare(document);
    focusResult(document);
  });
})();
