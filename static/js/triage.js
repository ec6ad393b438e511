// Comforts of the triage page: reading pane, keys, ticking a whole group. Without this file links and the form do it all.
(function () {
  "use strict";

  var desk = document.querySelector("[data-triage]");
  if (!desk) { return; }
  var form = desk.querySelector("form"), pane = document.getElementById("pane"), say = desk.querySelector("[data-say]");
  var wide = window.matchMedia("(min-width: 1024px)");
  var loading = Promise.resolve(), turn = 0, spelled = "", spelledAt = 0;

  function rows() { return Array.prototype.slice.call(form.querySelectorAll("[data-row]")); }
  function linkOf(row) { return row.querySelector("[data-pane]"); }
  function boxOf(row) { return row.querySelector("input[type=checkbox]"); }
  function current() {
    var here = document.activeElement.closest("[data-row]");
    return here || form.querySelector(".is-current");
  }

  function show(row) {
    var link = linkOf(row), mine = ++turn;
    rows().forEach(function (other) {
      other.classList.toggle("is-current", other === row);
      if (other === row) { linkOf(other).setAttribute("aria-current", "true"); }
      else { linkOf(other).removeAttribute("aria-current"); }
    });
    if (!wide.matches) { return loading; }
    loading = fetch(link.dataset.pane, { credentials: "same-origin" }).then(function (answer) {
      // An expired login or a case that went away has a page of its own.
      if (!answer.ok || answer.redirected) { window.location.assign(link.href); return ""; }
      return answer.text();
    }).then(function (text) {
      if (mine === turn && text) { pane.innerHTML = text; pane.scrollTop = 0; }
    }, function () { say.textContent = "没有取到内容，请检查网络后再试。"; });
    return loading;
  }

  function move(step) {
    var all = rows(), here = current();
    var row = all[here ? Math.min(Math.max(all.indexOf(here) + step, 0), all.length - 1) : 0];
    linkOf(row).focus();
    show(row);
  }

  function tick() {
    var row = current();
    if (!row) { return; }
    boxOf(row).checked = !boxOf(row).checked;
    count();
  }

  // Several ticked: go to the button for all of them. Else: choose the unit of the case that is being read.
  function assign() {
    if (form.querySelector("[data-row] input:checked")) { form.querySelector("[data-assign]").focus(); return; }
    inPane("select[data-spelled]", "交办", function (list) { list.focus(); });
  }

  function follow(key, words) {
    inPane("a[data-key='" + key + "']", words, function (link) { link.click(); });
  }

  function inPane(selector, words, act) {
    var row = current();
    if (!row) { move(1); row = current(); }
    if (!wide.matches) { window.location.assign(linkOf(row).href); return; }
    if (!row.classList.contains("is-current")) { show(row); }
    loading.then(function () {
      var found = pane.querySelector(selector);
      say.textContent = found ? "" : "这件建议现在不能" + words + "。";
      if (found) { act(found); }
    });
  }

  var KEYS = {
    j: function () { move(1); },
    k: function () { move(-1); },
    x: tick,
    a: assign,
    u: function () { follow("u", "上报"); },
    m: function () { follow("m", "并案"); },
    b: function () { follow("b", "退回"); },
    z: function () {
      var button = document.querySelector("[data-undo]");
      if (button) { button.focus(); } else { say.textContent = "没有可以撤销的交办。"; }
    }
  };

  function isTyping(target) {
    return Boolean(target.closest("input:not([type=checkbox]), select, textarea, dialog, [contenteditable]"));
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.target.matches("select[data-spelled]")) { spell(event); return; }
    if (!desk.hasAttribute("data-shortcuts") || isTyping(event.target)) { return; }
    var act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // The first letters of the pinyin find a unit; Enter in the pane sends it.
  function spell(event) {
    var list = event.target;
    if (event.key === "Enter" && pane.contains(list)) {
      event.preventDefault();
      list.form.querySelector("button[type=submit]").click();
    }
    if (!/^[a-z]$/.test(event.key)) { return; }
    event.preventDefault();
    spelled = event.timeStamp - spelledAt < 1200 ? spelled + event.key : event.key;
    spelledAt = event.timeStamp;
    var found = Array.prototype.find.call(list.options, function (option) {
      return (option.dataset.key || "").split(" ").some(function (word) { return word.indexOf(spelled) === 0; });
    });
    if (found) { list.value = found.value; list.dispatchEvent(new Event("change", { bubbles: true })); }
  }

  form.addEventListener("click", function (event) {
    var link = event.target.closest("[data-pane]");
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    event.preventDefault();
    show(link.closest("[data-row]")).then(function () {
      var heading = pane.querySelector("h2");
      if (heading) { heading.focus({ preventScroll: true }); }
    });
  });

  form.addEventListener("change", function (event) {
    var all = event.target.closest("[data-tick-group]");
    if (all) {
      all.closest("[data-group]").querySelectorAll("[data-row] input").forEach(function (box) {
        box.checked = event.target.checked;
      });
    }
    count();
  });

  function count() {
    form.querySelector("[data-ticked]").textContent = form.querySelectorAll("[data-row] input:checked").length;
    form.querySelectorAll("[data-tick-group]").forEach(function (all) {
      var group = all.closest("[data-group]");
      all.querySelector("input").checked = !group.querySelector("[data-row] input:not(:checked)");
    });
  }

  desk.classList.add("is-live");
  form.querySelectorAll("[data-tick-group], [data-ticked-words]").forEach(function (part) { part.hidden = false; });
  count();
})();
