// A form begun without network is not lost: what was typed stays on this device while the person wants it
// (form[data-draft="kind:owner"]). Photos, the token and the fields named in data-draft-skip are never kept.
// Pages work without this file. app.js forgets drafts at logout and after 24 hours.
(function () {
  "use strict";

  var PREFIX = "draft:";
  var OFFLINE = "没有网络。内容已暂存在这台手机上，联网后请点“提交”。";
  var OFFLINE_UNKEPT = "没有网络。请不要关闭这一页；勾选“本机暂存”可以把内容留在这台手机上。";

  document.addEventListener("DOMContentLoaded", function () {
    var done = document.querySelector("[data-draft-done]");
    if (done) { forget(done.dataset.draftDone); }
    var form = document.querySelector("form[data-draft]");
    if (form && storage()) { keep(form); }
  });

  function storage() {
    try { return window.localStorage; } catch (error) { return null; }  // a browser may forbid it
  }

  function read(name) {
    try { return JSON.parse(storage().getItem(name)); } catch (error) { return null; }  // not ours, or broken
  }

  // What was submitted is gone from the device; a draft of another form stays.
  function forget(key) {
    if (!storage()) { return; }
    Object.keys(storage()).forEach(function (name) {
      var draft = name.indexOf(PREFIX) === 0 && read(name);
      if (draft && draft.values.submission_key === key) { storage().removeItem(name); }
    });
  }

  function keep(form) {
    var name = PREFIX + form.dataset.draft;
    var skipped = ["csrfmiddlewaretoken"].concat((form.dataset.draftSkip || "").split(" "));
    var box = document.querySelector("[data-draft-switch]");
    var tick = box.querySelector("input");
    var draft = read(name);
    box.hidden = false;

    if (draft) {
      tick.checked = true;
      // After an error the page holds what was typed last; its key is the same.
      if (!("answered" in form.dataset)) {
        fill(form, draft.values);
        say(form.dataset.draftRestored || "已恢复这台手机上暂存的内容，照片要重新选择。");
        form.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    if (!navigator.onLine) { warn(); }

    form.addEventListener("input", save);
    form.addEventListener("change", save);
    tick.addEventListener("change", function () {
      save();
      if (!navigator.onLine) { warn(); }
    });
    window.addEventListener("offline", warn);
    window.addEventListener("online", function () { say("已联网，请点“" + form.dataset.draftPress + "”。"); });
    // Before app.js marks the form as sent: without network nothing is.
    form.addEventListener("submit", function (event) {
      if (navigator.onLine) { return; }
      event.preventDefault();
      warn();
    });

    function save() {
      if (!tick.checked) { storage().removeItem(name); return; }
      try {
        storage().setItem(name, JSON.stringify({ at: Date.now(), values: values(form, skipped) }));
      } catch (error) {
        tick.checked = false;
        say("这台手机存不下了，没有暂存。请尽快提交。");
      }
    }

    function warn() {
      save();
      say(tick.checked ? OFFLINE : OFFLINE_UNKEPT);
    }
  }

  function say(words) {
    var place = document.querySelector("[data-draft-words]");
    place.hidden = false;
    place.querySelector("p").textContent = words;
  }

  function values(form, skipped) {
    var found = {};
    Array.prototype.forEach.call(form.elements, function (control) {
      if (!control.name || control.type === "file" || control.type === "submit") { return; }
      if (skipped.indexOf(control.name) >= 0 || (control.type === "radio" && !control.checked)) { return; }
      found[control.name] = control.type === "checkbox" ? control.checked : control.value;
    });
    return found;
  }

  function fill(form, kept) {
    Array.prototype.forEach.call(form.elements, function (control) {
      if (!(control.name in kept)) { return; }
      if (control.type === "radio") { control.checked = control.value === kept[control.name]; }
      else if (control.type === "checkbox") { control.checked = kept[control.name] === true; }
      else { control.value = kept[control.name]; }
    });
  }
})();
