// Keys of every staff page (pages.md §1). Which there are, and where they lead, stands in the help dialog alone.
(function () {
  "use strict";

  var help = document.getElementById("shortcuts");
  if (!help || !help.hasAttribute("data-shortcuts")) { return; }
  var PATIENCE = 1500, first = "", firstAt = 0, table = {};
  help.querySelectorAll("[data-keys]").forEach(function (row) { table[row.dataset.keys] = row.querySelector("a"); });

  function isTyping(target) {
    return Boolean(target.closest && target.closest("input:not([type=checkbox]), select, textarea, dialog, [contenteditable]"));
  }

  function search() {
    var box = document.querySelector("main input[type=search], main form[role=search] input[type=text]");
    if (!box) { return false; }
    var fold = box.closest("details");
    if (fold) { fold.open = true; }
    box.focus();
    box.select();
    return true;
  }

  // A page with a 「新建」 of its own is meant before the visit.
  var ON_THIS_PAGE = { n: "main .page-actions a[href$='/new/']", x: "main a[data-export]" };

  function act(keys) {
    if (keys === "/") { return search(); }
    if (keys === "?") { if (help.showModal) { help.showModal(); } return true; }
    var own = ON_THIS_PAGE[keys], link = own && document.querySelector(own) || table[keys];
    if (link) { link.click(); }
    return Boolean(link);
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) { return; }
    if (isTyping(event.target)) { return; }
    var keys = first && event.timeStamp - firstAt < PATIENCE ? first + " " + event.key : event.key;
    first = event.key === "g" ? "g" : "";
    firstAt = event.timeStamp;
    if ((keys in table || keys in ON_THIS_PAGE) && act(keys)) { event.preventDefault(); }
  });
})();
